"""The systemd unit of docs/examples: systemd reads it, and what it starts runs where only its own folder can be written."""

import shlex
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from search.settings import Settings
from tests.support.paths import ROOT
from tests.support.raw_http import exchange
from tests.support.serving import environment, free_port

UNIT = ROOT / "docs" / "examples" / "monograph-search.service"
SYSTEMD = shutil.which("systemd-analyze")
PROGRAM = "/opt/monograph-search/.venv/bin/monograph-search"
MOST_EXPOSED = 2.0
"""On systemd's scale of 0 to 10, where a service without any of it has 9.6."""


def values(key: str) -> list[str]:
    """All values of a key, in order."""
    lines = UNIT.read_text("utf-8").splitlines()
    return [line.partition("=")[2] for line in lines if line.startswith(f"{key}=")]


def given() -> dict[str, str]:
    """The environment it sets."""
    return dict(value.split("=", 1) for value in values("Environment"))


def test_its_settings_are_ours() -> None:
    """Every variable is a setting with a value that is allowed; the folder that systemd makes is that of the index."""
    settings = Settings.from_env(given())
    assert settings.reindex_every == 60
    assert str(settings.index_root) == f"/var/lib/{values('StateDirectory')[0]}"
    assert values("ExecStart") == [f"{PROGRAM} serve"]


@pytest.mark.skipif(SYSTEMD is None, reason="no systemd-analyze here")
def test_systemd_reads_it_and_finds_little_exposed(tmp_path: Path) -> None:
    """No key is unknown or wrong, and what is left open is little."""
    program = tmp_path / "monograph-search"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    copy = tmp_path / UNIT.name
    copy.write_text(UNIT.read_text("utf-8").replace(PROGRAM, str(program)), "utf-8")
    read = subprocess.run([str(SYSTEMD), "verify", str(copy)], capture_output=True, text=True, check=False)
    assert (read.returncode, read.stderr) == (0, "")
    asked = [str(SYSTEMD), "security", "--offline=true", f"--threshold={int(MOST_EXPOSED * 10)}", str(copy)]
    told = subprocess.run(asked, capture_output=True, text=True, check=False)
    if "unrecognized option" in told.stderr:
        pytest.skip("this systemd cannot judge a file")
    assert told.returncode == 0, told.stdout[-500:]


@pytest.mark.skipif(
    shutil.which("unshare") is None, reason="no unshare here: only Linux can mount for one process alone"
)
def test_what_it_starts_needs_only_its_own_folder_writable(tmp_path: Path, fixture_corpus: Path) -> None:
    """With every disk read-only but the index and a private /tmp, it builds its index and answers."""
    index, port, log = tmp_path / "index", free_port(), tmp_path / "log"
    index.mkdir()
    replaced = {
        "CORPUS_ROOT": fixture_corpus,
        "INDEX_ROOT": index,
        "PORT": port,
        "METRICS_PORT": free_port(),
        "REINDEX_EVERY": 1,
    }
    ours = {
        **given(),
        **{f"MONOGRAPH_SEARCH_{name}": str(value) for name, value in replaced.items()},
        "TMPDIR": "/var/tmp",  # noqa: S108 # a disk of its own, as the unit gives it
    }
    words = shlex.split(values("ExecStart")[0])[1:]
    started = shlex.join([sys.executable, "-m", "search", *words])
    script = f"""set -e
        mount --make-rprivate /
        mount --bind {shlex.quote(str(index))} {shlex.quote(str(index))}
        mount -o remount,bind,ro /
        mount -t tmpfs tmpfs /var/tmp
        exec {started}"""
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["unshare", "--mount", "sh", "-c", script], cwd=ROOT, env=environment() | ours, stdout=output, stderr=output
        )
    try:
        _until_answered(port, process, log)
    finally:
        process.terminate()
        process.wait(timeout=30)
    assert (index / "CURRENT").exists()


def _until_answered(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Until a search finds something, asked by the name that the unit trusts."""
    deadline = time.monotonic() + 40
    asked = b"GET /api/v1/search?q=calcium HTTP/1.1\r\nHost: search.example\r\nConnection: close\r\n\r\n"
    while time.monotonic() < deadline:
        if process.poll() is not None:
            text = log.read_text("utf-8")
            if "not permitted" in text or "permission denied" in text.lower():
                pytest.skip(f"may not change what is mounted here ({text.strip()[-200:]})")
            pytest.fail(text)
        with suppress(ConnectionError):
            if b'"d/denosumab"' in exchange(port, asked):
                return
        time.sleep(0.3)
    pytest.fail(log.read_text("utf-8"))
