"""A `Plan` over the arrays → the sections that answer it, with tiers and scores: all needs met, or else some of them.

The numbers that weigh are in `weighting`. Knows nothing of groups, order, filters, texts or Whoosh.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.index import BOTH, CLAIMED, DENIED, Postings
from search.model import Tier
from search.query import Alternative, Need, Plan
from search.ranking.matching import (
    NOTHING,
    Flags,
    Matches,
    Sections,
    Stances,
    Weights,
    are_in,
    bound_of,
    distinct,
    heads_of,
    is_dense,
    joined_stances,
    match,
    rows_in,
    rows_of,
)
from search.weights import FUNCTION_WORD_SHARE, RAISED_SHARE, RAISED_WITHOUT_DRUG

TIERS: Final[tuple[Tier, ...]] = ("typed", "synonym", "class", "scattered", "related")
_TIER_NUMBER: Final = {tier: number for number, tier in enumerate(TIERS)}

_SCORE_DECIMALS: Final = 6
"""Scores are compared to this many decimals, so that the order of words in a query cannot decide between equals."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Sections that answer, ascending: scores float64; tiers uint8; places uint16; all (sections,).

    `places` order before any score: needs not met, then the tier, then what is denied. `missing` are the needs that no
    candidate meets; `partial` says that not every candidate meets every need.
    """

    sections: Sections
    scores: Weights
    tiers: npt.NDArray[np.uint8]
    places: npt.NDArray[np.uint16]
    partial: bool = False
    missing: tuple[str, ...] = ()

    def only(self, wanted: Flags) -> "Candidates":
        """Those of a (sections,) bool."""
        return replace(
            self,
            sections=self.sections[wanted],
            scores=self.scores[wanted],
            tiers=self.tiers[wanted],
            places=self.places[wanted],
        )


@dataclass(frozen=True, slots=True)
class NeedMatches:
    """Sections that meet a need, ascending, with weights and stances as of `Matches`; `tiers` None where all meet it as typed."""

    sections: Sections
    weights: Weights
    stances: Stances
    tiers: npt.NDArray[np.uint8] | None = None

    @property
    def nbytes(self) -> int:
        """The size of the arrays."""
        return sum(array.nbytes for array in self._arrays())

    def only(self, wanted: Flags) -> "NeedMatches":
        """Those of a (sections,) bool."""
        tiers = None if self.tiers is None else self.tiers[wanted]
        return NeedMatches(self.sections[wanted], self.weights[wanted], self.stances[wanted], tiers)

    def locked(self) -> "NeedMatches":
        """The same, read-only, to be shared by requests."""
        for array in self._arrays():
            array.flags.writeable = False
        return self

    def _arrays(self) -> list[npt.NDArray[Any]]:
        return [self.sections, self.weights, self.stances, *([] if self.tiers is None else [self.tiers])]


def candidates(plan: Plan, postings: Postings) -> Candidates:
    """The first non-empty set: sections that meet all needs, or else some of them."""
    met = [match_need(need, postings) for need in plan.required]
    if not met:
        return NO_CANDIDATES
    allowed = _allowed(plan, postings)
    # A denial also answers who names a drug: "does metformin cause weight gain" (docs/safety-rules.md#rule-8).
    first = None if plan.names.drugs else DENIED if plan.denied else CLAIMED
    sections, rows = _meeting_all(met, allowed)
    if len(sections):
        found = _with_own_page(_scored(sections, met, rows, first), plan, met, postings, allowed)
    elif len(met) > 1:
        found = _meeting_some(plan.required, met, allowed)
    else:
        found = NO_CANDIDATES
    for need in plan.optional:
        extra = match_need(need, postings)
        at = rows_of(extra.sections, found.sections)
        here = np.flatnonzero(at >= 0)
        found.scores[here] += FUNCTION_WORD_SHARE * extra.weights[at[here]]
    if plan.hints and len(found.sections):
        raised = np.isin(postings.section_kind[found.sections], plan.raised)
        share = RAISED_WITHOUT_DRUG if plan.asks_which else RAISED_SHARE
        found.scores[raised] += share * found.scores.max()
    np.round(found.scores, _SCORE_DECIMALS, out=found.scores)
    return found


NO_CANDIDATES: Final = Candidates(NOTHING.sections, NOTHING.weights, np.zeros(0, np.uint8), np.zeros(0, np.uint16))

Allowed = Callable[[Sections], Flags]
Rows = list[npt.NDArray[np.int64] | None]
"""For each need, where the sections stand in its own list; None where they are that list."""


def _with_own_page(
    found: Candidates, plan: Plan, met: Sequence[NeedMatches], postings: Postings, allowed: Allowed | None
) -> Candidates:
    """The same, and the page of the one drug that is named, where no section of it meets every need: what comes nearest on it.

    "gabapentin dosage" is answered by the page of gabapentin, which says nothing under that word, and a note says so; not by a
    combination that does.
    """
    pages = plan.names.drugs[0].pages if len(plan.names.drugs) == 1 else frozenset()
    if not pages:
        return found
    own = np.array(sorted(pages), np.uint32)
    own = own[~are_in(postings.section_monograph[found.sections], own)]
    if not len(own):
        return found
    on_page = postings.sections_of(own.tolist())
    near = _meeting_some(plan.required, [one.only(are_in(on_page, one.sections)) for one in met], allowed)
    if not len(near.sections):
        return found
    near = near.only(near.places == near.places.min())
    order = np.argsort(np.concatenate((found.sections, near.sections)), kind="stable")
    return Candidates(
        np.concatenate((found.sections, near.sections))[order],
        np.concatenate((found.scores, near.scores))[order],
        np.concatenate((found.tiers, near.tiers))[order],
        np.concatenate((found.places, near.places))[order],
    )


def _meeting_all(met: Sequence[NeedMatches], allowed: Allowed | None) -> tuple[Sections, Rows]:
    """Sections that meet every need, from the rarest on."""
    rows: Rows = [None] * len(met)
    first, *others = sorted(range(len(met)), key=lambda number: len(met[number].sections))
    sections = met[first].sections
    for number in others:
        at = rows_of(met[number].sections, sections)
        rows[number] = at
        sections = _keep(sections, rows, at >= 0, first)
    if allowed is not None:
        sections = _keep(sections, rows, allowed(sections), first)
    return sections, rows


def _keep(sections: Sections, rows: Rows, kept: Flags, first: int) -> Sections:
    """Narrow sections, and with them the rows found so far."""
    if kept.all():
        return sections
    if rows[first] is None:
        rows[first] = np.arange(len(sections))
    for number, at in enumerate(rows):
        if at is not None:
            rows[number] = at[kept]
    return sections[kept]


def _scored(sections: Sections, met: Sequence[NeedMatches], rows: Rows, first: int | None) -> Candidates:
    """Sections that meet all needs; `first` puts what denies before what does not (`DENIED`), or the reverse (`CLAIMED`)."""
    parts = [one.weights if at is None else one.weights[at] for one, at in zip(met, rows, strict=True)]
    scores = sum(parts[1:], parts[0].copy())
    tiers = np.zeros(len(sections), np.uint8)
    stances = np.zeros(len(sections), np.uint8)
    for one, at in zip(met, rows, strict=True):
        if one.tiers is not None:
            np.maximum(tiers, one.tiers if at is None else one.tiers[at], out=tiers)
        if first is not None:
            np.maximum(stances, one.stances if at is None else one.stances[at], out=stances)
    places = tiers * np.uint16(2)
    if first is not None:
        places += stances == (CLAIMED if first == DENIED else DENIED)
    return Candidates(sections, scores, tiers, places)


def _meeting_some(needs: Sequence[Need], met: Sequence[NeedMatches], allowed: Allowed | None) -> Candidates:
    """Sections that meet some needs; how many they do not meet comes before the tier."""
    if allowed is not None:
        met = [one.only(allowed(one.sections)) for one in met]
    sections = distinct([one.sections for one in met])
    rows = rows_in(sections, [one.sections for one in met])
    every, total = np.concatenate(rows), len(sections)
    weights = np.concatenate([one.weights for one in met])
    scores = np.bincount(every, weights=weights, minlength=total).astype(np.float64, copy=False)
    lacking = (len(needs) - np.bincount(every, minlength=total)).astype(np.uint16)
    tiers = np.zeros(total, np.uint8)
    for one, at in zip(met, rows, strict=True):
        if one.tiers is not None:
            tiers[at] = np.maximum(tiers[at], one.tiers)
    missing = tuple(need.typed for need, one in zip(needs, met, strict=True) if not len(one.sections))
    places = (lacking * np.uint16(len(TIERS)) + tiers) * np.uint16(2)
    return Candidates(sections, scores, tiers, places, bool(total), missing)


def match_need(need: Need, postings: Postings) -> NeedMatches:
    """Sections that meet a need by any alternative. What the vocabulary knows in several ways is looked for once, and then held."""
    if len(need.alternatives) == 1:
        found = match(need.alternatives[0].matcher, postings)
        return NeedMatches(found.sections, found.weights, found.stances)
    met: NeedMatches | None = postings.met.get(need.alternatives)
    if met is None:
        met = _meet_anyhow(need.alternatives, postings).locked()
        postings.met.put(need.alternatives, met)
    return met


def _meet_anyhow(alternatives: Sequence[Alternative], postings: Postings) -> NeedMatches:
    """The tier is that of the best alternative a section has, the weight the greatest in that tier."""
    first, *others = alternatives
    best = match(first.matcher, postings)
    found = [(best, _TIER_NUMBER[first.tier])]
    most = best.weights.max(initial=0.0)
    for alternative in others:
        more = match(alternative.matcher, postings)
        if len(more.sections):
            found.append((_capped(more, most), _TIER_NUMBER[alternative.tier]))
    if is_dense([one.sections for one, _ in found]):
        return _densely(found)
    sections = np.concatenate([one.sections for one, _ in found])
    weights = np.concatenate([one.weights for one, _ in found])
    tiers = np.repeat(np.array([tier for _, tier in found], np.uint8), [len(one.sections) for one, _ in found])
    order = np.lexsort((-weights, tiers, sections))
    sections = sections[order]
    heads = np.flatnonzero(heads_of(sections))
    stances = joined_stances(np.concatenate([one.stances for one, _ in found])[order], heads)
    return NeedMatches(sections[heads], weights[order][heads], stances, tiers[order][heads])


def _densely(found: Sequence[tuple[Matches, int]]) -> NeedMatches:
    """The same by tables of all sections, in time that grows with the matches alone."""
    bound = bound_of([one.sections for one, _ in found])
    weights, tiers = np.zeros(bound), np.full(bound, _NO_TIER)
    least, most = np.full(bound, _NO_TIER), np.zeros(bound, np.uint8)
    for one, tier in found:
        at = one.sections.astype(np.intp)  # once, and not by every look-up
        there = tiers[at]
        kept = np.where(there == tier, weights[at], 0.0)  # a weight of another tier counts for nothing
        weights[at] = np.where(there < tier, weights[at], np.maximum(kept, one.weights))
        tiers[at] = np.minimum(there, np.uint8(tier))
        least[at] = np.minimum(least[at], one.stances)
        most[at] = np.maximum(most[at], one.stances)
    sections = np.flatnonzero(tiers != _NO_TIER)
    least, most = least[sections], most[sections]
    stances = np.where(least == most, least, np.uint8(BOTH))
    return NeedMatches(sections.astype(np.uint32), weights[sections], stances, tiers[sections])


_NO_TIER: Final = np.uint8(255)


def _capped(found: Matches, most: float) -> Matches:
    """An expansion never outweighs what was typed: the idf of several words sum to more than that of one."""
    greatest = float(found.weights.max())
    if not most or greatest <= most:
        return found
    return Matches(found.sections, found.weights * (most / greatest), found.stances)


def _allowed(plan: Plan, postings: Postings) -> Allowed | None:
    """Which of some sections exclusions and `drug:` leave; None where there are neither."""
    if not plan.excluded and plan.monographs is None:
        return None
    excluded = [match(matcher, postings).sections for matcher in plan.excluded]
    monographs = None if plan.monographs is None else np.array(sorted(plan.monographs), np.uint32)

    def allowed(sections: Sections) -> Flags:
        kept = np.ones(len(sections), bool)
        for unwanted in excluded:
            kept &= ~are_in(unwanted, sections)
        if monographs is not None:
            kept &= are_in(monographs, postings.section_monograph[sections])
        return kept

    return allowed
