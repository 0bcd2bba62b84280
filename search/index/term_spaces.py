"""Rows of occurrences → the postings arrays of one term space (surfaces, or stems): sorted, joined, weighed by BM25F.

Knows nothing of Whoosh, of queries, or of what else a generation holds; `postings.TermSpace` describes the arrays.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.index.array_rows import Rows
from search.index.format import BY_NAME, FIELD_BASE, ROLE_SHIFT
from search.index.words import SEARCHED, Numbers
from search.statements import StatementRole
from search.weights import bm25f, inverse_document_frequency

_SLICE: Final = 100_000
"""Postings weighed at a time: weighing all at once would take four times the room of the arrays."""


def term_space(term: Numbers, rows: Rows, sections: int) -> dict[str, npt.NDArray[Any]]:
    """The arrays of a term space by the names of `TermSpace`.

    Rows are ordered by term, section and position. Equal (term, section) make one posting; here there are four:

        term      0  0  0  0  1  2
        section   3  3  5  8  3  5        heads (first rows of postings)  0  2  3  4  5
        posting   0  0  1  2  3  4        frequency of each term          3  1  1   → start  0  3  4  5

    Args:
        term: (rows,) the number of each row's term.
        rows: the occurrences.
        sections: how many sections there are.
    """
    order = np.lexsort((rows.position, rows.section, term))
    term, section = term[order], rows.section[order]
    position, role = rows.position[order], rows.role[order]
    field = np.searchsorted(FIELD_BASE, position, side="right").astype(np.int8) - np.int8(1)
    is_head = np.ones(len(term), bool)
    is_head[1:] = (term[1:] != term[:-1]) | (section[1:] != section[:-1])
    posting = np.cumsum(is_head, dtype=np.int32) - 1
    heads = np.flatnonzero(is_head)
    frequencies = _by_field(posting, field, len(heads))
    by_name = frequencies[0] == frequencies.sum(axis=0)  # names come first in SEARCHED
    frequency = np.bincount(term[heads])
    in_names = np.zeros(len(frequency), bool)
    in_names[term[heads[by_name]]] = True
    flags = np.uint8(BY_NAME) * by_name
    flags |= _roles(posting, role, len(heads)) << np.uint8(ROLE_SHIFT)
    return {
        "start": np.concatenate(([0], np.cumsum(frequency))).astype(np.uint32),
        "sections": section[heads].astype(np.uint32),
        "weights": _weights(frequencies, _by_field(section, field, sections), section[heads], term[heads]),
        "at": np.append(heads, len(term)).astype(np.uint32),
        "positions": position.astype(np.uint32),
        "flags": flags.astype(np.uint8),
        "in_names": in_names,
        "roles": role,
    }


def _roles(posting: Numbers, role: npt.NDArray[np.uint8], postings: int) -> npt.NDArray[np.uint8]:
    """(postings,) the roles of the occurrences of each posting together, as bits of `StatementRole`."""
    bits = np.zeros(postings, np.uint8)
    for value in StatementRole:
        bits[posting[role & np.uint8(value) != 0]] |= np.uint8(value)
    return bits


def _by_field(of: Numbers, field: npt.NDArray[np.int8], total: int) -> Numbers:
    """(fields, total) how often each number occurs in each field."""
    counts = (np.bincount(of[field == number], minlength=total) for number in range(len(SEARCHED)))
    return np.stack([count.astype(np.int32) for count in counts])


def _weights(frequencies: Numbers, lengths: Numbers, section: Numbers, term: Numbers) -> npt.NDArray[np.float32]:
    """(postings,) BM25F weights.

    Args:
        frequencies: (fields, postings) how often the term stands in each field of the section.
        lengths: (fields, sections) tokens of each field of each section.
        section: (postings,) the section.
        term: (postings,) the term.
    """
    sections = lengths.shape[1]
    mean_lengths = np.maximum(lengths.mean(axis=1), 1.0) if sections else np.ones(len(SEARCHED))
    idf = inverse_document_frequency(sections, np.bincount(term))
    weights = np.empty(len(term), np.float32)
    for begin in range(0, len(term), _SLICE):
        part = slice(begin, begin + _SLICE)
        length = lengths[:, section[part]].astype(np.float64)
        weights[part] = bm25f(frequencies[:, part].astype(np.float64), length, mean_lengths, idf[term[part]])
    return weights
