"""Records what the search answers, and compares two records, to show that a change of structure changed no answer.

    python -m benchmarks.answers record --index DIR --out FILE [--queries 1000] [--collections DIR]
    python -m benchmarks.answers compare FILE FILE

Only the façade `search` is used, so that records of different versions can be compared. Each answer is one line of JSON: the
page of results, the line that answers a question, the counts by class, the overview, marks and suggestions. Knows nothing of
ranking.
"""

import argparse
import json
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from search import KINDS, SearchEngine, SearchRequest

SEED: Final = 20261128
ROOT: Final = Path(__file__).parent.parent
SHARED: Final = ROOT.parent / "shared" / "data"

_FRAMES: Final = (
    "{}", "{}", "{}", "side effects of {}", "how does {} work", "can i take {} in pregnancy", "what if i miss a dose of {}",
    "does {} cause nausea", "drugs that cause {}", "{} with alcohol", "is {} safe in breastfeeding", "{} dosage", "{} -nausea",
    "{} warfarin", "drug:{} headache", '"{}"',
)  # fmt: skip
"""Queries, with a place for a name or a passage."""

_SHOWN: Final = 5
"""How many differences are printed."""


def main() -> None:
    """Record or compare, as the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    record = commands.add_parser("record")
    record.add_argument("--index", type=Path, required=True)
    record.add_argument("--out", type=Path, required=True)
    record.add_argument("--queries", type=int, default=1000)
    record.add_argument("--collections", type=Path, default=SHARED)
    compare = commands.add_parser("compare")
    compare.add_argument("files", type=Path, nargs=2)
    chosen = parser.parse_args()
    if chosen.command == "record":
        _record(chosen.index, chosen.out, chosen.queries, chosen.collections)
    else:
        sys.exit(_compare(*chosen.files))


def _record(index: Path, out: Path, count: int, collections: Path) -> None:
    """Write the answers to all requests, one a line."""
    engine = SearchEngine(index, answer_bytes=0)
    asked = 0
    with out.open("w", encoding="utf-8") as file:
        for request in _requests(engine, count, collections):
            file.write(json.dumps(_answer(engine, request), ensure_ascii=False) + "\n")
            asked += 1
    print(f"{asked} answers of {engine.info().monographs} monographs in {out}")


def _requests(engine: SearchEngine, count: int, collections: Path) -> Iterator[SearchRequest]:
    """Requests in a fixed order: the queries of staff and of judged collections, then queries made from random monographs."""
    rng = random.Random(SEED)
    texts = dict.fromkeys([*_staff_queries(collections), *_judged_queries(collections), *_drawn(engine, count, rng)])
    for number, text in enumerate(texts):
        request = SearchRequest(text[:200])
        yield request
        if number % 5 == 0:
            yield replace(request, exact=True)
        if number % 7 == 0:
            yield replace(request, sections=(rng.choice(KINDS),))
        if number % 11 == 0:
            yield replace(request, page=2)
        if number % 3 == 0:  # with one of its notes switched off
            notes = engine.search(request).notes
            yield from (replace(request, without=(note.id,)) for note in notes[:2])


def _staff_queries(folder: Path) -> Iterator[str]:
    for name, column in (("queries.tsv", 1), ("staff-queries.tsv", 2)):
        if (folder / name).is_file():
            for line in (folder / name).read_text(encoding="utf-8").splitlines()[1:]:
                yield line.split("\t")[column]


def _judged_queries(folder: Path) -> Iterator[str]:
    for file in sorted((folder / "collections").glob("*/queries.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["text"]


def _drawn(engine: SearchEngine, count: int, rng: random.Random) -> Iterator[str]:
    """Titles, names and passages of one to three words of random monographs, alone and in a question; some misspelt or cut."""
    listed = engine.listing()
    for _ in range(count):
        found = engine.monograph(rng.choice(listed).id)
        if found is None:  # the index was replaced meanwhile
            continue
        words = re.findall(r"[^\W_]+", rng.choice(found.sections).text) if found.sections else []
        at = rng.randrange(max(1, len(words)))
        passage = " ".join(words[at : at + rng.choice((1, 1, 2, 3))]) or found.title
        subject = rng.choice((found.title, rng.choice(found.names).text, passage, passage))
        if rng.random() < 0.15 and len(subject) > 5:
            cut = rng.randrange(1, len(subject) - 1)
            subject = rng.choice((subject[:cut] + subject[cut + 1 :], f"{subject[: cut + 3]}*"))
        yield rng.choice(_FRAMES).format(subject)


def _answer(engine: SearchEngine, request: SearchRequest) -> dict[str, Any]:
    page = engine.search(request)
    found = page.to_dict()
    del found["generation"]  # differs with the pages that were indexed before
    return {
        "page": found,
        "finding": page.finding and asdict(page.finding),
        "classes": [asdict(counted) for counted in page.class_counts],
        "status": [hit.status_line for hit in page.items],
        "overview": [asdict(row) for row in engine.overview(request)],
        "marks": {hit.id: engine.marks(hit.id, request.text) for hit in page.items[:2]},
        "suggestions": [asdict(suggestion) for suggestion in engine.suggest(request.text)],
    }


def _compare(one: Path, other: Path) -> int:
    """Print how many lines differ, and which keys of the first few; 1 where any does, as an exit code."""
    differing = total = 0
    with one.open(encoding="utf-8") as a, other.open(encoding="utf-8") as b:
        for total, (mine, theirs) in enumerate(zip_longest(a, b), start=1):
            if mine != theirs:
                differing += 1
                if differing <= _SHOWN:
                    print(f"line {total}: {_difference(mine, theirs)}")
    print(f"{differing} of {total} answers differ")
    return int(differing > 0)


def _difference(mine: str | None, theirs: str | None) -> str:
    if mine is None or theirs is None:
        return "one record is shorter"
    a, b = json.loads(mine), json.loads(theirs)
    keys = [f"{key}.{part}" for key in a for part in _differing(a[key], b.get(key))]
    return f"{a['page']['query']}: {', '.join(keys) or 'the order of keys'}"


def _differing(a: Any, b: Any) -> list[str]:
    """The keys under which two objects differ; `(all)` for two different values that are no objects."""
    if isinstance(a, dict) and isinstance(b, dict):
        return [key for key in a.keys() | b.keys() if a.get(key) != b.get(key)]
    return [] if a == b else ["(all)"]


if __name__ == "__main__":
    main()
