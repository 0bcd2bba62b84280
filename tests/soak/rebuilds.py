"""Searches from eight threads in two processes, while the index is built again and again.

    python -m tests.soak.rebuilds [--searches 50000] [--rebuilds 50]

Every answer must be the one a quiet index gives; the times are compared with those of the same threads without rebuilds.
"""

import argparse
import random
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from search import SearchEngine, SearchRequest
from tests.support.paths import ROOT
from tests.support.serving import PROGRAM, environment

CORPUS = ROOT / "corpus"
PROCESSES, THREADS = 2, 4
QUERIES = (
    "nausea", "low calcium", "warfarin", "Prolia", "side effects of denosumab", "ringing in the ears", "warfarin clarithromycin",
    "pregnancy -drowsiness", '"missed dose"', "hypocalc*", "does metformin cause weight gain", "metfromin", "co-amoxiclav", "rash",
)  # fmt: skip


@dataclass(frozen=True)
class Rebuilds:
    """What happened, and the 99th percentiles in milliseconds, quiet and during rebuilds."""

    searches: int
    rebuilds: int
    wrong: tuple[str, ...]
    quiet: float
    busy: float


def rebuild_under_load(work: Path, searches: int, rebuilds: int, corpus: Path = CORPUS) -> Rebuilds:
    """Search while another process rebuilds.

    Args:
        work: an empty folder.
        searches: at least so many, in all threads together.
        rebuilds: at least so many.
        corpus: the pages.
    """
    index = work / "index"
    _rebuild(corpus, index)
    expected = _totals(SearchEngine(index))
    share = searches // PROCESSES
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        quiet = [pool.submit(search_in_threads, index, share // 4, expected, 0) for _ in range(PROCESSES)]
        quiet_times = [time for done in quiet for time in done.result()[0]]
        busy = [pool.submit(search_in_threads, index, share, expected, rebuilds) for _ in range(PROCESSES)]
        built = 0
        while built < rebuilds or not all(done.done() for done in busy):
            _rebuild(corpus, index)
            built += 1
        results = [done.result() for done in busy]
    times = [time for found, _ in results for time in found]
    wrong = tuple(line for _, lines in results for line in lines)
    return Rebuilds(len(times), built, wrong, _p99(quiet_times), _p99(times))


def search_in_threads(
    index: Path, searches: int, expected: dict[str, tuple[int, int]], generations: int
) -> tuple[list[float], list[str]]:
    """Milliseconds of at least so many searches, until so many generations were seen; and what was wrong."""
    engine = SearchEngine(index, answer_bytes=0)
    times: list[float] = []
    wrong: list[str] = []
    seen: set[str] = set()

    def search(seed: int) -> None:
        rng, newest = random.Random(seed), ""
        while len(times) < searches or len(seen) < generations:
            query = rng.choice(QUERIES)
            began = time.perf_counter()
            try:
                page = engine.search(SearchRequest(query))
            except Exception as error:  # noqa: BLE001 # whatever goes wrong is the result
                wrong.append(f"{query}: {type(error).__name__}: {error}")
                continue
            times.append((time.perf_counter() - began) * 1000)
            if (page.total_monographs, page.total_sections) != expected[query]:
                wrong.append(f"{query}: {page.total_monographs} monographs, {page.total_sections} sections")
            if page.generation < newest:
                wrong.append(f"back from {newest} to {page.generation}")
            newest = page.generation
            seen.add(newest)

    with ThreadPoolExecutor(THREADS) as threads:
        for done in [threads.submit(search, seed) for seed in range(THREADS)]:
            done.result()
    return times, wrong


def _totals(engine: SearchEngine) -> dict[str, tuple[int, int]]:
    pages = {query: engine.search(SearchRequest(query)) for query in QUERIES}
    return {query: (page.total_monographs, page.total_sections) for query, page in pages.items()}


def _rebuild(corpus: Path, index: Path) -> None:
    command = [*PROGRAM, "index", "--full", "--json", "--corpus", str(corpus), "--index", str(index)]
    subprocess.run(command, cwd=ROOT, env=environment(), check=True, capture_output=True)


def _p99(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


def main() -> None:
    """Print what happened."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--searches", type=int, default=50_000)
    parser.add_argument("--rebuilds", type=int, default=50)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        found = rebuild_under_load(Path(work), chosen.searches, chosen.rebuilds)
    print(f"{found.searches} searches during {found.rebuilds} rebuilds: {len(found.wrong)} wrong; "
          f"p99 {found.busy:.1f} ms, quiet {found.quiet:.1f} ms, ratio {found.busy / found.quiet:.2f} (goal: at most 3)")  # fmt: skip
    if found.wrong:
        raise SystemExit("\n".join(found.wrong[:10]))


if __name__ == "__main__":
    main()
