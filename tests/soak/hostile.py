"""Any text at all through the engine and through the web application: the slowest, and whether all were answered.

    python -m tests.soak.hostile [--texts 100000] [--index DIR | --corpus DIR]

Each text is run once, each tenth through the web as well; the slowest twenty are run again alone, three times. Most seeded texts
are any characters and marks of the language in any order; every third is made of words of the index, the commonest above all, as
those cost most.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from search import SearchEngine, SearchRequest, Settings, build_index, read_corpus
from tests.support.hostile_texts import HOSTILE, random_texts
from tests.support.paths import ROOT
from web import create_app

CORPUS = ROOT / "corpus"
SEED = 20261127
GOAL_MS = 250
"""What no outlier may take when it is run again alone, so that no single text holds a worker for long."""


@dataclass(frozen=True)
class Hostile:
    """Texts answered; the 99.9th percentile and the greatest time in ms, and the greatest of the slowest again; what failed."""

    texts: int
    median: float
    rare: float
    slowest: float
    again: float
    worst: str
    failed: tuple[str, ...]


def hostile(engine: SearchEngine, texts: Sequence[str], ask: Callable[[str], None]) -> Hostile:
    """Ask each text, and the slowest again."""
    times: list[tuple[float, str]] = []
    failed = []
    for text in texts:
        try:
            times.append((_milliseconds(ask, text), text))
        except Exception as error:  # noqa: BLE001 # whatever goes wrong is the result
            failed.append(f"{text!r}: {type(error).__name__}: {error}")
    times.sort()
    alone = [(statistics.median(_milliseconds(ask, text) for _ in range(3)), text) for _, text in times[-20:]]
    again, worst = max(alone, default=(0.0, ""))
    only = [time for time, _ in times]
    return Hostile(len(times), statistics.median(only), only[int(len(only) * 0.999)], only[-1], again, worst, tuple(failed))  # fmt: skip


def texts_for(engine: SearchEngine, count: int) -> Iterator[str]:
    """Known hostile texts, seeded random ones, and every third of words of the index."""
    rng = random.Random(SEED)
    by_use = sorted(engine.snapshot().lexicon.frequencies(), key=lambda word: (-word[1], word[0]))
    common, words = [word for word, _ in by_use[:300]], [word for word, _ in by_use]
    yield from (text for text in HOSTILE if len(text) <= 200)
    for number, text in enumerate(random_texts(count)):
        yield text if number % 3 else _of_words(rng, common, words)


def _of_words(rng: random.Random, common: Sequence[str], words: Sequence[str]) -> str:
    """A query of real words, in the shapes that cost most: many common words, long phrases of them, exclusions, prefixes."""
    chosen = [rng.choice(common if rng.random() < 0.8 else words) for _ in range(rng.randint(1, 30))]
    shape = rng.randrange(5)
    if shape == 1:
        return f'"{" ".join(chosen)}'[:199] + '"'
    if shape == 2:
        return " ".join(f"{word[:3]}*" if len(word) > 2 else word for word in chosen)[:200]
    if shape == 3:
        return " ".join([*chosen[:3], *(f"-{word}" for word in chosen[3:])])[:200]
    if shape == 4:
        return " ".join(word[:-1] + rng.choice("aeinst") for word in chosen[:8])[:200]  # misspelt
    return " ".join(chosen)[:200]


def _milliseconds(run: Callable[[str], object], text: str) -> float:
    began = time.perf_counter()
    run(text)
    return (time.perf_counter() - began) * 1000


def main() -> None:
    """Print a line for the engine and one for the web."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--texts", type=int, default=100_000)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--index", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        index = chosen.index or Path(work)
        if chosen.index is None:
            build_index(read_corpus(chosen.corpus), index)
        engine = SearchEngine(index, answer_bytes=0)
        client = create_app(Settings(index_root=index)).test_client()
        info = engine.info()
        print(f"{info.monographs} pages, {info.sections} sections")
        texts = list(texts_for(engine, chosen.texts))

        def page(text: str) -> None:
            status = client.get("/search", query_string={"q": text.encode("utf-8", "replace")}).status_code
            assert status == 200, f"status {status}"

        page("nausea")
        found = [hostile(engine, texts, lambda text: engine.search(SearchRequest(text)).to_dict()), hostile(engine, texts[::10], page)]  # fmt: skip
    for name, one in zip(("engine", "web page"), found, strict=True):
        print(f"{name}: {one.texts} texts answered, {len(one.failed)} failed; p50 {one.median:.2f} ms, p99.9 {one.rare:.1f} ms, slowest {one.slowest:.1f} ms; "
              f"the slowest twenty again, alone: {one.again:.1f} ms (goal: at most {GOAL_MS}): {one.worst!r}")  # fmt: skip
    if failed := [line for one in found for line in one.failed]:
        raise SystemExit("\n".join(failed[:10]))


if __name__ == "__main__":
    main()
