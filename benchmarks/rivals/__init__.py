"""Other search engines behind one small interface, each used in the fastest way that its documentation gives.

Each engine has its own stemmer and its own rules for words, so that totals differ a little; `benchmarks.compare` prints for how
many queries they agree. A query that an engine cannot answer (without prefixes, spelling or phrases) gives None, and an empty
cell.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from benchmarks.queries import BenchQuery

GROUPS_SHOWN: Final = 10
SECTIONS_SHOWN: Final = 3
SNIPPET_CHARS: Final = 240
WEIGHTS: Final = {"names": 2.0, "heading": 3.0, "text": 1.0}


class Document(NamedTuple):
    """A section as every engine indexes it; `monograph` and `kind` are numbers from 0."""

    number: int
    monograph: int
    kind: int
    names: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of results: how many sections and monographs match, sections by kind, and the snippets of the first monographs."""

    sections: int
    monographs: int
    counts: Counter[int]
    groups: Sequence[Sequence[str]]


class Rival(Protocol):
    """An engine with an index that is built once."""

    name: str

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        """Index documents into an empty folder, and open the index."""

    def open(self, folder: Path) -> None:
        """Open an index that `build` wrote."""

    def page(self, asked: BenchQuery) -> Page | None:
        """A page of results: ten monographs of up to three sections each, highlighted, with all counts."""

    def plain(self, asked: BenchQuery) -> int | None:
        """Find the ten best sections and nothing else; how many were found, at most ten."""


def first_groups(ranked: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    """Monograph → its sections on a page of results, of the first monographs among (monograph, section) pairs, best first."""
    groups: dict[int, list[int]] = {}
    for monograph, section in ranked:
        group = groups.get(monograph)
        if group is None:
            if len(groups) == GROUPS_SHOWN:
                continue
            groups[monograph] = [section]
        elif len(group) < SECTIONS_SHOWN:
            group.append(section)
    return groups
