"""Many times the load that a server can bear, from connections that never wait: what is served, what is refused, and after.

    python -m tests.soak.overload [--seconds 1800] [--connections 4000]

First what it can bear, then the overload, then whether it is as before.
"""

import argparse
import asyncio
import random
import resource
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote_plus

from search import build_index, read_corpus
from tests.soak.rebuilds import CORPUS, QUERIES
from tests.support.serving import Served, serve

WORKERS, THREADS = 2, 4
BEARABLE = 32
"""Connections that keep all threads busy, and are spread over both workers: of 8, often all go to one."""

BREAK_SECONDS = 2.0


@dataclass
class Asked:
    """Answers by status, seconds of those served, and answers of 503 that did not say when to come back."""

    seconds: float
    statuses: Counter[int] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    without_retry: int = 0

    @property
    def rate(self) -> float:
        """Answers of 200 a second."""
        return self.statuses[200] / self.seconds

    @property
    def refused(self) -> float:
        """The share of 503."""
        return self.statuses[503] / max(self.statuses.total(), 1)

    def percentile(self, number: int) -> float:
        """Milliseconds, of what was served."""
        return statistics.quantiles(self.times, n=100)[number - 1] * 1000 if len(self.times) > 1 else 0.0


@dataclass(frozen=True)
class Overload:
    """What it can bear, what happened under more, what happened after; memory of all processes in bytes, over time."""

    borne: Asked
    overloaded: Asked
    after: Asked
    memory: tuple[int, ...]


def overload(work: Path, connections: int, seconds: float, corpus: Path = CORPUS, max_wait: int = 1000) -> Overload:
    """Measure a server of our own over some pages; `work` is an empty folder."""
    build_index(read_corpus(corpus), work / "index")
    with serve(work / "index", work / "log", workers=WORKERS, threads=THREADS, max_wait=max_wait) as served:
        ask_all(served, BEARABLE, 2)
        borne = ask_all(served, BEARABLE, min(seconds, 10))
        memory = [memory_of(served)]
        under = Asked(0.0)
        for _ in range(10):
            part = ask_all(served, connections, seconds / 10)
            under.seconds += part.seconds
            under.statuses += part.statuses
            under.times += part.times
            under.without_retry += part.without_retry
            memory.append(memory_of(served))
        time.sleep(BREAK_SECONDS)
        after = ask_all(served, BEARABLE, min(seconds, 10))
    return Overload(borne, under, after, tuple(memory))


def ask_all(served: Served, connections: int, seconds: float) -> Asked:
    """Ask from so many connections, each the next question as soon as the last was answered."""

    async def ask() -> Asked:
        asked = Asked(seconds)
        end = time.monotonic() + seconds
        await asyncio.gather(*(_one(served.port, random.Random(seed), end, asked) for seed in range(connections)))
        return asked

    with ThreadPoolExecutor(1) as thread:  # of its own: Playwright keeps a loop running in the thread of the tests
        return thread.submit(lambda: asyncio.run(ask())).result()


async def _one(port: int, rng: random.Random, end: float, asked: Asked) -> None:
    while time.monotonic() < end:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            asked.statuses[0] += 1
            await asyncio.sleep(0.05)
            continue
        try:
            while time.monotonic() < end:
                began = time.monotonic()
                writer.write(
                    f"GET /search?q={quote_plus(rng.choice(QUERIES))} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
                )
                status, head = await _answer(reader)
                asked.statuses[status] += 1
                if status == 200:
                    asked.times.append(time.monotonic() - began)
                elif b"retry-after" not in head:
                    asked.without_retry += 1
                if b"connection: close" in head:
                    break
        except (OSError, asyncio.IncompleteReadError):
            asked.statuses[0] += 1
        finally:
            writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(head.partition(b"content-length: ")[2].split(b"\r\n")[0])
    await reader.readexactly(length)
    return int(head.split()[1]), head


def memory_of(served: Served) -> int:
    """Bytes of the server and its workers, what they share counted once (PSS)."""
    pid = served.process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    total = 0
    for number in (str(pid), *children):
        for line in Path(f"/proc/{number}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1]) * 1024
    return total


def main() -> None:
    """Print what happened."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=1800)
    parser.add_argument("--connections", type=int, default=4000)
    chosen = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    with tempfile.TemporaryDirectory() as work:
        found = overload(Path(work), chosen.connections, chosen.seconds)
    for name, asked in (("borne", found.borne), ("overloaded", found.overloaded), ("after", found.after)):
        print(f"{name}: {asked.rate:.0f} served a second, p50 {asked.percentile(50):.0f} ms, p99 {asked.percentile(99):.0f} ms; "
              f"statuses {dict(asked.statuses)}, 503 without Retry-After: {asked.without_retry}")  # fmt: skip
    print(f"memory in MB over time: {_megabytes(found.memory)}")


def _megabytes(values: Sequence[int]) -> str:
    return " ".join(f"{value / 1e6:.0f}" for value in values)


if __name__ == "__main__":
    main()
