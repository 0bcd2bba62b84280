"""Sections that match something, with weights, and the union of several such matches. Knows nothing of matchers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from search.ranking.sorted_arrays import Flags, Rows, Sections, bound_of, heads_of, is_dense

Weights = npt.NDArray[np.float64]
Roles = npt.NDArray[np.uint8]
"""One `StatementRole` a place where something matched."""

Tiers = npt.NDArray[np.uint8]
"""One number of `TIERS` a section; 0 is the best."""

_UNSEEN: Final = np.uint8(255)
"""In a table of all sections: nothing has matched this one yet. Greater than any tier."""


@dataclass(frozen=True, slots=True)
class Matches:
    """Sections, ascending and each once, with their weights; both (sections,).

    `places` (places,): of a phrase of several words the position keys of its last word, ascending (`match_words`); or None.
    """

    sections: Sections
    weights: Weights
    places: Rows | None = None

    def only(self, wanted: Flags) -> "Matches":
        """Those of a (sections,) bool."""
        return Matches(self.sections[wanted], self.weights[wanted])


NO_MATCHES: Final = Matches(np.zeros(0, np.uint32), np.zeros(0))


def union(parts: Sequence[Matches]) -> Matches:
    """Sections that any of the parts matches, each with its greatest weight."""
    parts = [part for part in parts if len(part.sections)]
    if len(parts) < 2:
        return parts[0] if parts else NO_MATCHES
    return union_by_tier(parts, [0] * len(parts))[0]


def union_by_tier(parts: Sequence[Matches], tiers: Sequence[int]) -> tuple[Matches, Tiers]:
    """Sections that any of the parts matches, each with its best tier, and its greatest weight among the parts of that tier.

    For two parts, of tiers 0 and 1:

        sections 3 5     weights 1.0 2.0                                sections 3 5 8
        sections   5 8   weights     4.0 1.5    →  tier 0 0 1,           weights 1.0 2.0 1.5

    Args:
        parts: at least one.
        tiers: the tier of each part.
    """
    sections = [part.sections for part in parts]
    return _by_table(parts, tiers, bound_of(sections)) if is_dense(sections) else _by_sorting(parts, tiers)


def _by_sorting(parts: Sequence[Matches], tiers: Sequence[int]) -> tuple[Matches, Tiers]:
    sections = np.concatenate([part.sections for part in parts])
    weights = np.concatenate([part.weights for part in parts])
    tier = np.repeat(np.array(tiers, np.uint8), [len(part.sections) for part in parts])
    keys = (-weights, sections) if len(set(tiers)) == 1 else (-weights, tier, sections)
    order = np.lexsort(keys)
    sections = sections[order]
    heads = np.flatnonzero(heads_of(sections))
    return Matches(sections[heads], weights[order][heads]), tier[order][heads]


def _by_table(parts: Sequence[Matches], tiers: Sequence[int], bound: int) -> tuple[Matches, Tiers]:
    """The same by tables of all sections below `bound`, in time that grows with the matches alone: a prefix may have millions."""
    weights = np.zeros(bound)
    best = np.full(bound, _UNSEEN)
    is_one_tier = len(set(tiers)) == 1
    for part, tier in zip(parts, tiers, strict=True):
        at = part.sections.astype(np.intp)  # once, and not by every look-up
        if is_one_tier:
            weights[at] = np.maximum(weights[at], part.weights)
            best[at] = np.uint8(tier)
        else:
            before = best[at]
            same_tier = np.where(before == tier, weights[at], 0.0)  # a weight of another tier counts for nothing
            weights[at] = np.where(before < tier, weights[at], np.maximum(same_tier, part.weights))
            best[at] = np.minimum(before, np.uint8(tier))
    sections = np.flatnonzero(best != _UNSEEN)
    return Matches(sections.astype(np.uint32), weights[sections]), best[sections]
