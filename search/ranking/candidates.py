"""A `Plan` over the arrays → the sections that answer it, with tiers and scores: all needs met, or else some of them.

The numbers that weigh are in `search.weights`, the order key in `order`. Knows nothing of groups, filters, texts or Whoosh.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from search.index import Postings
from search.query import Need, Plan
from search.ranking.asked import by_role
from search.ranking.matches import NO_MATCHES, Tiers, Weights
from search.ranking.matching import match
from search.ranking.needs import NeedCache, NeedMatches, match_need
from search.ranking.order import SectionKeys, section_keys
from search.ranking.roles import RoleBits, roles_of_need
from search.ranking.sorted_arrays import Flags, Rows, Sections, are_in, distinct, heads_of, rows_in, rows_of
from search.statements import StatementRole
from search.weights import FUNCTION_WORD_SHARE, RAISED_SHARE, RAISED_WITHOUT_DRUG

_SCORE_DECIMALS: Final = 6
"""Scores are compared to this many decimals, so that the order of words in a query cannot decide between equals."""


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

_Allowed = Callable[[Sections], Flags]
"""Which of some sections exclusions and `drug:` leave."""

_NeedRows = list[Rows | None]
"""For each need, the rows of the candidates in its matches; None where they are those matches."""


def find_candidates(plan: Plan, postings: Postings, cache: NeedCache) -> Candidates:
    """The first non-empty set: sections that meet all needs, or else some of them."""
    met = [match_need(need, postings, cache) for need in plan.required]
    if not met:
        return NO_CANDIDATES
    allowed = _allowed(plan, postings, cache)
    sections, rows = _meeting_all(met, allowed)
    if len(sections):
        meeting_all = _scored(sections, met, rows)
        if allowed is not None:
            met = [matches.only(allowed(matches.sections)) for matches in met]
        candidates = _with_nearest(meeting_all, plan, met, postings, cache)
    elif len(met) > 1:
        candidates = _meeting_some(plan.required, met, allowed)
    else:
        candidates = NO_CANDIDATES
    candidates.roles[:], of_roles = by_role(candidates.sections, plan, postings, cache)
    candidates.keys[:] |= of_roles
    _raise_scores(candidates, plan, postings, cache)
    return candidates


def _raise_scores(candidates: Candidates, plan: Plan, postings: Postings, cache: NeedCache) -> None:
    """Add to the scores, in place, what optional words and the kinds that the question means are worth; then round."""
    for need in plan.optional:
        extra = match_need(need, postings, cache)
        rows = rows_of(extra.sections, candidates.sections)
        holding = np.flatnonzero(rows >= 0)
        candidates.scores[holding] += FUNCTION_WORD_SHARE * extra.weights[rows[holding]]
    if plan.hints and len(candidates.sections):
        raised = np.isin(postings.section_kind[candidates.sections], plan.raised)
        share = RAISED_WITHOUT_DRUG if plan.asks_which else RAISED_SHARE
        candidates.scores[raised] += share * candidates.scores.max()
    np.round(candidates.scores, _SCORE_DECIMALS, out=candidates.scores)


def _with_nearest(
    candidates: Candidates, plan: Plan, met: Sequence[NeedMatches], postings: Postings, cache: NeedCache
) -> Candidates:
    """The same, and of pages that are meant, where no section meets every need, what comes nearest.

    Of the one drug that is named: "gabapentin dosage" is answered by the page of gabapentin, which says nothing under that word,
    and a note says so; not by a combination that does. Of each of several drugs that something is asked of, and of each member of
    a class, one section: members that are silent follow those that speak (docs/safety-rules.md#rule-23).
    """
    drugs = plan.names.drugs
    every_page = len(drugs) == 1 or plan.compares or bool(plan.findings)
    meant = frozenset[int]().union(*(drug.pages for drug in drugs)) if every_page else frozenset()
    if plan.classes and not drugs:
        meant = frozenset.intersection(*(asked.members for asked in plan.classes))
    own = np.array(sorted(meant), np.uint32)
    own = own[~are_in(postings.section_monograph[candidates.sections], own)]
    if not len(own):
        return candidates
    on_page = postings.sections_of(own.tolist())
    near = _meeting_some(plan.required, [matches.only(are_in(on_page, matches.sections)) for matches in met], None)
    if not len(near.sections):
        return candidates
    best = near.only(near.keys == near.keys.min()) if len(drugs) == 1 else _first_of_best(near, plan, postings, cache)
    return _joined(candidates, best)


def _first_of_best(near: Candidates, plan: Plan, postings: Postings, cache: NeedCache) -> Candidates:
    """Of each monograph the first section with its best key, by what it says of what is asked as well."""
    keys = near.keys | by_role(near.sections, plan, postings, cache)[1]
    owners = postings.section_monograph[near.sections]
    starts = np.flatnonzero(heads_of(owners))
    best = np.repeat(np.minimum.reduceat(keys, starts), np.diff(np.append(starts, len(owners))))
    near = near.only(keys == best)
    return near.only(heads_of(postings.section_monograph[near.sections]))


def _joined(candidates: Candidates, near: Candidates) -> Candidates:
    """Candidates and others, ascending."""
    order = np.argsort(np.concatenate((candidates.sections, near.sections)), kind="stable")
    return Candidates(
        np.concatenate((candidates.sections, near.sections))[order],
        np.concatenate((candidates.scores, near.scores))[order],
        np.concatenate((candidates.tiers, near.tiers))[order],
        np.concatenate((candidates.keys, near.keys))[order],
        np.concatenate((candidates.roles, near.roles))[order],
    )


def _meeting_all(met: Sequence[NeedMatches], allowed: _Allowed | None) -> tuple[Sections, _NeedRows]:
    """Sections that meet every need, from the rarest on."""
    rows: _NeedRows = [None] * len(met)
    rarest, *others = sorted(range(len(met)), key=lambda number: len(met[number].sections))
    sections = met[rarest].sections
    for number in others:
        at = rows_of(met[number].sections, sections)
        rows[number] = at
        sections = _keep(sections, rows, at >= 0, rarest)
    if allowed is not None:
        sections = _keep(sections, rows, allowed(sections), rarest)
    return sections, rows


def _keep(sections: Sections, rows: _NeedRows, kept: Flags, rarest: int) -> Sections:
    """Narrow sections, and with them the rows found so far."""
    if kept.all():
        return sections
    if rows[rarest] is None:
        rows[rarest] = np.arange(len(sections))
    for number, at in enumerate(rows):
        if at is not None:
            rows[number] = at[kept]
    return sections[kept]


def _scored(sections: Sections, met: Sequence[NeedMatches], rows: _NeedRows) -> Candidates:
    """Sections that meet all needs: weights summed, and the worst tier."""
    parts = [matches.weights if at is None else matches.weights[at] for matches, at in zip(met, rows, strict=True)]
    scores = sum(parts[1:], parts[0].copy())
    tiers = np.zeros(len(sections), np.uint8)
    for matches, at in zip(met, rows, strict=True):
        if matches.tiers is not None:
            np.maximum(tiers, matches.tiers if at is None else matches.tiers[at], out=tiers)
    return Candidates(sections, scores, tiers, section_keys(0, tiers), np.zeros(len(sections), np.uint8))


def _meeting_some(needs: Sequence[Need], met: Sequence[NeedMatches], allowed: _Allowed | None) -> Candidates:
    """Sections that meet some needs; how many they do not meet comes before the tier."""
    if allowed is not None:
        met = [matches.only(allowed(matches.sections)) for matches in met]
    sections = distinct([matches.sections for matches in met])
    rows = rows_in(sections, [matches.sections for matches in met])
    every, total = np.concatenate(rows), len(sections)
    weights = np.concatenate([matches.weights for matches in met])
    scores = np.bincount(every, weights=weights, minlength=total).astype(np.float64, copy=False)
    missing = (len(needs) - np.bincount(every, minlength=total)).astype(np.uint16)
    tiers = np.zeros(total, np.uint8)
    for matches, at in zip(met, rows, strict=True):
        if matches.tiers is not None:
            tiers[at] = np.maximum(tiers[at], matches.tiers)
    nowhere = tuple(need.typed for need, matches in zip(needs, met, strict=True) if not len(matches.sections))
    roles = np.zeros(total, np.uint8)
    return Candidates(sections, scores, tiers, section_keys(missing, tiers), roles, bool(total), nowhere)


def _allowed(plan: Plan, postings: Postings, cache: NeedCache) -> _Allowed | None:
    """Which of some sections exclusions, `drug:` and what their pages must say leave; None where there is none of these."""
    if not plan.excluded and plan.monographs is None and not plan.of_page:
        return None
    excluded = [match(matcher, postings).sections for matcher in plan.excluded]
    pages = [] if plan.monographs is None else [np.array(sorted(plan.monographs), np.uint32)]
    pages += [_pages_that_treat(need, postings, cache) for need in plan.of_page]

    def allowed(sections: Sections) -> Flags:
        kept = np.ones(len(sections), bool)
        for unwanted in excluded:
            kept &= ~are_in(unwanted, sections)
        for monographs in pages:
            kept &= are_in(monographs, postings.section_monograph[sections])
        return kept

    return allowed


def _pages_that_treat(need: Need, postings: Postings, cache: NeedCache) -> Sections:
    """The monographs whose statements say that the drug treats something, or, where none does, those that name it."""
    sections = match_need(need, postings, cache).sections
    treats = roles_of_need(need, sections, postings, cache) & np.uint8(StatementRole.TREATS) != 0
    sections = sections[treats] if treats.any() else sections
    return np.unique(postings.section_monograph[sections]).astype(np.uint32)
