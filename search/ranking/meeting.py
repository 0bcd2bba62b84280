"""A `Plan` over the arrays → the sections that answer it, with tiers and scores: all needs met, or else some of them (`nearest`).

The numbers that weigh are in `search.weights`, the order key in `order`. Knows nothing of groups, filters, texts or Whoosh.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from search.index import Postings
from search.query import Need, Plan
from search.ranking.asked import by_role
from search.ranking.candidates import NO_CANDIDATES, Candidates
from search.ranking.matching import match
from search.ranking.nearest import Allowed, meet_needs, meeting_some, with_looser, with_nearest
from search.ranking.needs import NeedCache, NeedMatches, match_need
from search.ranking.order import section_keys
from search.ranking.roles import roles_of_need
from search.ranking.sorted_arrays import Flags, Rows, Sections, are_in, rows_of
from search.statements import StatementRole
from search.weights import FUNCTION_WORD_SHARE, RAISED_SHARE, RAISED_WITHOUT_DRUG

_SCORE_DECIMALS: Final = 6
"""Scores are compared to this many decimals, so that the order of words in a query cannot decide between equals."""

_NeedRows = list[Rows | None]
"""For each need, the rows of the candidates in its matches; None where they are those matches."""


def find_candidates(plan: Plan, postings: Postings, cache: NeedCache) -> Candidates:
    """The first non-empty set: sections that meet all needs, or else some of them."""
    if not plan.required:
        return NO_CANDIDATES
    met = meet_needs(plan, postings, cache)
    allowed = _allowed(plan, postings, cache)
    sections, rows = _meeting_all(met.matches, allowed)
    meeting_all = _scored(sections, met.matches, rows) if len(sections) else NO_CANDIDATES
    met = met if allowed is None else met.only(allowed)
    if len(sections):
        candidates = with_looser(with_nearest(meeting_all, plan, met, postings, cache), plan, met, postings)
    else:
        candidates = meeting_some(plan, met, postings) if len(plan.required) > 1 else NO_CANDIDATES
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


def _meeting_all(met: Sequence[NeedMatches], allowed: Allowed | None) -> tuple[Sections, _NeedRows]:
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


def _allowed(plan: Plan, postings: Postings, cache: NeedCache) -> Allowed | None:
    """Which of some sections exclusions, `drug:` and what their pages must say leave; None where there is none of these."""
    if not plan.excluded and plan.monographs is None and not plan.of_page and not plan.left_out:
        return None
    excluded = [match(matcher, postings).sections for matcher in plan.excluded]
    pages = [] if plan.monographs is None else [np.array(sorted(plan.monographs), np.uint32)]
    pages += [_pages_that_treat(need, postings, cache) for need in plan.of_page]
    left_out = np.array(sorted(plan.left_out), np.uint32)

    def allowed(sections: Sections) -> Flags:
        kept = np.ones(len(sections), bool)
        for unwanted in excluded:
            kept &= ~are_in(unwanted, sections)
        for monographs in pages:
            kept &= are_in(monographs, postings.section_monograph[sections])
        if len(left_out):
            kept &= ~are_in(left_out, postings.section_monograph[sections])
        return kept

    return allowed


def _pages_that_treat(need: Need, postings: Postings, cache: NeedCache) -> Sections:
    """The monographs whose statements say that the drug treats something, or, where none does, those that name it."""
    sections = match_need(need, postings, cache).sections
    treats = roles_of_need(need, sections, postings, cache) & np.uint8(StatementRole.TREATS) != 0
    sections = sections[treats] if treats.any() else sections
    return np.unique(postings.section_monograph[sections]).astype(np.uint32)
