"""Measures how many queries of staff are answered as a good librarian would, on expectations by readers who saw the pages alone.

    python -m benchmarks.staff_queries [--missed]

The starter pages are searched. A row of tests/data/staff_queries.tsv has checks that a program can make on the page of results
(docs/labelling.md, "Queries"); a query counts when all of its checks hold. Queries with the source "put aside" are looked at for
figures alone: rules are made on the others.
"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.roles import PUT_ASIDE
from search import MonographHit, ResultPage, SearchEngine, SearchRequest, SectionHit, build_index, read_corpus
from search.tables import read_file

ROOT: Final = Path(__file__).parent.parent
QUERIES: Final = ROOT / "tests" / "data" / "staff_queries.tsv"
COLUMNS: Final = ("id", "group", "query", "expect", "why", "source")

_MOST: Final = 0.7
"""The share of the expected titles that `most10` asks for."""


@dataclass(frozen=True, slots=True)
class StaffQuery:
    """A query, its group, and the checks it must pass; `is_put_aside`: nobody looks at it who makes rules."""

    id: str
    group: str
    query: str
    checks: tuple[str, ...]
    is_put_aside: bool

    @property
    def half(self) -> str:
        """`made on`, or `put aside`."""
        return "put aside" if self.is_put_aside else "made on"


def read_queries() -> list[StaffQuery]:
    """The queries, in the order of the file."""
    return [
        StaffQuery(
            row["id"],
            row["group"],
            row["query"],
            tuple(part.strip() for part in row["expect"].split(";")),
            row["source"] == PUT_ASIDE,
        )
        for row in read_file(QUERIES, COLUMNS)
    ]


def failed(asked: StaffQuery, page: ResultPage) -> list[str]:
    """The checks of a query that its page of results does not pass.

    Raises:
        ValueError: a check is of no known kind.
    """
    return [check for check in asked.checks if not _holds(check, page)]


def _holds(check: str, page: ResultPage) -> bool:
    kind, _, value = check.partition("=")
    if kind not in _CHECKS:
        raise ValueError(f"unknown check {check!r}; known: {', '.join(_CHECKS)}")
    return _CHECKS[kind](value, page)


def _titles(page: ResultPage, places: int) -> list[str]:
    return [item.title for item in page.items[:places]]


def _first(value: str, page: ResultPage) -> bool:
    return _titles(page, 1) == [value]


def _any3(value: str, page: ResultPage) -> bool:
    return bool(set(value.split("|")) & set(_titles(page, 3)))


def _all10(value: str, page: ResultPage) -> bool:
    return set(value.split("|")) <= set(_titles(page, 10))


def _most10(value: str, page: ResultPage) -> bool:
    wanted = set(value.split("|"))
    return len(wanted & set(_titles(page, 10))) >= _MOST * min(len(wanted), 10)


def _not3(value: str, page: ResultPage) -> bool:
    return not set(value.split("|")) & set(_titles(page, 3))


def _not10(value: str, page: ResultPage) -> bool:
    return not set(value.split("|")) & set(_titles(page, 10))


def _before(value: str, page: ResultPage) -> bool:
    first, _, second = value.partition(">")
    titles = _titles(page, len(page.items))
    return first in titles and (second not in titles or titles.index(first) < titles.index(second))


def _shows(value: str, page: ResultPage) -> bool:
    title, _, words = value.partition(":")
    excerpts = [excerpt.text for section in _sections(title, page) for excerpt in section.excerpts][:2]
    return any(_plain(words) in _plain(text) for text in excerpts)


def _role(value: str, page: ResultPage) -> bool:
    title, _, role = value.rpartition(":")
    sections = _sections(title, page)
    if not sections or not sections[0].excerpts:
        return False
    return sections[0].excerpts[0].role == role


def _sections(title: str, page: ResultPage) -> Sequence[SectionHit]:
    hits: list[MonographHit] = [item for item in page.items if item.title == title]
    return hits[0].sections if hits else ()


def _says(value: str, page: ResultPage) -> bool:
    return any(_plain(value) in _plain(note.message) for note in page.notes)


def _asks(_: str, page: ResultPage) -> bool:
    return any(
        note.kind in ("ambiguous", "which-drug") or (note.kind == "spelling" and note.options) for note in page.notes
    )


def _nothing(_: str, page: ResultPage) -> bool:
    return not page.items


def _plain(text: str) -> str:
    return " ".join(text.replace("*", "").lower().split())


_CHECKS: Final[dict[str, Callable[[str, ResultPage], bool]]] = {
    "first": _first, "any3": _any3, "all10": _all10, "most10": _most10, "not3": _not3, "not10": _not10, "before": _before,
    "shows": _shows, "role": _role, "says": _says, "asks": _asks, "nothing": _nothing,
}  # fmt: skip


def main() -> None:
    """Print the share of queries answered, by half and group; with --missed what went wrong in the half that is looked at."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--missed", action="store_true", help="print what went wrong in the half that rules are made on"
    )
    options = parser.parse_args()
    queries = read_queries()
    with tempfile.TemporaryDirectory() as folder:
        build_index(read_corpus(ROOT / "corpus"), Path(folder))
        engine = SearchEngine(Path(folder))
        misses = {asked.id: failed(asked, engine.search(SearchRequest(asked.query[:200]))) for asked in queries}
    for name in ("made on", "put aside"):
        half = [asked for asked in queries if asked.half == name]
        totals = Counter(asked.group for asked in half)
        answered = Counter(asked.group for asked in half if not misses[asked.id])
        print(f"{name}: {answered.total()} of {totals.total()} ({answered.total() / max(1, totals.total()):.3f})")
        print("  " + ", ".join(f"{group} {answered[group]}/{totals[group]}" for group in sorted(totals)))
    if options.missed:
        for asked in queries:
            if misses[asked.id] and asked.half == "made on":
                print(f"{asked.id}  {asked.query}: {'; '.join(misses[asked.id])}")


if __name__ == "__main__":
    main()
