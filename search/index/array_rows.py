"""Occurrences of words as rows of arrays, gathered for writing: of pages just analysed, and of pages that did not change.

Rows are unordered; `term_spaces` sorts them into postings. Knows nothing of files, of Whoosh or of queries.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from search.index.format import FIELD_BASE
from search.index.postings import Postings
from search.index.words import SEARCHED, Numbers, Occurrences
from search.statements import StatementRoles


@dataclass(frozen=True, slots=True)
class Rows:
    """Occurrences of words in many sections, one row each.

    `surfaces`: the words. `surface`, `section`, `position`: (rows,) int32, the number of the word in `surfaces`, that of
    the section in the new generation, and its position with the base of its field (`FIELD_BASE`). `role`: (rows,) uint8, its `StatementRole`. `tokens`: (occurrences in texts, 5) int32, of each its surface, section, position, and the
    code points from and to. `ranges`: (ranges, 3) int32, as of `SectionRoles.ranges`.
    """

    surfaces: Sequence[str]
    surface: Numbers
    section: Numbers
    position: Numbers
    role: StatementRoles
    tokens: Numbers
    ranges: Numbers


def analysed_rows(words: Occurrences, base: int) -> Rows:
    """The rows of a page that was analysed; `base` is the number of its first section."""
    section = words.section + base
    in_text = words.field == SEARCHED.index("text")
    columns = (words.surface, section, words.position, words.start, words.end)
    tokens = np.stack([column[in_text] for column in columns], axis=1)
    position = words.position + np.array(FIELD_BASE, np.int32)[words.field]
    return Rows(words.surfaces, words.surface, section, position, words.role, tokens, words.ranges + np.array([base, 0, 0], np.int32))


def kept_rows(before: Postings, new: Numbers) -> Rows:
    """The rows of pages that did not change, out of the arrays of the generation before.

    Args:
        before: those arrays.
        new: (sections before,) the number each section has now; −1 for one that is gone or was analysed anew.
    """
    space = before.by_surface
    surface_of_posting = np.repeat(np.arange(len(before.surfaces), dtype=np.int32), np.diff(space.start))
    occurrences_of_posting = np.diff(space.at)
    surface = np.repeat(surface_of_posting, occurrences_of_posting)
    section = np.repeat(new[space.sections], occurrences_of_posting)
    kept = section >= 0
    section_of_token = np.repeat(new, np.diff(before.token_start))
    kept_token = section_of_token >= 0
    tokens = np.insert(before.tokens[kept_token].astype(np.int32), 1, section_of_token[kept_token], axis=1)
    position = space.positions[kept].astype(np.int32)
    section_of_range = np.repeat(new, np.diff(before.role_start))
    kept_range = section_of_range >= 0
    ranges = np.insert(before.role_ranges[kept_range].astype(np.int32), 0, section_of_range[kept_range], axis=1)
    return Rows(before.surfaces, surface[kept], section[kept], position, space.roles[kept], tokens, ranges)


def joined_rows(parts: Sequence[Rows]) -> tuple[list[str], Rows]:
    """The rows of all parts, over one sorted list of the surfaces that occur."""
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
    rank = np.empty(len(surfaces), np.int32)
    rank[[numbers[word] for word in surfaces]] = np.arange(len(surfaces))
    all_tokens = _concatenated(tokens, np.zeros((0, 5), np.int32))
    all_tokens[:, 0] = rank[all_tokens[:, 0]]
    none = np.zeros(0, np.int32)
    section, position, role = (
        _concatenated([getattr(part, name) for part in parts], none) for name in ("section", "position", "role")
    )
    ranges = _concatenated([part.ranges for part in parts], np.zeros((0, 3), np.int32))
    of_words = rank[_concatenated(surface, none)]
    return surfaces, Rows(surfaces, of_words, section, position, role.astype(np.uint8), all_tokens, ranges)


def _concatenated(arrays: Sequence[npt.NDArray[Any]], none: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return np.concatenate(arrays) if arrays else none
