"""A `Plan` over the arrays → candidates, tiers, scores, counts, and one total order of groups (DESIGN §7).

The numbers that weigh are in `weighting`; here is what no weight may overrule: who is named, what was typed as typed, and
that a page of a product that does not exist comes last. Knows nothing of texts, HTML or Whoosh.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from search.expansion import Need, Plan
from search.matching import NOTHING, Sections, Weights, match, rows_of
from search.model import KINDS, SectionCount, Tier
from search.names import NameLevel
from search.postings import Postings
from search.weighting import FUNCTION_WORD_SHARE

TIERS: Final[tuple[Tier, ...]] = ("typed", "synonym", "class", "scattered", "related")
_TIER_NUMBER: Final = {tier: number for number, tier in enumerate(TIERS)}

_SCORE_DECIMALS: Final = 6
"""Scores are compared to this many decimals, so that the order of words in a query cannot decide between equals."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Sections that answer, ascending: scores float64; tiers and places uint8; all (sections,).

    `places` order before any score: needs not met, then the tier. `missing` are the needs that no candidate meets; `partial`
    says that not every candidate meets every need.
    """

    sections: Sections
    scores: Weights
    tiers: npt.NDArray[np.uint8]
    places: npt.NDArray[np.uint8]
    partial: bool = False
    missing: tuple[str, ...] = ()

    def only(self, wanted: npt.NDArray[np.bool_]) -> "Candidates":
        """Those of a (sections,) bool."""
        return replace(
            self,
            sections=self.sections[wanted],
            scores=self.scores[wanted],
            tiers=self.tiers[wanted],
            places=self.places[wanted],
        )


@dataclass(frozen=True, slots=True)
class Ranking:
    """The whole answer in order, before paging. `counts` and `unfiltered` are before the section filter, the rest after it.

    Groups are runs of `candidates`: the sections of one monograph stand side by side. `starts` and `ends` (groups,) are rows
    of `candidates`, in the order of groups; `by_page` (groups,) bool tells whose sections come in the page's own order.
    """

    candidates: Candidates
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    by_page: npt.NDArray[np.bool_]
    counts: tuple[SectionCount, ...]
    unfiltered: int

    @property
    def groups(self) -> int:
        """How many monographs there are."""
        return len(self.starts)

    @property
    def total(self) -> int:
        """How many sections there are."""
        return len(self.candidates.sections)

    def group(self, number: int) -> list[int]:
        """Rows of `candidates` of the `number`-th group, best section first."""
        found = self.candidates
        rows = np.arange(self.starts[number], self.ends[number])
        scores = np.zeros(len(rows)) if self.by_page[number] else -found.scores[rows]
        order: list[int] = rows[np.lexsort((rows, scores, found.places[rows]))].tolist()
        return order


def rank(plan: Plan, kinds: tuple[str, ...], postings: Postings, no_such: npt.NDArray[np.bool_]) -> Ranking:
    """Rank all sections that answer a plan.

    Args:
        plan: what must match.
        kinds: the section filter; empty for all.
        postings: the arrays.
        no_such: (monographs,) bool, whose page says that its product does not exist.
    """
    found = candidates(plan, postings)
    unfiltered = len(found.sections)
    counts = _counts(found.sections, postings)
    if kinds:
        wanted = np.isin(postings.section_kind[found.sections], [KINDS.index(kind) for kind in kinds])
        found = found.only(wanted)
    starts, ends, by_page = _group_order(found, plan, postings, no_such)
    return Ranking(found, starts, ends, by_page, counts, unfiltered)


def candidates(plan: Plan, postings: Postings) -> Candidates:
    """The first non-empty set: sections that meet all needs, or else some of them."""
    met = [_meet(need, postings) for need in plan.required]
    if not met:
        return _none()
    allowed = _allowed(plan, postings)
    everything = [allowed(sections) for sections, _, _ in met]
    common = everything[0]
    for other in everything[1:]:
        common = (
            common[rows_of(other, common) >= 0] if len(common) <= len(other) else other[rows_of(common, other) >= 0]
        )
    partial = not len(common) and len(met) > 1
    if partial:
        common = np.unique(np.concatenate(everything))
    if not len(common):
        return _none()
    scores, tiers, lacking = np.zeros(len(common)), np.zeros(len(common), np.uint8), np.zeros(len(common), np.uint8)
    missing = []
    for need, (sections, weights, tier) in zip(plan.required, met, strict=True):
        rows = rows_of(sections, common)
        here = rows >= 0
        scores[here] += weights[rows[here]]
        tiers[here] = np.maximum(tiers[here], tier[rows[here]])
        lacking += ~here
        if not here.any():
            missing.append(need.typed)
    for need in plan.optional:
        sections, weights, _ = _meet(need, postings)
        rows = rows_of(sections, common)
        scores[rows >= 0] += FUNCTION_WORD_SHARE * weights[rows[rows >= 0]]
    return Candidates(
        sections=common,
        scores=np.round(scores, _SCORE_DECIMALS),
        tiers=tiers,
        places=lacking * np.uint8(len(TIERS)) + tiers,
        partial=partial,
        missing=tuple(missing),
    )


def _none() -> Candidates:
    return Candidates(*NOTHING, np.zeros(0, np.uint8), np.zeros(0, np.uint8))


Met = tuple[Sections, Weights, npt.NDArray[np.uint8]]


def _meet(need: Need, postings: Postings) -> Met:
    """Sections that meet a need by any alternative; tier and weight are those of the best one."""
    sections, weights = match(need.alternatives[0].matcher, postings)
    tiers = np.full(len(sections), _TIER_NUMBER[need.alternatives[0].tier], np.uint8)
    for alternative in need.alternatives[1:]:
        more, more_weights = match(alternative.matcher, postings)
        new = rows_of(sections, more) < 0
        sections = np.concatenate((sections, more[new]))
        order = np.argsort(sections, kind="stable")
        weights = np.concatenate((weights, more_weights[new]))[order]
        tier = np.full(int(new.sum()), _TIER_NUMBER[alternative.tier], np.uint8)
        tiers = np.concatenate((tiers, tier))[order]
        sections = sections[order]
    return sections, weights, tiers


def _allowed(plan: Plan, postings: Postings) -> Callable[[Sections], Sections]:
    """What exclusions and `drug:` leave of a set of sections."""
    excluded = [match(matcher, postings)[0] for matcher in plan.excluded]
    monographs = None if plan.monographs is None else np.array(sorted(plan.monographs), np.uint32)

    def allowed(sections: Sections) -> Sections:
        for unwanted in excluded:
            sections = sections[rows_of(unwanted, sections) < 0]
        if monographs is not None:
            sections = sections[rows_of(monographs, postings.section_monograph[sections]) >= 0]
        return sections

    return allowed


def _counts(sections: Sections, postings: Postings) -> tuple[SectionCount, ...]:
    """Sections and monographs of each kind, kinds that have none left out."""
    kinds = postings.section_kind[sections].astype(np.int64)
    group = _group_numbers(postings.section_monograph[sections])
    cells = np.bincount(group * len(KINDS) + kinds, minlength=(int(group[-1]) + 1) * len(KINDS) if len(group) else 0)
    table = cells.reshape(-1, len(KINDS))
    sections_of, monographs_of = table.sum(axis=0).tolist(), (table > 0).sum(axis=0).tolist()
    return tuple(
        SectionCount(kind, sections_of[number], monographs_of[number])
        for number, kind in enumerate(KINDS)
        if sections_of[number]
    )


def _group_numbers(monographs: npt.NDArray[np.uint32]) -> npt.NDArray[np.int64]:
    """(sections,) 0, 0, 1, 2, 2, …: which run of equal monographs each section is in."""
    changes = np.zeros(len(monographs), np.int64)
    changes[1:] = monographs[1:] != monographs[:-1]
    return np.cumsum(changes)


def _group_order(
    found: Candidates, plan: Plan, postings: Postings, no_such: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Groups in order, each with the key of its best section: starts, ends, and whose sections come in the page's order."""
    monographs = postings.section_monograph[found.sections]
    if not len(monographs):
        nothing = np.zeros(0, np.int64)
        return nothing, nothing, np.zeros(0, bool)
    group = _group_numbers(monographs)
    starts = np.flatnonzero(np.append(True, group[1:] != group[:-1]))
    ends = np.append(starts[1:], len(monographs))
    place = np.minimum.reduceat(found.places, starts)
    score = np.maximum.reduceat(np.where(found.places == place[group], found.scores, -np.inf), starts)
    named = monographs[starts]
    levels = np.full(len(named), NameLevel.NONE, np.uint8)
    if plan.names.levels:
        table = np.full(len(no_such), NameLevel.NONE, np.uint8)
        table[list(plan.names.levels)] = list(plan.names.levels.values())
        levels = table[named]
    order = np.lexsort((named, -score, no_such[named], place, levels))
    # Who asks for a drug by its name alone asks for the page: its sections come in the page's own order.
    return starts[order], ends[order], (levels < NameLevel.CONTAINS_SINGLE)[order]
