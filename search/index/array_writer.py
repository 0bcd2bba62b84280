"""Writes the arrays of a generation: from the words of analysed pages, and from the arrays before for pages that did not change.

Knows nothing of Whoosh or of queries; `postings` opens what this wrote.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.analysis import stem
from search.model import KINDS
from search.index.words import SEARCHED, Analysed, Claims, Numbers, Occurrences
from search.index.postings import BOTH, BY_NAME, CLAIMED, DENIED, FIELD_BASE, Postings
from search.weights import bm25f, inverse_document_frequency

_SLICE: Final = 100_000
"""Postings weighed at a time."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A monograph of the new generation: the Whoosh documents of itself and its sections, and the kinds of those.

    `words` are those of its analysis; None where `was`, its number in the generation before, has them.
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


@dataclass(frozen=True, slots=True)
class _Rows:
    """Occurrences, unordered: `surface`, `section`, `place` (its field's base and its position), `claim`, of one length.

    `tokens`: (text occurrences, 5) int32, of each word of a text its surface, section, position, start and end.
    """

    surfaces: Sequence[str]
    surface: Numbers
    section: Numbers
    place: Numbers
    claim: Claims
    tokens: Numbers


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
    parts = [_analysed_rows(entry.words, base) for entry, base in zip(entries, bases, strict=False) if entry.words]
    if before is not None:
        parts.append(_kept_rows(before, _new_sections(entries, bases, before)))
    surfaces, rows = _joined(parts)
    _write_tokens(folder, rows.tokens, sections)
    rows = replace(rows, tokens=rows.tokens[:0])
    del parts  # what follows takes as much room again
    stems_of = [stem(surface) for surface in surfaces]
    stems = sorted(set(stems_of))
    stem_numbers = {word: number for number, word in enumerate(stems)}
    surface_stem = np.array([stem_numbers[word] for word in stems_of], np.int32)
    per_stem = np.bincount(surface_stem, minlength=len(stems))
    _write_documents(folder, entries)
    _write_space(folder, "surface", rows.surface, rows, sections)
    _write_space(folder, "stem", surface_stem[rows.surface], rows, sections)
    _save(
        folder,
        surface_stem=surface_stem.astype(np.uint32),
        surfaces_by_stem=np.argsort(surface_stem, kind="stable").astype(np.uint32),
        surfaces_start=np.concatenate(([0], np.cumsum(per_stem))).astype(np.uint32),
        written_sections=np.array([count for _, count in sorted(written.items())], np.uint32),
    )
    for name, words in (("surfaces", surfaces), ("stems", stems), ("written", sorted(written))):
        (folder / f"{name}.txt").write_text("\n".join(words), encoding="utf-8", newline="\n")


def spellings(pages: Sequence[Occurrences]) -> Counter[str]:
    """The unfolded spellings of pages → how many sections hold each."""
    found: Counter[str] = Counter()
    for words in pages:
        found.update(dict(words.written))
    return found


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
    first = np.searchsorted(before.section_monograph, np.arange(len(before.monograph_document)))
    for entry, base in zip(entries, bases.tolist(), strict=False):
        if entry.words is None:
            old = int(first[entry.was])
            new[old : old + len(entry.kinds)] = np.arange(base, base + len(entry.kinds))
    return new


def _analysed_rows(words: Occurrences, base: int) -> _Rows:
    section = words.section + base
    in_text = words.field == SEARCHED.index("text")
    columns = (words.surface, section, words.position, words.start, words.end)
    tokens = np.stack([column[in_text] for column in columns], axis=1)
    place = words.position + np.array(FIELD_BASE, np.int32)[words.field]
    return _Rows(words.surfaces, words.surface, section, place, words.claim, tokens)


def _kept_rows(before: Postings, new: Numbers) -> _Rows:
    """What arrays hold of the sections that have a number now."""
    space = before.by_surface
    of_posting = np.repeat(np.arange(len(before.surfaces), dtype=np.int32), np.diff(space.start))
    per_posting = np.diff(space.at)
    surface, section = np.repeat(of_posting, per_posting), np.repeat(new[space.sections], per_posting)
    kept = section >= 0
    of_token = np.repeat(new, np.diff(before.token_start))
    here = of_token >= 0
    tokens = np.insert(before.tokens[here].astype(np.int32), 1, of_token[here], axis=1)
    place = space.positions[kept].astype(np.int32)
    return _Rows(before.surfaces, surface[kept], section[kept], place, before.claims[kept], tokens)


def _joined(parts: Sequence[_Rows]) -> tuple[list[str], _Rows]:
    """All rows, over one sorted list of the surfaces that occur."""
    numbers: dict[str, int] = {}
    surface, tokens = [], []
    for part in parts:
        used = np.zeros(len(part.surfaces), bool)
        used[part.surface] = True
        renumber = np.zeros(len(part.surfaces), np.int32)
        for number in np.flatnonzero(used).tolist():
            renumber[number] = numbers.setdefault(part.surfaces[number], len(numbers))
        surface.append(renumber[part.surface])
        tokens.append(np.column_stack((renumber[part.tokens[:, 0]], part.tokens[:, 1:])))
    surfaces = sorted(numbers)
    order = np.empty(len(surfaces), np.int32)
    order[[numbers[word] for word in surfaces]] = np.arange(len(surfaces))
    joined = _all(tokens, np.zeros((0, 5), np.int32))
    joined[:, 0] = order[joined[:, 0]]
    none = np.zeros(0, np.int32)
    section, place, claim = (
        _all([getattr(part, name) for part in parts], none) for name in ("section", "place", "claim")
    )
    return surfaces, _Rows(surfaces, order[_all(surface, none)], section, place, claim.astype(np.int8), joined)


def _all(arrays: Sequence[npt.NDArray[Any]], none: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return np.concatenate(arrays) if arrays else none


def _write_space(folder: Path, name: str, term: Numbers, rows: _Rows, sections: int) -> None:
    """Order the occurrences by term, section, place; fold equal (term, section) into postings; weigh them."""
    order = np.lexsort((rows.place, rows.section, term))
    term, section, place, claim = term[order], rows.section[order], rows.place[order], rows.claim[order]
    field = np.searchsorted(FIELD_BASE, place, side="right").astype(np.int8) - np.int8(1)
    first = np.ones(len(term), bool)
    first[1:] = (term[1:] != term[:-1]) | (section[1:] != section[:-1])
    posting = np.cumsum(first, dtype=np.int32) - 1
    heads = np.flatnonzero(first)
    frequencies = _by_field(posting, field, len(heads))
    frequency = np.bincount(term[heads])
    weights = _weights(frequencies, _by_field(section, field, sections), section[heads], term[heads])
    arrays = {
        "start": np.concatenate(([0], np.cumsum(frequency))),
        "sections": section[heads],
        "at": np.append(heads, len(term)),
        "positions": place,
    }
    _save(folder, **{f"{name}_{key}": value.astype(np.uint32) for key, value in arrays.items()})
    affirmed, denied = (np.bincount(posting[claim == c], minlength=len(heads)) for c in (1, -1))
    stances = np.where(denied == 0, CLAIMED, np.where(affirmed == 0, DENIED, BOTH)).astype(np.uint8)
    by_name = frequencies[0] == frequencies.sum(axis=0)  # names come first in SEARCHED
    in_names = np.zeros(len(frequency), bool)
    in_names[term[heads[by_name]]] = True
    ways = stances + np.uint8(BY_NAME) * by_name
    others: dict[str, npt.NDArray[Any]] = {"weights": weights, "ways": ways.astype(np.uint8), "in_names": in_names}
    _save(folder, **{f"{name}_{key}": value for key, value in others.items()})
    if name == "surface":
        _save(folder, claims=claim)


def _by_field(of: Numbers, field: npt.NDArray[np.int8], total: int) -> Numbers:
    """(fields, total) how often each number occurs in each field."""
    counts = (np.bincount(of[field == number], minlength=total) for number in range(len(SEARCHED)))
    return np.stack([count.astype(np.int32) for count in counts])


def _weights(frequencies: Numbers, lengths: Numbers, section: Numbers, term: Numbers) -> npt.NDArray[np.float32]:
    """(postings,) BM25F; a slice at a time, as all at once would take four times the room of the arrays."""
    sections = lengths.shape[1]
    mean_lengths = np.maximum(lengths.mean(axis=1), 1.0) if sections else np.ones(len(SEARCHED))
    idf = inverse_document_frequency(sections, np.bincount(term))
    weights = np.empty(len(term), np.float32)
    for begin in range(0, len(term), _SLICE):
        here = slice(begin, begin + _SLICE)
        length = lengths[:, section[here]].astype(np.float64)
        weights[here] = bm25f(frequencies[:, here].astype(np.float64), length, mean_lengths, idf[term[here]])
    return weights


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


def _save(folder: Path, **arrays: npt.NDArray[Any]) -> None:
    for name, values in arrays.items():
        np.save(folder / f"{name}.npy", values, allow_pickle=False)
