"""The real `monograph-search serve` as a process, for tests and soaks: started, waited for, stopped, its log kept."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path

from tests.support.paths import ROOT

START_SECONDS = 30
PROGRAM = (sys.executable, "-m", "search")


@dataclass(frozen=True)
class Served:
    """A server that answers at `address` and logs to `log`."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def port(self) -> int:
        """The port of the address."""
        return int(self.address.rpartition(":")[2])

    def get(self, path: str, seconds: float = 10) -> tuple[int, bytes]:
        """Status and body of an answer, errors included."""
        try:
            with urllib.request.urlopen(f"{self.address}{path}", timeout=seconds) as response:  # noqa: S310 # our own
                return response.status, response.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def logged(self) -> str:
        """What was logged so far."""
        return self.log.read_text(encoding="utf-8")


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def environment(**settings: object) -> dict[str, str]:
    """The environment of this process with no settings but these."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MONOGRAPH_SEARCH_")}
    return kept | {f"MONOGRAPH_SEARCH_{name.upper()}": str(value) for name, value in settings.items()}


@contextmanager
def serve(index_root: Path, log: Path, **settings: object) -> Iterator[Served]:
    """A server over an index folder, stopped at the end; `settings` by field.

    Raises:
        RuntimeError: it did not answer in time; says what it logged.
    """
    port = free_port()
    given = {"workers": 1, **settings, "index_root": index_root, "host": "127.0.0.1", "port": port}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*PROGRAM, "serve"], cwd=ROOT, env=environment(**given), stdout=output, stderr=output
        )
    served = Served(f"http://127.0.0.1:{port}", process, log)
    try:
        _wait(served)
        yield served
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=START_SECONDS)


def _wait(served: Served) -> None:
    """Until it is ready, or says why it cannot be."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and served.process.poll() is None:
        try:
            if served.get("/readyz")[0] in (200, 503):
                return
        except (urllib.error.URLError, OSError, HTTPException):
            time.sleep(0.1)
    raise RuntimeError(f"the server did not start:\n{served.logged()}")
