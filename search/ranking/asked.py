"""What sections say of what a query asks about drugs, and how near that comes to the role it asks for: a part of the order.

Knows nothing of scores, groups or texts.
"""

from dataclasses import replace
from typing import Final

import numpy as np

from search.index import Postings
from search.model import KINDS
from search.query import Need, Plan, SectionsOfPages
from search.ranking.needs import NeedCache, match_need
from search.ranking.order import MAX_RANKS, Ranks, SectionKeys, role_keys
from search.ranking.roles import (
    OF_DRUGS,
    RoleBits,
    denied_only,
    page_ranks,
    roles_of_need,
    section_ranks,
)
from search.ranking.sorted_arrays import Flags, Sections, are_in, heads_of

_EVERY: Final = np.uint8(255)
"""All roles at once."""


_INTERACTIONS: Final = KINDS.index("interactions")
_WARNING_KINDS: Final = [KINDS.index(kind) for kind in ("contraindications", "precautions")]


def by_role(sections: Sections, plan: Plan, postings: Postings, cache: NeedCache) -> tuple[RoleBits, SectionKeys]:
    """(sections,) the roles that each gives to what is asked about, and what these add to its key (`order.role_keys`).

    Args:
        sections: (sections,) uint32, ascending, those of a monograph side by side.
        plan: what is asked.
        postings: the arrays.
        cache: what was found for its needs before.
    """
    if not len(sections):
        return np.zeros(0, np.uint8), np.zeros(0, np.uint16)
    denied = np.zeros(len(sections), bool)
    bits = _of_pair(sections, plan, postings, cache)
    if plan.findings:
        of_findings, denied = _of_findings(sections, plan, postings, cache)
        bits |= of_findings
    of_drug = bool(plan.names.levels) and bool(plan.names.drugs)
    if plan.compares and not plan.findings:
        bits = np.where(np.isin(postings.section_kind[sections], _WARNING_KINDS), OF_DRUGS, np.uint8(0))
    of_section = section_ranks(bits, plan.asked, of_drug=of_drug, of_class=bool(plan.classes), compares=plan.compares)
    if plan.findings and not _asks_of_pair(plan):
        of_section[postings.section_kind[sections] == _INTERACTIONS] += 1  # there it takes another drug
    of_section = _restricting_first(of_section, sections, plan, postings, cache)
    of_page = np.zeros(len(sections), np.uint8)
    if plan.asked is not None and not of_drug:
        heads = heads_of(postings.section_monograph[sections])
        said = np.bitwise_or.reduceat(bits, np.flatnonzero(heads))
        of_page = page_ranks(said, plan.asked)[np.cumsum(heads) - 1]
    return bits, role_keys(of_page, of_section, denied & (not of_drug and plan.asked != "denies"))


def _restricting_first(ranks: Ranks, sections: Sections, plan: Plan, postings: Postings, cache: NeedCache) -> Ranks:
    """(sections,) the same ranks, those first that restrict how, or to whom, a drug is given (docs/safety-rules.md#rule-22)."""
    for need in plan.required:
        if need.about == "aside":
            met = match_need(need, postings, cache)
            best = met.sections if met.tiers is None else met.sections[met.tiers == 0]
            ranks = np.where(are_in(best, sections), np.uint8(0), np.minimum(ranks + 1, MAX_RANKS - 1)).astype(np.uint8)
    return ranks


def _of_findings(sections: Sections, plan: Plan, postings: Postings, cache: NeedCache) -> tuple[RoleBits, Flags]:
    """(sections,) what each says of what is asked about drugs, and whether all it says of some part is that it does not happen.

    What a section says of one part of the question counts where it says nothing of the others ("cause fever in children").
    """
    together, denied = np.full(len(sections), _EVERY), np.zeros(len(sections), bool)
    for need in plan.told:
        bits = roles_of_need(need, sections, postings, cache)
        denied |= denied_only(bits)
        together &= np.where(bits == 0, _EVERY, bits)
    together[together == _EVERY] = 0
    return together, denied


def _of_pair(sections: Sections, plan: Plan, postings: Postings, cache: NeedCache) -> RoleBits:
    """(sections,) whether each warns of one of several drugs or classes; sections on interactions do."""
    found = np.zeros(len(sections), np.uint8)
    if _asks_of_pair(plan) and not any(need.about == "topic" for need in plan.required):
        for need in plan.required:
            if need.about in ("drug", "class"):
                found |= roles_of_need(_as_named(need), sections, postings, cache) & OF_DRUGS
        found[postings.section_kind[sections] == _INTERACTIONS] |= OF_DRUGS
    return found


def _asks_of_pair(plan: Plan) -> bool:
    """Whether several drugs or classes are named, and not to be compared."""
    return len(plan.names.drugs) + len(plan.classes) > 1 and not plan.compares


def _as_named(need: Need) -> Need:
    """A drug or a class where its names stand: that a page is of a member warns of nothing."""
    named = tuple(one for one in need.alternatives if not isinstance(one.matcher, SectionsOfPages))
    return need if len(named) in (0, len(need.alternatives)) else replace(need, alternatives=named)
