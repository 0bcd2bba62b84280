"""The processes that serve: gunicorn with the web application, and beside it, if the settings ask, a watch and a metrics server.

Without REINDEX_EVERY and METRICS_PORT, gunicorn takes the place of this process. With either, this process stays as the parent:
it starts the others, looks at the folder of monographs, and ends when gunicorn does. The modules of `web` are named here as
arguments, never imported.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, Final, NoReturn

from search.commands.watch import Watch
from search.errors import SettingError
from search.logs import log_as_json
from search.settings import SETTINGS, Settings

SERVE_FIELDS: Final = (
    "corpus_root",
    "index_root",
    "vocabulary",
    "host",
    "port",
    "workers",
    "threads",
    "max_wait",
    "check_every",
    "reindex_every",
    "metrics_port",
    "log_level",
)
"""Settings that `serve` takes as options; the others are read from the environment."""

_MEMORY: Final = Path("/dev/shm")  # noqa: S108 # the folder made there is of a random name, and this user's alone
"""Memory that is mounted as a folder. The workers count into files, and a full disk would end them."""

METRICS_FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
"""The environment variable in which prometheus_client looks for the folder that all workers count in."""


def refuse_what_cannot_be_served(settings: Settings) -> None:
    """Check before the start what would otherwise fail later, or without a message.

    Raises:
        SettingError: an address is taken or not of this machine, or there is no folder of monographs to watch.
    """
    addresses = [("PORT", settings.host, settings.port)]
    if settings.metrics_port:
        addresses.append(("METRICS_PORT", settings.metrics_host, settings.metrics_port))
    if len({port for _, _, port in addresses}) < len(addresses) and settings.host == settings.metrics_host:
        raise SettingError(f"PORT and METRICS_PORT are both {settings.port}; choose another METRICS_PORT.")
    for name, host, port in addresses:
        _refuse_taken(name, host, port)
    if settings.reindex_every and not settings.corpus_root.is_dir():
        raise SettingError(
            f"{settings.corpus_root}: there is no such folder to look at every {settings.reindex_every} s."
        )


def _refuse_taken(name: str, host: str, port: int) -> None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        reason = error.strerror or error
        raise SettingError(f"Cannot listen on {host}:{port} ({reason}); choose another {name}.") from error


def run_server(settings: Settings) -> NoReturn:
    """Serve until stopped."""
    sys.stdout.flush()
    environment = _environment(settings)
    if not settings.reindex_every and not settings.metrics_port:
        os.execve(sys.executable, _gunicorn(settings), environment)  # noqa: S606 # no shell wanted; our own interpreter
    with ExitStack() as stack:
        commands = [_gunicorn(settings)]
        if settings.metrics_port:
            environment[METRICS_FOLDER] = stack.enter_context(
                tempfile.TemporaryDirectory(prefix="monograph-search-", dir=_MEMORY if _MEMORY.is_dir() else None)
            )
            commands.append([sys.executable, "-m", "web.exporter"])
        raise SystemExit(_supervise(settings, commands, environment))


def _supervise(settings: Settings, commands: Sequence[list[str]], environment: dict[str, str]) -> int:
    """Start processes, watch the folder of monographs, and end all when the first process, the server, ends.

    Returns:
        The exit code of the server.
    """
    log_as_json(settings.log_level)
    started: list[subprocess.Popen[bytes]] = []
    watch = Watch(settings)

    def stop(_number: int, _frame: Any) -> None:
        watch.stop()
        for process in started:
            process.terminate()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    try:
        started += [subprocess.Popen(command, env=environment) for command in commands]  # noqa: S603 # our own commands
        server = started[0]
        while server.poll() is None:
            if settings.reindex_every:
                watch.look()
            with suppress(subprocess.TimeoutExpired):
                server.wait(timeout=settings.reindex_every or None)
        return server.returncode or 0
    finally:  # also when something here failed: a server without its parent would count into a folder that is gone
        for process in started:
            process.terminate()
            process.wait()


def _environment(settings: Settings) -> dict[str, str]:
    """The environment of the server: this process's own, with the settings as the command line gave them."""
    variables = {}
    for setting in SETTINGS:
        if setting.field in SERVE_FIELDS:
            value = getattr(settings, setting.field)
            variables[setting.variable] = "" if value is None else str(value)
    # Memory that threads freed stays in the arenas of the allocator: with two of them a server needs 3 % less, and no more time.
    return {"MALLOC_ARENA_MAX": "2", **os.environ, **variables}


def _gunicorn(settings: Settings) -> list[str]:
    """Gunicorn's command line; the rest of its configuration is in `web.server`."""
    return [
        sys.executable, "-m", "gunicorn", "web.wsgi:app", "--config", "python:web.server",
        "--bind", settings.address, "--workers", str(settings.workers), "--threads", str(settings.threads),
    ]  # fmt: skip
