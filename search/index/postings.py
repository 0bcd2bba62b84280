"""The postings arrays of a generation: opened memory-mapped, shared by threads, never changed.

Two spaces of terms, surfaces and stems, have the same form: term → sections → positions. Monographs are numbered in the order of
their ids, sections in that order and that of their page. `array_writer` writes the arrays. Knows nothing of queries.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.analysis import Occurrence, stem
from search.index.format import BY_NAME, NO_TERM, ROLE_SHIFT

Ints = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float32]

@dataclass(frozen=True, slots=True)
class TermSpace:
    """Postings of all terms of one kind, by term number.

    Term t stands in `sections[start[t]:start[t+1]]` (ascending) with `weights` of the same slice; posting p has the positions
    `positions[at[p]:at[p+1]]` (ascending). For two terms, the first in sections 3 (twice) and 5, the second in section 3:

        start 0 2 3 · sections 3 5 3 · at 0 2 3 4 · positions 7 9 0 8

    start: (terms+1,) uint32 · sections: (postings,) uint32 · weights: (postings,) float32, BM25F · at: (postings+1,) uint32 ·
    positions: (occurrences,) uint32, with the base of their field · roles: (occurrences,) uint8, the
    `StatementRole` of each · flags: (postings,) uint8, `BY_NAME` where the section has the term in its page's names alone, and from
    `ROLE_SHIFT` on the roles that it gives the term · in_names: (terms,) bool, whether any section has it in names alone.
    """

    start: Ints
    sections: Ints
    weights: Floats
    at: Ints
    positions: Ints
    roles: npt.NDArray[np.uint8]
    flags: npt.NDArray[np.uint8]
    in_names: npt.NDArray[np.bool_]

    def roles_of(self, term: int) -> npt.NDArray[np.uint8]:
        """(sections of the term,) the roles each gives the term, as bits of `StatementRole`."""
        return self.flags[self.start[term] : self.start[term + 1]] >> np.uint8(ROLE_SHIFT)

    def outside_names(self, term: int) -> npt.NDArray[np.bool_]:
        """(sections of the term,) whether each has it in heading or text, and not by the names of its page alone."""
        flags = self.flags[self.start[term] : self.start[term + 1]]
        return np.asarray(flags & np.uint8(BY_NAME) == 0)

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
    """All arrays of a generation, with its words. `surfaces`, `stems` and `written` are sorted by code point.

    The surfaces of stem s are `surfaces_by_stem[surfaces_start[s]:surfaces_start[s+1]]`; the tokens of section n are the rows
    `token_start[n]:token_start[n+1]` of `tokens` (tokens, 4) uint32: surface, position, and the code points from and to. `signs`
    (occurrences,) int8 stand beside the positions of surfaces: whether each is denied. The roles of section n's text are the rows `role_start[n]:role_start[n+1]` of
    `role_ranges` (ranges, 2) uint32: the code point where a range begins, and its role. `written_sections` stand beside `written`,
    the unfolded spellings: how many sections hold each.
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
    role_start: Ints
    role_ranges: npt.NDArray[np.uint32]
    written_sections: Ints

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
        wanted = np.zeros(len(self.surfaces), bool)
        wanted[[self.surface_numbers[surface] for surface in surfaces if surface in self.surface_numbers]] = True
        for number in (self.stem_numbers[name] for name in stems if name in self.stem_numbers):
            wanted[self.surfaces_by_stem[self.surfaces_start[number] : self.surfaces_start[number + 1]]] = True
        return wanted

    def text_roles(self, section: int) -> list[tuple[int, int]]:
        """Where the ranges of a section's text begin, ascending, and the `StatementRole` of each."""
        return [(start, role) for start, role in self.role_ranges[self.role_start[section] : self.role_start[section + 1]].tolist()]

    def text_occurrences(self, section: int) -> list[Occurrence]:
        """The tokens of a section's text, in the order they were written."""
        tokens = self.tokens[self.token_start[section] : self.token_start[section + 1]].tolist()
        surfaces = self.surfaces
        return [(surfaces[number], position, start, end) for number, position, start, end in tokens]

    def wanted_occurrences(self, sections: Sequence[int], wanted: npt.NDArray[np.bool_]) -> list[list[Occurrence]]:
        """The wanted tokens of several texts, looked up together: a step of NumPy costs as much for thirty sections as for one.

        Args:
            sections: the numbers of the sections.
            wanted: (surfaces,) bool, as of `wanted`.

        Returns:
            For each section the tokens of its text that are wanted, as of `text_occurrences`.
        """
        if not sections:
            return []
        start = self.token_start
        parts = [self.tokens[start[section] : start[section + 1]] for section in sections]
        tokens = np.concatenate(parts)
        kept = np.flatnonzero(wanted[tokens[:, 0]])
        ends = kept.searchsorted(list(accumulate(map(len, parts)))).tolist()
        surfaces = self.surfaces
        occurrences = [(surfaces[number], position, begin, end) for number, position, begin, end in tokens[kept].tolist()]
        return [occurrences[begin:end] for begin, end in zip([0, *ends], ends, strict=False)]


_ARRAYS: Final = (
    "surface_stem", "surfaces_by_stem", "surfaces_start", "section_document", "section_monograph", "section_kind",
    "monograph_document", "token_start", "tokens", "role_start", "role_ranges",
    "written_sections",
)  # fmt: skip
_SPACE_ARRAYS: Final = ("start", "sections", "weights", "at", "positions", "roles", "flags", "in_names")


def open_postings(folder: Path) -> Postings:
    """Map the arrays that `array_writer.write_arrays` wrote; nothing is read that is not needed."""
    surfaces, stems, written = (_read_words(folder / f"{name}.txt") for name in ("surfaces", "stems", "written"))
    return Postings(
        surfaces=surfaces,
        surface_numbers={word: number for number, word in enumerate(surfaces)},
        stems=stems,
        stem_numbers={word: number for number, word in enumerate(stems)},
        written=written,
        by_surface=_open_space(folder, "surface"),
        by_stem=_open_space(folder, "stem"),
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
