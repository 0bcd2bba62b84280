"""`make bench`: our search and Whoosh's own searcher on the same sections and the same queries, in turn in one process.

    python -m benchmarks.compare [--corpus DIR] [--queries 200] [--rounds 5]

Times are medians over the rounds of each query, warm. Prints a Markdown table; docs/performance.md explains what bounds it.
"""

import argparse
import gc
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.queries import GROUPS, BenchQuery, make_queries
from benchmarks.whoosh_searcher import WhooshSearcher
from search.engine import SearchEngine
from search.indexing import build_index
from search.model import SearchRequest
from search.monographs import read_corpus

ROOT = Path(__file__).parent.parent
REAL_PAGES = ROOT.parent / "shared" / "data" / "monographs"
SEED = 20261123


def main() -> None:
    """Build both indexes in a temporary folder, run the queries, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--corpus", type=Path, default=REAL_PAGES if REAL_PAGES.is_dir() else ROOT / "corpus")
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        began = time.perf_counter()
        monographs = list(read_corpus(chosen.corpus))
        read = time.perf_counter()
        report = build_index(monographs, Path(work) / "ours")
        built = time.perf_counter()
        whoosh = WhooshSearcher(Path(work) / "whoosh")
        whoosh.build(monographs)
        print(f"{report.monographs} monographs, {report.sections} sections from {chosen.corpus.name}/")
        print(f"read and parsed in {read - began:.1f} s (one process), indexed in {built - read:.1f} s, "
              f"{report.bytes / 1e6:.0f} MB; Whoosh alone {time.perf_counter() - built:.1f} s\n")  # fmt: skip
        del monographs  # a server does not hold them, and the collector would walk through them in every query of both
        gc.collect()
        gc.freeze()
        engine = SearchEngine(Path(work) / "ours")
        queries = make_queries(engine, chosen.queries, SEED)
        for asked in queries:  # warm both
            engine.search(SearchRequest(asked.text, asked.kinds))
            whoosh.search(asked)
        ours, theirs = _timed(queries, chosen.rounds, engine, whoosh, alternate=False)
        _print_table(queries, ours, theirs)
        ours, theirs = _timed(queries, 2, engine, whoosh, alternate=True)
        print(f"\nquery by query in turn (caches cold for both): ours p50 {statistics.median(ours):.2f} ms, Whoosh "
              f"{statistics.median(theirs):.2f} ms, ratio {statistics.median(theirs) / statistics.median(ours):.1f}")  # fmt: skip
        _print_cost(queries, chosen.rounds, engine)
        _print_agreement(queries, engine, whoosh)


def _print_cost(queries: Sequence[BenchQuery], rounds: int, engine: SearchEngine) -> None:
    """What names, synonyms, questions and spelling cost: the same queries with all of them switched off, in turn."""
    medians = []
    for exact in (False, True):
        times: list[list[float]] = [[] for _ in queries]
        for _ in range(rounds):
            for number, asked in enumerate(queries):
                request = SearchRequest(asked.text, asked.kinds, exact=exact)
                times[number].append(_milliseconds(lambda request=request: engine.search(request)))
        medians.append(statistics.median(statistics.median(of) for of in times))
    print(
        f"\nwith vocabulary p50 {medians[0]:.2f} ms, without p50 {medians[1]:.2f} ms, ratio {medians[0] / medians[1]:.2f}"
    )


def _timed(
    queries: Sequence[BenchQuery], rounds: int, engine: SearchEngine, whoosh: WhooshSearcher, *, alternate: bool
) -> tuple[list[float], list[float]]:
    """Milliseconds of each query, ours and Whoosh's: the median over the rounds.

    Ours without the vocabulary, as Whoosh has none: the same sections match (`_print_agreement`).

    The engines take turns by the round, as a server runs one of them; or, with `alternate`, by the query, which leaves
    each one the processor's caches as the other left them.
    """
    ours: list[list[float]] = [[] for _ in queries]
    theirs: list[list[float]] = [[] for _ in queries]
    work = [
        (number, times, run)
        for times, run in (
            (ours, lambda q: engine.search(SearchRequest(q.text, q.kinds, exact=True))),
            (theirs, whoosh.search),
        )
        for number in range(len(queries))
    ]
    if alternate:
        work.sort(key=lambda step: step[0])
    for _ in range(rounds):
        for number, times, run in work:
            asked = queries[number]
            times[number].append(_milliseconds(lambda run=run, asked=asked: run(asked)))
    return [statistics.median(times) for times in ours], [statistics.median(times) for times in theirs]


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _print_table(queries: Sequence[BenchQuery], ours: Sequence[float], theirs: Sequence[float]) -> None:
    print("| queries | n | ours p50 ms | ours p95 ms | Whoosh p50 ms | Whoosh p95 ms | ratio p50 | ratio p95 |")
    print("|---|---|---|---|---|---|---|---|")
    for group in (*GROUPS, "all"):
        rows = [number for number, asked in enumerate(queries) if group in (asked.group, "all")]
        mine, other = [ours[row] for row in rows], [theirs[row] for row in rows]
        cells = [f(values) for values in (mine, other) for f in (statistics.median, _p95)]
        print(f"| {group} | {len(rows)} | " + " | ".join(f"{cell:.2f}" for cell in cells)
              + f" | {cells[2] / cells[0]:.1f} | {cells[3] / cells[1]:.1f} |")  # fmt: skip


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[max(0, round(0.95 * len(values)) - 1)]


def _print_agreement(queries: Sequence[BenchQuery], engine: SearchEngine, whoosh: WhooshSearcher) -> None:
    """How often both find the same number of sections, synonyms off: the work compared is the same work."""
    same = 0
    for asked in queries:
        page = engine.search(SearchRequest(asked.text, asked.kinds, exact=True))
        partial = any(note.kind in ("partial", "ignored") for note in page.notes)
        same += partial or page.total_sections == whoosh.search(asked)["total"]
    print(f"\nthe same total for {same} of {len(queries)} queries (prefixes: ours begin surfaces, Whoosh's begin stems; "
          "a phrase of a name may have a word between in ours)")  # fmt: skip


if __name__ == "__main__":
    main()
