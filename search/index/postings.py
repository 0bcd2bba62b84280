"""The postings arrays: opened memory-mapped, shared by threads, never changed. Knows nothing of queries.

`arrays` writes them.

Two spaces of terms, surfaces and stems, have the same form: term → sections → positions. Monographs are numbered in the
order of their ids, sections in that order and that of their page. Positions of the three fields share one line of numbers
(`FIELD_BASE`), far enough apart that no phrase reaches from one field to the next.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.analysis import Occurrence
from search.cache import BoundedCache
from search.analysis import stem

Ints = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float32]

MET_BYTES: Final = 8_000_000
"""A known term takes 14 bytes for each section that meets it: six hundred terms of a thousand sections."""

FIELD_BASE: Final = (0, 1 << 28, 1 << 29)
"""First position of names, heading, text. A page has at most 1 MB, so no field reaches the next one's base."""

NO_TERM: Final = -1

CLAIMED: Final = 0
BOTH: Final = 1
DENIED: Final = 2
"""How a section speaks of a term: never in a negated clause, in some, in such alone (`negation`)."""

BY_NAME: Final = 4
"""Beside those: a section that has a term only because its page is called so."""

_STANCE: Final = np.uint8(3)


@dataclass(frozen=True, slots=True)
class TermSpace:
    """Postings of all terms of one kind, by term number.

    Term t stands in `sections[start[t]:start[t+1]]` (ascending) with `weights` of the same slice; posting p has the positions
    `positions[at[p]:at[p+1]]` (ascending). start: (terms+1,) · sections: (postings,) uint32 · weights: (postings,) float32 ·
    at: (postings+1,) · positions: (occurrences,) uint32 · ways: (postings,) uint8, how the section speaks of the term
    (`CLAIMED`, `BOTH`, `DENIED`), and `BY_NAME` where it has the term in its page's names alone · in_names: (terms,) bool,
    whether any section has it so.
    """

    start: Ints
    sections: Ints
    weights: Floats
    at: Ints
    positions: Ints
    ways: npt.NDArray[np.uint8]
    in_names: npt.NDArray[np.bool_]

    def stances_of(self, term: int) -> npt.NDArray[np.uint8]:
        """(sections of the term,) how each speaks of it."""
        return self.ways[self.start[term] : self.start[term + 1]] & _STANCE

    def said_itself(self, term: int) -> npt.NDArray[np.bool_]:
        """(sections of the term,) whether each has it in heading or text."""
        return self.ways[self.start[term] : self.start[term + 1]] < BY_NAME

    def postings(self, term: int) -> tuple[Ints, Floats]:
        """Sections of a term, ascending, and its weight in each."""
        part = slice(self.start[term], self.start[term + 1])
        return self.sections[part], self.weights[part]

    def posting_positions(self, term: int, row: int) -> Ints:
        """Positions of a term in the `row`-th of its sections."""
        posting = int(self.start[term]) + row
        return self.positions[self.at[posting] : self.at[posting + 1]]


@dataclass(frozen=True, slots=True)
class Postings:
    """All arrays of a generation. `surfaces`, `stems` and `written` are sorted by code point.

    The surfaces of stem s are `surfaces_by_stem[surfaces_start[s]:surfaces_start[s+1]]`; the tokens of section n are the rows
    `token_start[n]:token_start[n+1]` of `tokens` (tokens, 4): surface, position, and the code points from and to. `claims` stand
    beside the positions of surfaces, as of `Denials.claims`; `written_sections` beside `written`. `met` holds
    which sections meet what is known in several ways (`candidates`): names and terms that are asked for again and again.
    """

    surfaces: tuple[str, ...]
    surface_numbers: dict[str, int]
    stems: tuple[str, ...]
    stem_numbers: dict[str, int]
    written: tuple[str, ...]
    surface_stem: Ints
    surfaces_by_stem: Ints
    surfaces_start: Ints
    by_surface: TermSpace
    by_stem: TermSpace
    section_document: Ints
    section_monograph: Ints
    section_kind: npt.NDArray[np.uint8]
    monograph_document: Ints
    token_start: Ints
    tokens: npt.NDArray[np.uint32]
    claims: npt.NDArray[np.int8]
    written_sections: Ints
    met: BoundedCache[Any, Any]

    @property
    def section_total(self) -> int:
        """How many sections there are."""
        return len(self.section_document)

    def sections_of(self, monographs: Iterable[int]) -> Ints:
        """The sections of some monographs, ascending."""
        numbers = np.array(sorted(monographs), self.section_monograph.dtype)
        begins = self.section_monograph.searchsorted(numbers)
        ends = self.section_monograph.searchsorted(numbers, side="right")
        parts = [np.arange(begin, end, dtype=np.uint32) for begin, end in zip(begins, ends, strict=True)]
        return np.concatenate(parts) if parts else numbers[:0]

    def surface_number(self, surface: str) -> int:
        """Number of a surface, or `NO_TERM`."""
        return self.surface_numbers.get(surface, NO_TERM)

    def stem_number(self, surface: str) -> int:
        """Number of the stem of a surface, or `NO_TERM`."""
        return self.stem_numbers.get(stem(surface), NO_TERM)

    def wanted(self, surfaces: Iterable[str], stems: Iterable[str]) -> npt.NDArray[np.bool_]:
        """(surfaces,) bool: these surfaces, and every surface of these stems."""
        found = np.zeros(len(self.surfaces), bool)
        found[[self.surface_numbers[surface] for surface in surfaces if surface in self.surface_numbers]] = True
        for number in (self.stem_numbers[name] for name in stems if name in self.stem_numbers):
            found[self.surfaces_by_stem[self.surfaces_start[number] : self.surfaces_start[number + 1]]] = True
        return found

    def text_occurrences(self, section: int) -> list[Occurrence]:
        """The tokens of a section's text, in the order they were written."""
        tokens = self.tokens[self.token_start[section] : self.token_start[section + 1]].tolist()
        surfaces = self.surfaces
        return [(surfaces[number], position, start, end) for number, position, start, end in tokens]

    def wanted_occurrences(self, sections: Sequence[int], wanted: npt.NDArray[np.bool_]) -> list[list[Occurrence]]:
        """Of each of some sections, the tokens of its text that are of the wanted (surfaces,) bool, as `text_occurrences`.

        All at once: a step of NumPy costs as much for thirty sections as for one.
        """
        if not sections:
            return []
        start = self.token_start
        parts = [self.tokens[start[section] : start[section + 1]] for section in sections]
        tokens = np.concatenate(parts)
        kept = np.flatnonzero(wanted[tokens[:, 0]])
        ends = kept.searchsorted(list(accumulate(map(len, parts)))).tolist()
        surfaces = self.surfaces
        found = [(surfaces[number], position, begin, end) for number, position, begin, end in tokens[kept].tolist()]
        return [found[begin:end] for begin, end in zip([0, *ends], ends, strict=False)]


_ARRAYS: Final = (
    "surface_stem",
    "surfaces_by_stem",
    "surfaces_start",
    "section_document",
    "section_monograph",
    "section_kind",
    "monograph_document",
    "token_start",
    "tokens",
    "claims",
    "written_sections",
)
_SPACE_ARRAYS: Final = ("start", "sections", "weights", "at", "positions", "ways", "in_names")


def open_postings(folder: Path) -> Postings:
    """Map the arrays that `arrays.write_arrays` wrote; nothing is read that is not needed."""
    surfaces, stems, written = (_read_words(folder / f"{name}.txt") for name in ("surfaces", "stems", "written"))
    return Postings(
        surfaces=surfaces,
        surface_numbers={word: number for number, word in enumerate(surfaces)},
        stems=stems,
        stem_numbers={word: number for number, word in enumerate(stems)},
        written=written,
        by_surface=_open_space(folder, "surface"),
        by_stem=_open_space(folder, "stem"),
        met=BoundedCache(MET_BYTES, lambda found: int(found.nbytes)),
        **{name: _map(folder / f"{name}.npy") for name in _ARRAYS},
    )


def _open_space(folder: Path, name: str) -> TermSpace:
    return TermSpace(**{key: _map(folder / f"{name}_{key}.npy") for key in _SPACE_ARRAYS})


def _read_words(path: Path) -> tuple[str, ...]:
    text = path.read_text(encoding="utf-8")
    return tuple(text.split("\n")) if text else ()


def _map(path: Path) -> npt.NDArray[Any]:
    """A file as a read-only array; a plain view, as indexing an `np.memmap` costs several times as much."""
    array: npt.NDArray[Any] = np.load(path, mmap_mode="r").view(np.ndarray)
    return array
