"""Writes the postings arrays from the postings of a Whoosh reader. Knows nothing of queries; `postings` opens what this wrote."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from search.denials import Denials, denials_of
from search.folding import stem
from search.model import KINDS
from search.postings import BOTH, CLAIMED, DENIED, FIELD_BASE
from search.schema import SEARCHED
from search.weighting import bm25f, inverse_document_frequency

Numbers = npt.NDArray[np.int32]


def write_postings(reader: Any, folder: Path) -> None:
    """Decode the postings of an open Whoosh reader of one segment into arrays in `folder`."""
    section_of, sections, denials = _write_documents(reader, folder)
    occurrences = _occurrences(reader, section_of, denials)
    surfaces = sorted(occurrences.surfaces)
    stems_of = [stem(surface) for surface in surfaces]
    stems = sorted(set(stems_of))
    stem_numbers = {word: number for number, word in enumerate(stems)}
    renumber = np.empty(len(surfaces), np.int32)
    renumber[[occurrences.surfaces[surface] for surface in surfaces]] = np.arange(len(surfaces))
    surface = renumber[occurrences.surface]
    surface_stem = np.array([stem_numbers[word] for word in stems_of], np.int32)

    _write_space(folder, "surface", surface, occurrences, sections)
    _write_space(folder, "stem", surface_stem[surface], occurrences, sections)
    _write_tokens(folder, surface, occurrences, sections)
    _save(
        folder,
        surface_stem=surface_stem.astype(np.uint32),
        surfaces_by_stem=np.argsort(surface_stem, kind="stable").astype(np.uint32),
        surfaces_start=np.concatenate(([0], np.cumsum(np.bincount(surface_stem, minlength=len(stems))))).astype(
            np.uint32
        ),
    )
    written = sorted(word.decode("utf-8") for word in reader.lexicon("written"))
    for name, words in (("surfaces", surfaces), ("stems", stems), ("written", written)):
        (folder / f"{name}.txt").write_text("\n".join(words), encoding="utf-8", newline="\n")


def _write_documents(reader: Any, folder: Path) -> tuple[Numbers, int, Denials]:
    """Number sections and monographs.

    Returns:
        (documents,) the section of each document; how many sections there are; where they deny what they mention.
    """
    kinds = {kind: number for number, kind in enumerate(KINDS)}
    monographs: dict[str, int] = {}
    sections: list[tuple[int, str, int]] = []
    headed: list[tuple[str, str]] = []
    for document, stored in reader.iter_docs():
        if "monograph" in stored:
            monographs[stored["id"]] = document
        else:
            sections.append((document, stored["id"], kinds[stored["section_kind"]]))
            headed.append((stored["section_heading"], stored["section_text"]))
    rank = {identifier: number for number, identifier in enumerate(sorted(monographs))}
    documents = np.array([document for document, _, _ in sections], np.uint32)
    _save(
        folder,
        section_document=documents,
        section_monograph=np.array([rank[identifier] for _, identifier, _ in sections], np.uint32),
        section_kind=np.array([kind for _, _, kind in sections], np.uint8),
        monograph_document=np.array([monographs[identifier] for identifier in rank], np.uint32),
    )
    section_of = np.zeros(reader.doc_count_all(), np.int32)
    section_of[documents] = np.arange(len(sections))
    return section_of, len(sections), denials_of(headed)


@dataclass(frozen=True, slots=True)
class _Occurrences:
    """Every occurrence of every surface, unordered: arrays of one length. `claim` is as of `Denials.claims`."""

    surfaces: dict[str, int]
    surface: Numbers
    section: Numbers
    field: Numbers
    position: Numbers
    start: Numbers
    end: Numbers
    claim: npt.NDArray[np.int8]


def _occurrences(reader: Any, section_of: Numbers, denials: Denials) -> _Occurrences:
    surfaces: dict[str, int] = {}
    table = array("i")  # six numbers an occurrence; as objects they would take ten times the room
    for field, name in enumerate(SEARCHED):
        for term in reader.lexicon(name):
            number = surfaces.setdefault(term.decode("utf-8"), len(surfaces))
            for document, found in _decoded(reader, name, term):
                for place in found:
                    table.extend((number, document, field, *place))
    rows = np.frombuffer(table, np.int32).reshape(-1, 6) if table else np.zeros((0, 6), np.int32)
    surface, document, field_of, position, start, end = np.ascontiguousarray(rows.T)
    section = section_of[document]
    claim = denials.claims(section, start, SEARCHED.index("heading") == field_of, SEARCHED.index("text") == field_of)
    return _Occurrences(surfaces, surface, section, field_of, position, start, end, claim)


def _decoded(reader: Any, field: str, term: bytes) -> Iterator[tuple[int, list[tuple[int, int, int]]]]:
    """Documents of a term, and (position, start, end) of each occurrence; 0, 0 in the fields that store no characters."""
    matcher = reader.postings(field, term)
    characters = matcher.supports("characters")
    while matcher.is_active():
        if characters:
            yield matcher.id(), matcher.value_as("characters")
        else:
            yield matcher.id(), [(position, 0, 0) for position in matcher.value_as("positions")]
        matcher.next()


def _write_space(folder: Path, name: str, term: Numbers, all_of: _Occurrences, sections: int) -> None:
    """Order the occurrences by term, section, position; fold equal (term, section) into postings; weigh them."""
    position = all_of.position + np.array(FIELD_BASE, np.int32)[all_of.field]
    order = np.lexsort((position, all_of.section, term))
    term, section, field, position = term[order], all_of.section[order], all_of.field[order], position[order]
    first = np.ones(len(term), bool)
    first[1:] = (term[1:] != term[:-1]) | (section[1:] != section[:-1])
    posting = np.cumsum(first) - 1
    heads = np.flatnonzero(first)
    frequencies = np.stack([np.bincount(posting[field == f], minlength=len(heads)) for f in range(len(SEARCHED))])
    lengths = np.stack([np.bincount(section[field == f], minlength=sections) for f in range(len(SEARCHED))])
    frequency = np.bincount(term[heads])
    weights = bm25f(
        frequencies.astype(np.float64),
        lengths[:, section[heads]].astype(np.float64),
        np.maximum(lengths.mean(axis=1), 1.0) if sections else np.ones(len(SEARCHED)),
        inverse_document_frequency(sections, frequency)[term[heads]],
    )
    arrays = {
        "start": np.concatenate(([0], np.cumsum(frequency))),
        "sections": section[heads],
        "at": np.append(heads, len(term)),
        "positions": position,
    }
    _save(folder, **{f"{name}_{key}": value.astype(np.uint32) for key, value in arrays.items()})
    claims, denials = (np.bincount(posting[all_of.claim[order] == c], minlength=len(heads)) for c in (1, -1))
    stances = np.where(denials == 0, CLAIMED, np.where(claims == 0, DENIED, BOTH)).astype(np.uint8)
    _save(folder, **{f"{name}_weights": weights})
    _save(folder, **{f"{name}_stances": stances})


def _write_tokens(folder: Path, surface: Numbers, all_of: _Occurrences, sections: int) -> None:
    """The tokens of each section's text in the order they were written, for highlighting."""
    text = all_of.field == SEARCHED.index("text")
    order = np.lexsort((all_of.end[text], all_of.start[text], all_of.section[text]))
    columns = (surface, all_of.position, all_of.start, all_of.end)
    counts = np.bincount(all_of.section[text], minlength=sections)
    _save(
        folder,
        token_start=np.concatenate(([0], np.cumsum(counts))).astype(np.uint32),
        tokens=np.stack([column[text][order] for column in columns], axis=1).astype(np.uint32),
    )


def _save(folder: Path, **arrays: npt.NDArray[Any]) -> None:
    for name, values in arrays.items():
        np.save(folder / f"{name}.npy", values, allow_pickle=False)
