"""Other engines at the same work, each by the fastest way its documentation gives, through one small interface.

Each engine has its own stemmer and word rules, so totals differ a little; `benchmarks.bench` prints how far. What an engine cannot
do (no prefix, no spelling, no phrase) it answers with None, and the table leaves the cell empty.
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
    """A section as every engine gets it. `monograph` and `kind` are numbers."""

    number: int
    monograph: int
    kind: int
    names: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """The grouped answer: how many sections and monographs match, sections by kind, and the first groups with their snippets."""

    sections: int
    monographs: int
    counts: Counter[int]
    groups: Sequence[Sequence[str]]


class Rival(Protocol):
    """An engine over an index that is built once."""

    name: str

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        """Index documents into an empty folder, and open it."""

    def open(self, folder: Path) -> None:
        """Open an index that was built."""

    def page(self, asked: BenchQuery) -> Page | None:
        """Ten monographs of up to three sections, highlighted, with totals and counts by kind."""

    def plain(self, asked: BenchQuery) -> int | None:
        """The ten best sections, nothing else; how many there are."""


def first_groups(ranked: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    """(monograph, section) pairs, best first → the sections shown of the first monographs."""
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
