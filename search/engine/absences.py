"""Finds what is missing: a page for a drug that is named, and what its own page does not say of what was asked about it.

Absence is said, for it is no evidence of safety (docs/safety-rules.md#rule-4). Knows nothing of wording or of excerpts.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import Final

import numpy as np

from search.analysis import term_key
from search.engine import advice
from search.engine.snapshot import Snapshot
from search.model import TIERS, Note, Tier
from search.query import NamedDrug, NameLevel, Need, OnPages, Plan, SectionsOfKind, Term
from search.ranking import Ranking, are_in, match
from search.statements import StatementRole
from search.vocabulary import stems

MAX_TITLES: Final = 4
"""Pages of combinations with a drug that a note names as silent; of more nothing is said."""

MAX_PLAIN: Final = 2
"""Words that no table knows, beyond which a query is a sentence."""


def missing_pages(plan: Plan, snapshot: Snapshot) -> list[Note]:
    """Notes on drugs that are named and have no page of their own: only combinations have one, or none does."""
    notes = []
    levels = plan.names.levels.values()
    for drug in plan.names.drugs:
        if drug.pages or drug.own or plan.names.together:
            continue
        parts = sorted(drug.ingredients) if drug.key not in map(term_key, drug.ingredients) else []
        instead = [name for name in parts if snapshot.names.drug(term_key(name), name).pages]
        if drug.holding:
            notes.append(advice.no_page(drug, combinations=len(drug.holding), mentioned=0, instead=instead))
        elif NameLevel.WITHIN_SINGLE not in levels and NameLevel.WITHIN_COMBINATION not in levels:
            notes.append(
                advice.no_page(drug, combinations=0, mentioned=_pages_naming(drug, plan, snapshot), instead=instead)
            )
    notes += [
        advice.unverified_brand(term.typed, term.surfaces, snapshot.thesaurus.known_ingredients(term.surfaces))
        for term in plan.plain
        if snapshot.thesaurus.is_known(term.surfaces) and not snapshot.names.has_word(term.surfaces[0])
    ]
    return notes


def _pages_naming(drug: NamedDrug, plan: Plan, snapshot: Snapshot) -> int:
    """How many pages name a drug, whatever else is asked."""
    named = [
        alternative.matcher
        for need in plan.required
        if need.about == "drug" and need.typed == drug.typed
        for alternative in need.alternatives
        if alternative.tier in ("typed", "synonym")
    ]
    owners = [snapshot.postings.section_monograph[match(one, snapshot.postings).sections] for one in named]
    return len(set(np.concatenate(owners).tolist())) if owners else 0


def not_mentioned(plan: Plan, ranking: Ranking, snapshot: Snapshot, unknown: Sequence[Term]) -> list[Note]:
    """What a named drug's own page does not say of what was asked about it (docs/safety-rules.md#rule-4).

    Nothing is said of words that may be misspelt (`unknown`), nor, in a sentence, of words that no table knows: what a page says in
    other words would be said to be absent.
    """
    untold = {term.typed for term in (plan.plain if len(plan.plain) > MAX_PLAIN else unknown)}
    notes = [
        *_no_denial(plan, ranking, snapshot),
        *_silent_members(plan, ranking, snapshot, {term.typed for term in plan.plain}),
    ]
    if len(plan.names.drugs) > 1 and any(_best_tier(d.pages, ranking) not in (None, "class") for d in plan.names.drugs):
        return []  # one page says it, and stands first
    for drug in plan.names.drugs:
        asked = [need for need in plan.required if _is_asked(need, drug) and need.typed not in untold]
        pages = drug.pages or drug.holding
        if not asked or not pages or len(pages) > MAX_TITLES:
            continue
        tier = _best_tier(pages, ranking) if len(plan.names.drugs) > 1 else None
        if tier == "class":
            other_drugs = [need.typed for need in asked if need.about == "drug"]
            notes.append(advice.by_class_only(_titles(pages, snapshot), " or ".join(other_drugs)))
        elif tier is None:
            others = [need for need in asked if not _is_its_class(need, drug, snapshot)]
            absent = [need.typed for need in others if not _is_on(need, pages, snapshot)]
            notes += [advice.not_mentioned(_titles(pages, snapshot), absent)] if absent else []
    return notes


def _is_asked(need: Need, drug: NamedDrug) -> bool:
    """Whether a need is asked of a drug; topics ("missed dose") apart, which pages answer in other words."""
    return need.typed != drug.typed and need.about not in ("aside", "topic") and not _is_about_kind(need)


def _silent_members(plan: Plan, ranking: Ranking, snapshot: Snapshot, plain: AbstractSet[str]) -> Iterator[Note]:
    """Which members of a class say nothing of what was asked about it: their pages stand after those that do.

    Of `plain` words, which no table knows, nothing is said: a page may say it in others; nor of several findings, of which a page
    may have one.
    """
    asked = [need.typed for need in plan.findings]
    if (
        plan.names.drugs
        or not plan.classes
        or len(asked) != 1
        or ranking.all_found.partial
        or not plain.isdisjoint(asked)
    ):
        return
    members = frozenset.intersection(*(one.members for one in plan.classes)) - plan.left_out
    speaking = {int(page) for page in ranking.speaking()}
    silent = sorted(snapshot.names.title(number) for number in members - speaking)
    if silent and speaking & members:
        yield advice.not_mentioned_by(silent, asked)


def _no_denial(plan: Plan, ranking: Ranking, snapshot: Snapshot) -> Iterator[Note]:
    """Nothing found denies what a query asks to be denied ("hay fever, not sleepy"): the first page may say the opposite.

    Only of what the vocabulary knows: "not working" asks for no such statement.
    """
    asked = [need.typed for need in plan.findings]
    if plan.asked != "denies" or plan.names.drugs or not asked:
        return
    found = ranking.all_found
    is_known = all(snapshot.thesaurus.meaning(term_key(typed), typed) for typed in asked)
    if (
        is_known
        and len(found.sections)
        and not found.partial
        and not (found.roles & np.uint8(StatementRole.DENIES)).any()
    ):
        yield advice.none_denies(asked)


def _titles(pages: frozenset[int], snapshot: Snapshot) -> str:
    return " and ".join(sorted({snapshot.names.title(number) for number in pages}))


def _is_about_kind(need: Need) -> bool:
    return any(isinstance(alternative.matcher, SectionsOfKind) for alternative in need.alternatives)


def _is_its_class(need: Need, drug: NamedDrug, snapshot: Snapshot) -> bool:
    """Whether a need is the class of the drug: a page stands under it without naming it in its text."""
    key = stems(term_key(need.typed))
    classes = chain.from_iterable(map(snapshot.thesaurus.classes, drug.ingredients))
    return any(key == stems(term_key(name)) for known in classes for name in known.names)


def _best_tier(pages: frozenset[int], ranking: Ranking) -> Tier | None:
    """The best tier of a full match on these pages, before any filter; None where there is none."""
    if ranking.all_found.partial:
        return None
    tiers = [tier for page, tier in ranking.best_tiers() if page in pages]
    return TIERS[min(tiers)] if tiers else None


def _is_on(need: Need, pages: frozenset[int], snapshot: Snapshot) -> bool:
    """Whether a page meets a need by itself, not by the class of what it names."""
    on_pages = snapshot.postings.sections_of(pages)
    for alternative in need.alternatives:
        of_its_class = isinstance(alternative.matcher, OnPages) and need.about == "drug"
        if of_its_class or alternative.tier == "scattered":
            continue
        if are_in(match(alternative.matcher, snapshot.postings).sections, on_pages).any():
            return True
    return False
