"""A plain drug before the strengths, salts and combinations of it that stand above it by the score alone.

Knows nothing of names or of what is asked.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from search.ranking.matches import Weights
from search.ranking.order import GroupKeys, SectionKeys
from search.ranking.sorted_arrays import Flags, Rows, Sections


@dataclass(frozen=True, slots=True)
class Pages:
    """What the order asks of the pages of an index, whatever was typed.

    `no_such` (monographs,) bool, whose page says that its product does not exist. `plain` monograph → the pages of the plain drugs
    that it is a strength, a salt or a combination of; a plain drug is not among its keys.
    """

    no_such: Flags
    plain: Mapping[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Groups:
    """The monographs found.

    `monographs`, ascending, `starts`, `ends`, `common`, `best`: (groups,) the number of each, the rows of its sections, what all of
    these have in common of the group key, and the best of their own keys. `keys`, `scores`: (sections,).
    """

    monographs: Sections
    starts: Rows
    ends: Rows
    common: GroupKeys
    best: SectionKeys
    keys: SectionKeys
    scores: Weights


def plain_first(order: Iterable[int], plain_of: Callable[[int], int]) -> list[int]:
    """Groups in order, each plain drug before what is a strength, a salt or a combination of it.

    Args:
        order: groups, the best first.
        plain_of: the group of the plain drug that may stand before a group: one with the same key; or -1.
    """
    placed: dict[int, None] = {}
    for group in order:
        plain = plain_of(group) if group not in placed else -1
        if plain >= 0:
            placed.setdefault(plain)
        placed.setdefault(group)
    return list(placed)


def plain_of(groups: Groups, plain: Mapping[int, tuple[int, ...]]) -> Callable[[int], int]:
    """Group → the group of a plain drug that stands before it where both have the same key, the best by score; or -1.

    Args:
        groups: the monographs found.
        plain: monograph → the plain drugs it is a strength, a salt or a combination of.
    """

    def of_group(group: int) -> int:
        found, greatest = -1, -1.0
        for page in plain.get(int(groups.monographs[group]), ()):
            at = int(np.searchsorted(groups.monographs, page))
            if at == len(groups.monographs) or groups.monographs[at] != page:
                continue
            if groups.common[at] == groups.common[group] and groups.best[at] == groups.best[group]:
                rows = slice(groups.starts[at], groups.ends[at])
                score = float(groups.scores[rows][groups.keys[rows] == groups.best[at]].max())
                if (score, -at) > (greatest, -found):
                    found, greatest = at, score
        return found

    return of_group
