"""What is typed stays in the answer: not in a log, a metric, a file, a cache, or an answer to somebody else."""

import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.raw_http import exchange
from tests.support.serving import Served, free_port, serve

CANARY = "zyxcanary"

PATHS = (
    f"/search?q={CANARY}", f"/search?q={CANARY}&page=7", f"/search?q={CANARY * 40}", f"/search?q=calcium&section={CANARY}",
    f"/search?q=calcium&class={CANARY}", f"/search?q=calcium&without={CANARY}", f"/search?{CANARY}=1",
    f"/api/v1/search?q={CANARY}", f"/api/v1/search?q={CANARY}&page=x", f"/api/v1/suggest?q={CANARY}",
    f"/api/v1/monographs/{CANARY}", f"/m/{CANARY}", f"/m/d/denosumab?q={CANARY}", f"/symptom?q={CANARY}", f"/search.csv?q={CANARY}",
    f"/browse/{CANARY}", f"/browse/class/{CANARY}", f"/static/{CANARY}", f"/{CANARY}", f"/search;{CANARY}", f"/%FF{CANARY}",
)  # fmt: skip
HEADERS = (
    "User-Agent",
    "Referer",
    "Cookie",
    "X-Request-ID",
    "X-Forwarded-For",
    "Authorization",
    "If-None-Match",
    "Accept-Encoding",
)
BROKEN = (
    f"GET /search?q=a {CANARY} b HTTP/1.1\r\nHost: localhost\r\n\r\n",
    f"GET /search?q={CANARY} HTTP/1.1\r\nHost: localhost\r\nBad Header {CANARY}\r\n\r\n",
    f"GET /search?q={CANARY} HTTP/7.7\r\n\r\n",
    f"{CANARY} / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    f"GET /search?q={CANARY} HTTP/1.1\r\nHost: {CANARY}.example\r\n\r\n",
    f"POST /search HTTP/1.1\r\nHost: localhost\r\nContent-Length: 40\r\n\r\nq={CANARY}",
    f"GET /search?q={CANARY} HTTP/1.1\r\nHost: localhost\r\nX_Under: {CANARY}\r\n\r\n",
)


@pytest.fixture(scope="module")
def asked(index_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Path, int]]:
    """A server that logs and counts all it can, asked the canary in every place; the folder of its files, the port of its metrics."""
    folder, metrics = tmp_path_factory.mktemp("private"), free_port()
    with (
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("TMPDIR", str(folder))
        with serve(index_root, folder / "log", log_level="info", metrics_port=metrics) as served:
            for path in PATHS:
                ask(served, path, {})
            for header in HEADERS:
                ask(served, "/search?q=calcium", {header: CANARY})
            for broken in BROKEN:
                exchange(served.port, broken.encode())
            yield served, folder, metrics


def ask(served: Served, path: str, headers: dict[str, str]) -> None:
    """Whatever the answer: no cookie comes with it."""
    sent = urllib.request.Request(f"{served.address}{path}", headers=headers)  # noqa: S310 # our own address
    try:
        with urllib.request.urlopen(sent, timeout=10) as answer:  # noqa: S310 # our own address
            told = answer.headers
            answer.read()
    except urllib.error.HTTPError as error:
        told = error.headers
    assert "Set-Cookie" not in told
    assert told["Cache-Control"] in ("no-store", "no-cache"), path


def test_nothing_typed_is_logged(asked: tuple[Served, Path, int]) -> None:
    """Not at the level that logs each request, nor where a request could not be read."""
    served, _, _ = asked
    assert '"route": "/search"' in served.logged()
    assert CANARY not in served.logged()


def test_nothing_typed_is_counted(asked: tuple[Served, Path, int]) -> None:
    """Metrics are by route and status."""
    _, _, port = asked
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
        told = answer.read().decode()
    assert 'route="/search"' in told
    assert CANARY not in told


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="no /proc here to tell what a process has open")
def test_nothing_typed_is_in_a_file(asked: tuple[Served, Path, int], index_root: Path) -> None:
    """Neither beside the index, nor where the server keeps its own files and counters."""
    served, folder, _ = asked
    own = [Path(target) for target in _open_files(served.process.pid)]
    files = [file for root in (folder, index_root) for file in root.rglob("*") if file.is_file()]
    counters = [file for file in own if file.suffix == ".db"]
    assert counters, "the counters of the workers are files as well"
    for file in {*files, *own}:
        if file.is_file():
            assert CANARY.encode() not in file.read_bytes(), file


def test_nothing_typed_is_told_to_others(asked: tuple[Served, Path, int]) -> None:
    """Pages, problems and errors asked for afterwards by somebody else."""
    served, _, _ = asked
    for path in (
        "/",
        "/search?q=calcium",
        "/search?q=a&page=0",
        "/nothing",
        "/api/v1/nothing",
        "/readyz",
        "/openapi.json",
    ):
        assert CANARY.encode() not in served.get(path)[1]


def _open_files(pid: int) -> set[str]:
    """What a process and its children have open or mapped."""
    found = set()
    numbers = [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split())]
    for number in [
        *numbers,
        *(int(n) for p in numbers[1:] for n in Path(f"/proc/{p}/task/{p}/children").read_text("ascii").split()),
    ]:
        for line in Path(f"/proc/{number}/maps").read_text("utf-8").splitlines():
            if match := re.search(r" (/\S*\.db)$", line):
                found.add(match[1])
    return found
