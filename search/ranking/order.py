"""The order of results: the one place where it is decided, and where its keys are packed. Knows nothing of texts or filters.

Named rules, each asked only where those before it are equal:

    name      how the query names the monograph (`NameLevel`)
    missing   how many needs of the query the section does not meet
    page      whether the statements of its page say what is asked for ("drugs that cause"), nothing of it, or the opposite
    role      the same of the statements of the section (both: `roles.role_ranks`)
    tier      how well it meets the others (`TIERS`)
    denied    a section that only denies what was asked comes after one that does not
    exists    a page that says of its own product that it does not exist comes last
    score     the higher one first
    id        monographs are numbered in the order of their ids, and the lower number comes first; within a monograph the section
              that comes first on the page

The first seven are packed into one number, so that one comparison asks them all:

    bit        19 ……… 16   15 …… 10   9 … 7   6 … 4   3 2    1        0
    group key  name level   missing    page    role    tier   denied   no such product
                            └──────── section key, 15 bits ────────┘

No weight overrules what stands before the score. A monograph has the key and score of its best section. Last, a plain drug is put
before the strengths, salts and combinations of it that stand above it by the score alone (`plain_drugs`).
"""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from search.model import TIERS
from search.ranking.matches import Tiers, Weights
from search.ranking.sorted_arrays import Flags, Rows, heads_of

SectionKeys = npt.NDArray[np.uint16]
GroupKeys = npt.NDArray[np.uint32]
Ranks = npt.NDArray[np.uint8]
"""Numbers below `MAX_RANKS`, the lower the better."""

MAX_RANKS: Final = 8
_TIER_SHIFT: Final = np.uint16(1)
_ROLE_SHIFT: Final = np.uint16(3)
_PAGE_SHIFT: Final = np.uint16(6)
_MISSING_SHIFT: Final = np.uint16(9)
_NO_SUCH_BITS: Final = np.uint32(1)
_NAME_SHIFT: Final = np.uint32(16)
_MISSING: Final = np.uint16(0xFFFF << 9 & 0xFFFF)
_PAGE: Final = np.uint16((MAX_RANKS - 1) << 6)


def section_keys(missing: npt.NDArray[np.uint16] | int, tiers: Tiers) -> SectionKeys:
    """(sections,) uint16, by which sections are ordered before any score; the lower the better.

    Args:
        missing: (sections,), or one number for all: needs that the section does not meet.
        tiers: (sections,), the worst tier by which it meets the others.
    """
    keys: SectionKeys = np.asarray(missing, np.uint16) << _MISSING_SHIFT | tiers.astype(np.uint16) << _TIER_SHIFT
    return keys


def role_keys(of_page: Ranks, of_section: Ranks, denied: Flags) -> SectionKeys:
    """(sections,) uint16, what roles add to the keys of sections.

    Args:
        of_page: (sections,) how near the statements of its page come to what is asked for.
        of_section: (sections,) how near its own do.
        denied: (sections,) whether it only denies what was asked.
    """
    keys: SectionKeys = of_page.astype(np.uint16) << _PAGE_SHIFT | of_section.astype(np.uint16) << _ROLE_SHIFT
    keys |= denied
    return keys


def missing_of(keys: SectionKeys) -> SectionKeys:
    """(sections,) how many needs each does not meet."""
    missing: SectionKeys = keys >> _MISSING_SHIFT
    return missing


def page_ranks_of(keys: SectionKeys) -> SectionKeys:
    """(sections,) how near the statements of its page come to what is asked for; 0 where nothing is."""
    ranks: SectionKeys = (keys & _PAGE) >> _PAGE_SHIFT
    return ranks


class Unpacked(NamedTuple):
    """What a section key holds."""

    missing: int
    page: int
    role: int
    tier: int
    denied: bool


def unpacked(key: int) -> Unpacked:
    """A section key, taken apart.

    >>> two = np.array([2], np.uint8)
    >>> unpacked(int((section_keys(3, two) | role_keys(two, two - 1, np.array([True])))[0]))
    Unpacked(missing=3, page=2, role=1, tier=2, denied=True)
    """
    ranks = MAX_RANKS - 1
    return Unpacked(key >> 9, key >> 6 & ranks, key >> 3 & ranks, key >> 1 & len(TIERS) - 1, bool(key & 1))


def without_wording(keys: SectionKeys, *, with_role: bool) -> SectionKeys:
    """The same keys by what is missing alone, and by what the page says of what is asked for: how it is worded counts for nothing.

    Drugs that are to be compared stand in the alphabet (docs/safety-rules.md#rule-20).
    """
    kept: SectionKeys = keys & (_MISSING | _PAGE if with_role else _MISSING)
    return kept


def sections_in_order(keys: SectionKeys, scores: Weights, first_row: int, *, by_page: bool) -> list[int]:
    """The rows of one monograph's sections, best section first.

    Args:
        keys: (sections,) of that monograph.
        scores: (sections,).
        first_row: the row of its first section.
        by_page: in the order of the page where keys are equal, whatever the scores.
    """
    key, score = keys.tolist(), [0.0] * len(keys) if by_page else scores.tolist()
    return [first_row + row for row in sorted(range(len(key)), key=lambda row: (key[row], -score[row], row))]


def monograph_keys(levels: npt.NDArray[np.uint8], no_such: Flags) -> GroupKeys:
    """(monographs,) uint32, what all sections of a monograph have in common of the group key.

    Args:
        levels: (monographs,) the `NameLevel` of each.
        no_such: (monographs,) whether its page says that the product does not exist.
    """
    keys: GroupKeys = levels.astype(np.uint32) << _NAME_SHIFT | no_such
    return keys


def groups_in_order(of_group: GroupKeys, keys: SectionKeys, scores: Weights, group_of: Rows, limit: int | None) -> Rows:
    """The groups (monographs) in order, the best first.

    Args:
        of_group: (groups,) as of `monograph_keys`.
        keys: (sections,) section keys.
        scores: (sections,).
        group_of: (sections,) the group of each section, ascending.
        limit: how many groups must be in order, None for all; those behind may be left out.

    Returns:
        The numbers of groups, at least `limit` of them where there are so many.
    """
    if len(of_group) == 1:
        return np.zeros(1, np.int64)
    group_keys: GroupKeys = of_group[group_of] | keys.astype(np.uint32) << _NO_SUCH_BITS
    rows = None if limit is None else _best_rows(group_keys, scores, group_of, limit)
    if rows is not None:
        group_keys, group_of, scores = group_keys[rows], group_of[rows], scores[rows]
    order = np.lexsort((group_of, -scores, group_keys))
    return np.array(list(dict.fromkeys(group_of[order].tolist())), np.int64)


def _best_rows(keys: GroupKeys, scores: Weights, group_of: Rows, limit: int) -> Rows | None:
    """Rows that hold the best section of each of the first `limit` groups; None where nearly all rows may."""
    count = 4 * limit
    while 2 * count < len(keys):
        rows = _smallest(keys, scores, count)
        if np.count_nonzero(heads_of(group_of[rows])) >= limit:
            return rows
        count *= 4
    return None


def _smallest(keys: GroupKeys, scores: Weights, count: int) -> Rows:
    """The rows that come first, by key and then by score, at least `count`: what equals the last of them as well.

    With count 3, keys 1 2 2 2 9 and scores 5 8 6 6 7: row 0 by its key alone; two of key 2 are left to find, the best two
    scores are 8 and 6, and the second 6 equals the last, so rows 0 1 2 3.
    """
    last_key = keys.min()
    if np.count_nonzero(keys == last_key) < count:
        last_key = np.partition(keys, count - 1)[count - 1]
    inside = np.flatnonzero(keys <= last_key)
    is_before = keys[inside] < last_key
    scores_at_last = scores[inside[~is_before]]
    below = len(scores_at_last) - (count - int(np.count_nonzero(is_before)))
    rows: Rows = inside[is_before | (scores[inside] >= np.partition(scores_at_last, below)[below])]
    return rows
