"""Writes the arrays of a generation: from the words of analysed pages, and from the arrays before for pages that did not change.

Knows nothing of Whoosh or of queries; `postings` opens what this wrote.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from search.analysis import stem
from search.index.array_rows import Rows, analysed_rows, joined_rows, kept_rows
from search.index.postings import Postings
from search.index.term_spaces import term_space
from search.index.words import Analysed, Numbers, Occurrences
from search.model import KINDS


@dataclass(frozen=True, slots=True)
class Entry:
    """A monograph of the new generation: the Whoosh documents of itself and its sections, and the kinds of those.

    `words` are those of its analysis; None where the generation before has them, in which its number was `was`.
    """

    id: str
    document: int
    sections: tuple[int, ...]
    kinds: tuple[int, ...]
    words: Occurrences | None
    was: int = -1


def entry_of(page: Analysed, document: int) -> Entry:
    """The entry of a page whose first Whoosh document is this one, and whose sections follow it."""
    kinds = tuple(KINDS.index(section.kind) for section in page.monograph.sections)
    return Entry(page.monograph.id, document, tuple(range(document + 1, document + 1 + len(kinds))), kinds, page.words)


def write_arrays(
    entries: Sequence[Entry], written: Mapping[str, int], folder: Path, before: Postings | None = None
) -> None:
    """Write all arrays and word lists.

    Args:
        entries: the monographs, in the order of their ids.
        written: the unfolded spellings that folding changed → how many sections hold each.
        folder: where to; it exists.
        before: the arrays of the generation that entries without words were in.
    """
    bases = np.concatenate(([0], np.cumsum([len(entry.kinds) for entry in entries]))).astype(np.int32)
    sections = int(bases[-1])
    parts = [analysed_rows(entry.words, base) for entry, base in zip(entries, bases, strict=False) if entry.words]
    if before is not None:
        parts.append(kept_rows(before, _new_sections(entries, bases, before)))
    surfaces, rows = joined_rows(parts)
    _write_tokens(folder, rows.tokens, sections)
    _write_ranges(folder, rows.ranges, sections)
    rows = replace(rows, tokens=rows.tokens[:0])
    del parts  # what follows takes as much room again
    _write_documents(folder, entries)
    stems = _write_terms(folder, surfaces, rows, sections)
    _save(folder, written_sections=np.array([count for _, count in sorted(written.items())], np.uint32))
    for name, words in (("surfaces", surfaces), ("stems", stems), ("written", sorted(written))):
        (folder / f"{name}.txt").write_text("\n".join(words), encoding="utf-8", newline="\n")


def spellings(pages: Sequence[Occurrences]) -> Counter[str]:
    """The unfolded spellings of pages → how many sections hold each."""
    counts: Counter[str] = Counter()
    for words in pages:
        counts.update(dict(words.written))
    return counts


def _write_terms(folder: Path, surfaces: Sequence[str], rows: Rows, sections: int) -> list[str]:
    """Write the spaces of surfaces and stems and the arrays that join them; returns the stems, sorted."""
    stem_of = [stem(surface) for surface in surfaces]
    stems = sorted(set(stem_of))
    stem_numbers = {word: number for number, word in enumerate(stems)}
    surface_stem = np.array([stem_numbers[word] for word in stem_of], np.int32)
    by_surface = term_space(rows.surface, rows, sections)
    _save_space(folder, "surface", by_surface)
    del by_surface  # the space of stems takes as much room again
    by_stem = term_space(surface_stem[rows.surface], rows, sections)
    _save_space(folder, "stem", by_stem)
    surfaces_per_stem = np.bincount(surface_stem, minlength=len(stems))
    _save(
        folder,
        surface_stem=surface_stem.astype(np.uint32),
        surfaces_by_stem=np.argsort(surface_stem, kind="stable").astype(np.uint32),
        surfaces_start=np.concatenate(([0], np.cumsum(surfaces_per_stem))).astype(np.uint32),
    )
    return stems


def _write_documents(folder: Path, entries: Sequence[Entry]) -> None:
    owners = [number for number, entry in enumerate(entries) for _ in entry.kinds]
    _save(
        folder,
        section_document=np.array([document for entry in entries for document in entry.sections], np.uint32),
        section_monograph=np.array(owners, np.uint32),
        section_kind=np.array([kind for entry in entries for kind in entry.kinds], np.uint8),
        monograph_document=np.array([entry.document for entry in entries], np.uint32),
    )


def _new_sections(entries: Sequence[Entry], bases: Numbers, before: Postings) -> Numbers:
    """(sections before,) the number each has now; −1 where its page is gone or was analysed anew."""
    new = np.full(len(before.section_monograph), -1, np.int32)
    first_section = np.searchsorted(before.section_monograph, np.arange(len(before.monograph_document)))
    for entry, base in zip(entries, bases.tolist(), strict=False):
        if entry.words is None:
            old = int(first_section[entry.was])
            new[old : old + len(entry.kinds)] = np.arange(base, base + len(entry.kinds))
    return new


def _write_tokens(folder: Path, tokens: Numbers, sections: int) -> None:
    """The tokens of each section's text in the order they were written, for highlighting."""
    surface, section, position, start, end = tokens.T
    order = np.lexsort((end, start, section))
    counts = np.bincount(section, minlength=sections)
    _save(
        folder,
        token_start=np.concatenate(([0], np.cumsum(counts))).astype(np.uint32),
        tokens=np.stack([column[order] for column in (surface, position, start, end)], axis=1).astype(np.uint32),
    )


def _write_ranges(folder: Path, ranges: Numbers, sections: int) -> None:
    """The roles of each section's text, in the order of its ranges."""
    section, start, role = ranges.T
    order = np.lexsort((start, section))
    counts = np.bincount(section, minlength=sections)
    _save(
        folder,
        role_start=np.concatenate(([0], np.cumsum(counts))).astype(np.uint32),
        role_ranges=np.stack([start[order], role[order]], axis=1).astype(np.uint32),
    )


def _save_space(folder: Path, name: str, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
    _save(folder, **{f"{name}_{key}": values for key, values in arrays.items()})


def _save(folder: Path, **arrays: npt.NDArray[Any]) -> None:
    for name, values in arrays.items():
        np.save(folder / f"{name}.npy", values, allow_pickle=False)
