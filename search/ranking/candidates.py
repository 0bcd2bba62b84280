"""Sections that answer a plan, with tiers, scores and keys, as plain values. Knows nothing of how they are found or ordered."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from search.ranking.matches import NO_MATCHES, Tiers, Weights
from search.ranking.order import SectionKeys
from search.ranking.roles import RoleBits
from search.ranking.sorted_arrays import Flags, Sections


@dataclass(frozen=True, slots=True)
class Candidates:
    """Sections that answer, ascending: scores float64; tiers uint8; keys uint16 (`order.section_keys`); all (sections,).

    `roles` (sections,) uint8, those that each gives to what was asked about drugs (`roles.RoleBits`).

    `missing` are the needs that no candidate meets; `partial` says that not every candidate meets every need.
    """

    sections: Sections
    scores: Weights
    tiers: Tiers
    keys: SectionKeys
    roles: RoleBits
    partial: bool = False
    missing: tuple[str, ...] = ()

    def only(self, wanted: Flags) -> "Candidates":
        """Those of a (sections,) bool."""
        return replace(
            self,
            sections=self.sections[wanted],
            scores=self.scores[wanted],
            tiers=self.tiers[wanted],
            keys=self.keys[wanted],
            roles=self.roles[wanted],
        )


NO_CANDIDATES: Final = Candidates(
    NO_MATCHES.sections, NO_MATCHES.weights, np.zeros(0, np.uint8), np.zeros(0, np.uint16), np.zeros(0, np.uint8)
)


def joined(candidates: Candidates, near: Candidates) -> Candidates:
    """Candidates and others, ascending."""
    order = np.argsort(np.concatenate((candidates.sections, near.sections)), kind="stable")
    return Candidates(
        np.concatenate((candidates.sections, near.sections))[order],
        np.concatenate((candidates.scores, near.scores))[order],
        np.concatenate((candidates.tiers, near.tiers))[order],
        np.concatenate((candidates.keys, near.keys))[order],
        np.concatenate((candidates.roles, near.roles))[order],
    )
