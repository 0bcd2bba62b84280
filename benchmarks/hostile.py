"""The slowest of 10,000 random queries and the known hostile ones, through the engine and through the web application.

    python -m benchmarks.hostile [--corpus DIR]

Each is run once; the slowest ten are run again alone, three times. Nothing is asserted: machines differ.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.compare import REAL_PAGES, ROOT
from search import SearchEngine, SearchRequest, Settings, build_index, read_corpus
from tests.hostile_texts import HOSTILE, random_texts
from web import create_app


def main() -> None:
    """Build an index in a temporary folder and print a line for the engine and one for the web."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--corpus", type=Path, default=REAL_PAGES if REAL_PAGES.is_dir() else ROOT / "corpus")
    chosen = parser.parse_args()
    texts = [text for text in (*HOSTILE, *random_texts(10_000)) if len(text) <= 200]
    with tempfile.TemporaryDirectory() as work:
        build_index(read_corpus(chosen.corpus), Path(work))
        engine = SearchEngine(Path(work))
        client = create_app(Settings(index_root=Path(work))).test_client()
        statuses: set[int] = set()

        def page(text: str) -> None:
            statuses.add(client.get("/search", query_string={"q": text.encode("utf-8", "replace")}).status_code)

        _report("engine", texts, lambda text: engine.search(SearchRequest(text)))
        _report("web page", texts, page)
        print(f"statuses: {sorted(statuses)}")


def _report(name: str, texts: list[str], run: Callable[[str], object]) -> None:
    times = {text: _milliseconds(run, text) for text in texts}
    slowest = sorted(times, key=lambda text: -times[text])[:10]
    again = max(statistics.median(_milliseconds(run, text) for _ in range(3)) for text in slowest)
    ordered = sorted(times.values())
    rare = ordered[int(len(ordered) * 0.999)]
    print(f"{name}: {len(texts)} texts, p50 {statistics.median(ordered):.2f} ms, p99.9 {rare:.1f} ms, "
          f"slowest {ordered[-1]:.1f} ms (the first opens the index), the slowest ten again {again:.1f} ms")  # fmt: skip


def _milliseconds(run: Callable[[str], object], text: str) -> float:
    began = time.perf_counter()
    run(text)
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
