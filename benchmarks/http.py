"""Measures `monograph-search serve` over HTTP with `wrk` on the same machine: requests a second, latency, memory of the workers.

    python -m benchmarks.http [--index DIR] [--seconds 10]

The requests go through more queries than the server keeps answers for, so that none is answered from memory. The last line of the
table repeats one query, which is answered from memory. Needs `wrk` on PATH, and Linux.
"""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from benchmarks.documents import SEED
from benchmarks.goals import Goal, print_table
from benchmarks.queries import make_queries
from search.engine.engine import SearchEngine

PORT: Final = 8765
QUERIES: Final = 6000
WARM_UP: Final = 3
_SCRIPT: Final = """
local paths = {}
for line in io.lines("%s") do paths[#paths + 1] = line end
local at = math.random(#paths)
request = function()
  at = at %% #paths + 1
  return wrk.format("GET", paths[at])
end
"""


def main() -> None:
    """Start a server, run wrk with 1, 8 and 64 connections, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--index", type=Path, default=Path("index"))
    parser.add_argument("--seconds", type=int, default=10)
    chosen = parser.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is not on PATH; install it (apt-get install wrk) to measure HTTP")
    texts = list(dict.fromkeys(asked.text for asked in make_queries(SearchEngine(chosen.index), QUERIES, SEED)))
    with _server(chosen.index) as workers:
        print(f"{len(texts)} different queries, after {WARM_UP} seconds to warm up\n")
        _run(["/search?q=nausea", "/search?q=metforman"], 8, WARM_UP)
        print("| | connections | requests/s | p50 | p99 | errors |\n|---|---|---|---|---|---|")
        seen = {}
        for name, start in (("page", "/search?q="), ("API", "/api/v1/search?q=")):
            for connections in (1, 8, 64):
                paths = [start + urllib.parse.quote(text) for text in texts]
                seen[name, connections] = _run(paths, connections, chosen.seconds)
                _row(name, connections, seen[name, connections])
        _row("page, held", 8, _run(["/search?q=nausea"], 8, chosen.seconds))
        sizes = [_pss(worker) for worker in workers()]
        print(
            f"\nmemory (PSS) of {len(sizes)} processes: {', '.join(f'{size:.0f}' for size in sizes)} MB; {sum(sizes):.0f} MB in all"
        )
        print_table(_goals(seen["page", 8], sum(sizes)))


def _goals(page: Sequence[str], megabytes: float) -> list[Goal]:
    rate, _, p99, _ = page
    milliseconds = float(p99.removesuffix("ms")) if p99.endswith("ms") else float("inf")
    return [
        Goal("page over HTTP, 8 connections, requests a second", "≥ 400", rate, float(rate) >= 400),
        Goal("page over HTTP, 8 connections, p99", "≤ 60 ms", p99, milliseconds <= 60),
        Goal("memory (PSS) of two workers", "≤ 250 MB", f"{megabytes:.0f} MB", megabytes <= 250),
    ]


def _row(name: str, connections: int, cells: Sequence[str]) -> None:
    print(f"| {name} | {connections} | {' | '.join(cells)} |")


def _run(paths: Sequence[str], connections: int, seconds: int) -> tuple[str, str, str, str]:
    """(requests a second, p50, p99, errors) as wrk prints them."""
    with tempfile.TemporaryDirectory() as folder:
        listed, script = Path(folder) / "paths", Path(folder) / "script.lua"
        listed.write_text("\n".join(paths), encoding="utf-8")
        script.write_text(_SCRIPT % listed, encoding="utf-8")
        command = [
            "wrk",
            "-t1",
            f"-c{connections}",
            f"-d{seconds}s",
            "--latency",
            "-s",
            str(script),
            f"http://127.0.0.1:{PORT}",
        ]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # wrk, with our own arguments
    found = {name: match[1] for name, pattern in _WANTED.items() if (match := re.search(pattern, said))}
    return found.get("rate", "?"), found.get("p50", "?"), found.get("p99", "?"), found.get("errors", "0")


_WANTED: Final = {
    "rate": r"Requests/sec:\s+([\d.]+)",
    "p50": r"50%\s+([\d.]+\w+)",
    "p99": r"99%\s+([\d.]+\w+)",
    "errors": r"Non-2xx or 3xx responses: (\d+)",
}


@contextmanager
def _server(index: Path) -> Iterator["_Workers"]:
    command = [
        sys.executable,
        "-m",
        "search",
        "serve",
        "--index",
        str(index),
        "--port",
        str(PORT),
    ]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # our own interpreter
    try:
        _wait()
        yield _Workers(server.pid)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


class _Workers:
    """Calling it gives the ids of a server's processes: the parent and its workers."""

    def __init__(self, master: int) -> None:
        self._master = master

    def __call__(self) -> list[int]:
        children = Path(f"/proc/{self._master}/task/{self._master}/children").read_text(encoding="ascii")
        return [self._master, *map(int, children.split())]


def _wait() -> None:
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/healthz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise SystemExit("the server does not answer")


def _pss(process: int) -> float:
    """Memory of a process in MB, where memory that several processes share counts in parts (proportional set size)."""
    text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    match = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
    return int(match[1]) / 1024 if match else 0.0


if __name__ == "__main__":
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    main()
