"""Measures how often the right section comes first within its monograph, on judged questions (`tests/data/relevance/sections.tsv`).

python -m benchmarks.sections [--missed]
"""

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from search import SearchEngine, SearchRequest, build_index, read_corpus
from search.tables import read_file

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "data" / "relevance" / "sections.tsv"
FOLDERS = {"starter": ROOT / "corpus", "shared": ROOT.parent / "shared" / "data" / "monographs"}


@dataclass(frozen=True, slots=True)
class Case:
    """A question, and the sections of one monograph that answer it."""

    corpus: str
    query: str
    monograph: str
    anchors: frozenset[str]
    style: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The place of the right section within its monograph, and of the monograph among all; from 1, and 0 where not found."""

    case: Case
    section: int
    monograph: int


def read_cases() -> list[Case]:
    """All judged cases."""
    columns = ("corpus", "query", "monograph", "anchor", "also", "style", "comment")
    return [
        Case(row["corpus"], row["query"], row["monograph"], frozenset((row["anchor"], *row.list("also"))), row["style"])
        for row in read_file(CASES, columns)
    ]


def ask(engine: SearchEngine, case: Case) -> Outcome:
    """Search for the question of a case."""
    page = engine.search(SearchRequest(case.query))
    for place, item in enumerate(page.items, start=1):
        if item.id == case.monograph:
            anchors = [section.anchor for section in item.sections]
            found = [number for number, anchor in enumerate(anchors, start=1) if anchor in case.anchors]
            return Outcome(case, found[0] if found else 0, place)
    return Outcome(case, 0, 0)


def figures(outcomes: Sequence[Outcome]) -> tuple[float, float, float]:
    """(section first within its monograph, section among the first three, monograph first) as shares of all cases."""
    total = max(1, len(outcomes))
    first = sum(outcome.section == 1 for outcome in outcomes)
    three = sum(1 <= outcome.section <= 3 for outcome in outcomes)
    return first / total, three / total, sum(outcome.monograph == 1 for outcome in outcomes) / total


def main() -> None:
    """Print the figures by corpus and by style of the question, and with --missed the cases whose section is not first."""
    parser = argparse.ArgumentParser(description="Right section first within its monograph")
    parser.add_argument("--missed", action="store_true")
    options = parser.parse_args()
    outcomes: list[Outcome] = []
    for corpus, folder in FOLDERS.items():
        if folder.is_dir():
            with tempfile.TemporaryDirectory() as work:
                build_index(read_corpus(folder), Path(work))
                engine = SearchEngine(Path(work))
                outcomes += [ask(engine, case) for case in read_cases() if case.corpus == corpus]
    groups = {"all": outcomes}
    for corpus in FOLDERS:
        groups[corpus] = [o for o in outcomes if o.case.corpus == corpus]
    for style in ("lay", "clinical"):
        groups[style] = [o for o in outcomes if o.case.style == style]
    for name, those in groups.items():
        first, three, page = figures(those)
        print(
            f"{name}: {len(those)} cases; section first {first:.3f}, in first three {three:.3f}; monograph first {page:.3f}"
        )
    for outcome in outcomes if options.missed else ():
        if outcome.section != 1:
            case = outcome.case
            print(f"  {outcome.section} {outcome.monograph} {case.query} | {case.monograph} {sorted(case.anchors)}")


if __name__ == "__main__":
    main()
