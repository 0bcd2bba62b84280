"""`make bench`: compares this search with other engines, on the same sections and queries, in turn in one process.

    python -m benchmarks.compare [--times 1 10 50] [--work DIR] [--queries 200] [--rounds 5] [--corpus DIR]

Indexes are kept in --work and used again. Prints Markdown tables, and writes the figures as JSON to benchmarks/results/, from
which `benchmarks.plots` draws. docs/performance.md explains what limits each figure.
"""

import argparse
import gc
import json
import multiprocessing
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.documents import SEED, pages_of, read_documents, write_documents
from benchmarks.goals import print_goals
from benchmarks.queries import GROUPS, BenchQuery, make_queries
from benchmarks.rivals import Rival
from benchmarks.rivals.bm25s_engine import Bm25s
from benchmarks.rivals.fts5_engine import Fts5
from benchmarks.rivals.ours import Ours
from benchmarks.rivals.tantivy_engine import Tantivy
from benchmarks.rivals.whoosh_engine import WhooshSearcher
from benchmarks.rivals.xapian_engine import Xapian
from search.index.build import is_current
from search.model import SearchRequest
from search.reading.corpus import read_corpus
from search.reading.pages import corpus_hash, list_pages, page_hashes

ROOT: Final = Path(__file__).parent.parent
REAL_PAGES: Final = ROOT.parent / "shared" / "data" / "monographs"
RESULTS: Final = Path(__file__).parent / "results"
RIVALS: Final[tuple[Callable[[], Rival], ...]] = (Tantivy, Fts5, Xapian, WhooshSearcher, Bm25s)
COMMAND: Final = (sys.executable, "-m", "search")
WHOOSH_MAX_TIMES: Final = 10
"""The most times the pages at which Whoosh's own searcher is measured: at fifty times it takes minutes a round."""

Figures = dict[str, Any]


def main() -> None:
    """Build the indexes that are missing, measure at every size, print and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--corpus", type=Path, default=REAL_PAGES if REAL_PAGES.is_dir() else ROOT / "corpus")
    parser.add_argument("--times", type=int, nargs="+", default=[1, 10])
    parser.add_argument("--work", type=Path)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        work = chosen.work or Path(scratch)
        figures = [_size(times, work / f"x{times}", chosen) for times in chosen.times]
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "engines.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print_goals(figures)


def _size(times: int, work: Path, chosen: argparse.Namespace) -> Figures:
    """All figures at so many times the pages."""
    work.mkdir(parents=True, exist_ok=True)
    corpus = pages_of(chosen.corpus, times, work / "pages")
    engines: list[Rival] = [make() for make in RIVALS if make is not WhooshSearcher or times <= WHOOSH_MAX_TIMES]
    builds = {"ours": _build_ours(corpus, work / "ours")}
    if not (work / "documents").is_file():
        write_documents(read_corpus(corpus), work / "documents")
    for engine in engines:
        builds[engine.name] = _build(engine, work)
    ours = Ours()
    ours.open(work / "ours")
    for engine in engines:
        engine.open(work / engine.name)
    gc.collect()
    gc.freeze()
    queries = make_queries(ours.engine, chosen.queries, SEED)
    found: Figures = {
        "times": times,
        "builds": builds,
        "pages": ours.engine.info().monographs,
        "sections": ours.engine.info().sections,
    }
    found["page"] = _timed(queries, chosen.rounds, {e.name: e.page for e in (ours, *engines)})
    found["plain"] = _timed(queries, chosen.rounds, {e.name: e.plain for e in (ours, *engines)})
    found["vocabulary"] = _vocabulary_cost(queries, chosen.rounds, ours)
    found["groups"] = [asked.group for asked in queries]
    found["agreement"] = _agreement(queries, ours, engines)
    found["suggest"] = _suggestions(ours)
    _print_size(found)
    return found


def _build_ours(corpus: Path, folder: Path) -> Figures:
    """Build with the command `index`: seconds, the memory of its largest process in MB, and the size of the index in MB."""
    if not is_current(folder, corpus_hash(page_hashes(list_pages(corpus)))):
        began = time.perf_counter()
        subprocess.run(  # our own interpreter
            [*COMMAND, "index", "--full", "--corpus", str(corpus), "--index", str(folder)], check=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        _keep(folder, time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    return _kept(folder)


def _build(engine: Rival, work: Path) -> Figures:
    """Build in a process of its own, so that its memory can be measured apart."""
    folder = work / engine.name
    if not folder.is_dir():
        folder.mkdir()
        process = multiprocessing.get_context("spawn").Process(target=_build_alone, args=(type(engine), work))
        process.start()
        process.join()
        if process.exitcode:
            raise SystemExit(f"{engine.name} could not build")
    return _kept(folder)


def _build_alone(make: Callable[[], Rival], work: Path) -> None:
    began = time.perf_counter()
    engine = make()
    engine.build(read_documents(work / "documents"), work / engine.name)
    _keep(work / engine.name, time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _keep(folder: Path, seconds: float, kilobytes: int) -> None:
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    figures = {"seconds": round(seconds, 1), "peak_mb": round(kilobytes / 1024), "index_mb": round(size / 1e6)}
    folder.with_suffix(".json").write_text(json.dumps(figures), encoding="utf-8")


def _kept(folder: Path) -> Figures:
    figures: Figures = json.loads(folder.with_suffix(".json").read_text(encoding="utf-8"))
    return figures


def _timed(
    queries: Sequence[BenchQuery], rounds: int, work: dict[str, Callable[[BenchQuery], object]]
) -> dict[str, list[float | None]]:
    """Milliseconds of each query by engine: the median over the rounds; None for a query that an engine cannot answer.

    In each round every engine answers all queries before the next one does, as each would on a server of its own. A first round
    warms the caches and is not counted.
    """
    times: dict[str, list[list[float]]] = {name: [[] for _ in queries] for name in work}
    able: dict[str, list[bool]] = {}
    for name, run in work.items():
        able[name] = [run(asked) is not None for asked in queries]
    for _ in range(rounds):
        for name, run in work.items():
            for number, asked in enumerate(queries):
                if able[name][number]:
                    began = time.perf_counter()
                    run(asked)
                    times[name][number].append((time.perf_counter() - began) * 1000)
    return {name: [statistics.median(of) if of else None for of in found] for name, found in times.items()}


def _vocabulary_cost(queries: Sequence[BenchQuery], rounds: int, ours: Ours) -> dict[str, float]:
    """Median milliseconds with names, synonyms, questions and spelling, and with all of these switched off."""

    def ask(asked: BenchQuery, *, exact: bool) -> object:
        return ours.engine.search(SearchRequest(asked.text, asked.kinds, exact=exact))

    found = _timed(queries, rounds, {"with": lambda a: ask(a, exact=False), "without": lambda a: ask(a, exact=True)})
    return {name: statistics.median(value for value in of if value is not None) for name, of in found.items()}


def _agreement(queries: Sequence[BenchQuery], ours: Ours, engines: Sequence[Rival]) -> dict[str, int]:
    """For how many queries an engine finds as many sections as this search does for the typed words alone, within a tenth."""
    same = {}
    for engine in engines:
        near = 0
        for asked in queries:
            page = engine.page(asked)
            own = ours.engine.search(SearchRequest(asked.text, asked.kinds, exact=True)).total_sections
            near += page is not None and abs(page.sections - own) <= 0.1 * max(own, 10)
        same[engine.name] = near
    return same


def _suggestions(ours: Ours) -> dict[str, float]:
    """Milliseconds (p50, p99) of suggestions, for the first one to twelve letters of each of 200 titles."""
    titles = [monograph.title for monograph in ours.engine.snapshot().monographs[::10]][:200]
    starts = [title[:length] for title in titles for length in range(1, min(len(title), 12) + 1)]
    times = []
    ours.engine.suggest("a")
    for start in starts:
        began = time.perf_counter()
        ours.engine.suggest(start)
        times.append((time.perf_counter() - began) * 1000)
    return {"p50": statistics.median(times), "p99": percentile(times, 0.99)}


def percentile(values: Sequence[float], share: float) -> float:
    """The value that a share (from 0 to 1) of all values do not exceed."""
    return sorted(values)[max(0, round(share * len(values)) - 1)]


def _print_size(found: Figures) -> None:
    print(f"\n## {found['pages']} pages, {found['sections']} sections\n")
    print("| engine | build s | peak MB | index MB | page p50 ms | p95 | p99 | plain p50 | p95 | same totals |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for name, built in found["builds"].items():
        cells = [built["seconds"], built["peak_mb"], built["index_mb"]]
        for work in ("page", "plain"):
            times = [value for value in found[work][name] if value is not None]
            shares = (0.5, 0.95, 0.99) if work == "page" else (0.5, 0.95)
            cells += [f"{percentile(times, share):.2f}" if times else "–" for share in shares]
        print(f"| {name} | {' | '.join(str(cell) for cell in cells)} | {found['agreement'].get(name, '–')} |")
    engines = [name for name in found["builds"] if any(found["page"][name])]
    print(f"\n| page, p50 ms | {' | '.join(engines)} |\n|---|{'---|' * len(engines)}")
    for group in GROUPS:
        rows = [row for row, of in enumerate(found["groups"]) if of == group]
        cells = [statistics.median(found["page"][name][row] for row in rows) for name in engines]
        print(f"| {group} | {' | '.join(f'{cell:.2f}' for cell in cells)} |")
    cost, suggest = found["vocabulary"], found["suggest"]
    ratio = cost["with"] / cost["without"]
    print(f"\nwith vocabulary p50 {cost['with']:.2f} ms, without {cost['without']:.2f} ms, ratio {ratio:.2f}")
    print(f"suggestions p50 {suggest['p50']:.2f} ms, p99 {suggest['p99']:.2f} ms")


if __name__ == "__main__":
    main()
