"""What comes nearest where not all that was asked is met: sections that meet some needs, and what pages say beside those found.

Knows nothing of groups, filters, texts or Whoosh.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from search.index import Postings
from search.query import Plan
from search.ranking.asked import by_role
from search.ranking.candidates import NO_CANDIDATES, Candidates, joined
from search.ranking.needs import NeedCache, NeedMatches, match_need
from search.ranking.order import section_keys
from search.ranking.sorted_arrays import Flags, Sections, are_in, common, distinct, heads_of, rows_in

_WORTH: Final = 2
_LOOSE_WORTH: Final = 1
"""What it counts not to meet a need, and not to meet one that says little of what is asked (`meet_needs`)."""

COMMON_SHARE: Final = 0.02
"""A word of which nothing is known says little of what is asked where more than this share of all sections have it."""

FEW_MONOGRAPHS: Final = 8
"""Where fewer answer all that was asked, pages follow that answer its findings without the words around them."""

Allowed = Callable[[Sections], Flags]
"""Which of some sections exclusions and `drug:` leave."""


@dataclass(frozen=True, slots=True)
class MetNeeds:
    """For each need of a plan the sections that meet it, and whether it says little of what is asked (`meet_needs`)."""

    matches: list[NeedMatches]
    loose: list[bool]

    def only(self, wanted: Allowed) -> "MetNeeds":
        """The same, with the sections that are wanted alone."""
        return MetNeeds([matches.only(wanted(matches.sections)) for matches in self.matches], self.loose)


def with_nearest(candidates: Candidates, plan: Plan, met: MetNeeds, postings: Postings, cache: NeedCache) -> Candidates:
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
    near = _some(plan, met.only(lambda sections: are_in(on_page, sections)))
    if not len(near.sections):
        return candidates
    best = near.only(near.keys == near.keys.min()) if len(drugs) == 1 else _first_of_best(near, plan, postings, cache)
    return joined(candidates, best)


def with_looser(candidates: Candidates, plan: Plan, met: MetNeeds, postings: Postings) -> Candidates:
    """The same and, where few monographs answer, what other pages say of the findings alone, without the words around them.

    "intractable hiccups", "spasticity in children": one page has both in one section, and others say it in other words.
    """
    known = [n for n, need in enumerate(plan.required) if not need.is_plain and not met.loose[n]]
    core = known or [n for n, is_loose in enumerate(met.loose) if not is_loose]
    owners = postings.section_monograph[candidates.sections]
    found = owners[heads_of(owners)]
    is_finding = 0 < len(core) < len(plan.required) and all(plan.required[n].about == "finding" for n in core)
    if not is_finding or plan.asked == "denies" or plan.exact or len(found) >= FEW_MONOGRAPHS:
        return candidates
    sections = common([met.matches[number].sections for number in core])
    sections = sections[~are_in(found, postings.section_monograph[sections])]
    near = _some(plan, met.only(lambda of_need: are_in(sections, of_need)))
    return joined(candidates, near) if len(near.sections) else candidates


def _first_of_best(near: Candidates, plan: Plan, postings: Postings, cache: NeedCache) -> Candidates:
    """Of each monograph the first section with its best key, by what it says of what is asked as well."""
    keys = near.keys | by_role(near.sections, plan, postings, cache)[1]
    owners = postings.section_monograph[near.sections]
    starts = np.flatnonzero(heads_of(owners))
    best = np.repeat(np.minimum.reduceat(keys, starts), np.diff(np.append(starts, len(owners))))
    near = near.only(keys == best)
    return near.only(heads_of(postings.section_monograph[near.sections]))


def meet_needs(plan: Plan, postings: Postings, cache: NeedCache) -> MetNeeds:
    """What meets each need, before any limit.

    A need says little of what is asked where it says of whom ("in children"), is a number ("after 4 days") or a common word.
    """
    met = [match_need(need, postings, cache) for need in plan.required]
    limit = COMMON_SHARE * len(postings.section_kind)
    loose = [
        need in plan.loose or (need.is_plain and (any(map(str.isdigit, need.typed)) or len(matches.sections) > limit))
        for need, matches in zip(plan.required, met, strict=True)
    ]
    return MetNeeds(met, loose)


def meeting_some(plan: Plan, met: MetNeeds, postings: Postings) -> Candidates:
    """Sections that meet some needs, and, if a drug is named, speak of it.

    What pages say of another drug is no answer, however many other words they have: a drug without a page finds nothing there.
    """
    candidates = _some(plan, met)
    of_drugs = [of.sections for need, of in zip(plan.required, met.matches, strict=True) if need.about == "drug"]
    if not of_drugs:
        return candidates
    pages = sorted(
        frozenset[int]().union(*(drug.pages for drug in plan.names.drugs))
    )  # a name in quotes makes no need of a drug
    of_drugs.append(postings.sections_of(pages))
    named = candidates.only(are_in(distinct(of_drugs), candidates.sections))
    return named if len(named.sections) else NO_CANDIDATES


def _some(plan: Plan, met: MetNeeds) -> Candidates:
    """Sections that meet some needs; what they do not meet comes before the tier: what is known for more than any other word."""
    sections = distinct([matches.sections for matches in met.matches])
    rows = rows_in(sections, [matches.sections for matches in met.matches])
    every, total = np.concatenate(rows), len(sections)
    weights = np.concatenate([matches.weights for matches in met.matches])
    scores = np.bincount(every, weights=weights, minlength=total).astype(np.float64, copy=False)
    worth = np.array([_LOOSE_WORTH if is_loose else _WORTH for is_loose in met.loose])
    met_worth = np.bincount(every, weights=np.repeat(worth, list(map(len, rows))), minlength=total)
    missing = (worth.sum() - met_worth).astype(np.uint16)
    tiers = np.zeros(total, np.uint8)
    for matches, at in zip(met.matches, rows, strict=True):
        if matches.tiers is not None:
            tiers[at] = np.maximum(tiers[at], matches.tiers)
    nowhere = tuple(need.typed for need, of in zip(plan.required, met.matches, strict=True) if not len(of.sections))
    roles = np.zeros(total, np.uint8)
    return Candidates(sections, scores, tiers, section_keys(missing, tiers), roles, bool(total), nowhere)
