"""A `Query`, and what is known of names, terms and questions → a `Plan`: what must match, at which tier, and what must be told.

Known entities are found first, the longest from the left (`entities`); each makes its part of the plan (`drug_needs`,
`term_needs`). All of it happens when a query is asked, so a change of the vocabulary needs no new index. Knows nothing of
scores or of wording.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Final

from search.analysis import term_key
from search.model import KINDS
from search.query.asides import Aside, age_of, asides_in, need_of
from search.query.asked_roles import denied_first, is_of_undone, is_undone_by
from search.query.asking import Asking, nothing_until_told
from search.query.classes import AskedClass, asked_class, with_members
from search.query.decisions import (
    OPPOSED,
    ClassLeftOut,
    ClippedRead,
    ComparisonAsked,
    Decision,
    ShorthandRead,
    Switches,
)
from search.query.drug_names import NameTable
from search.query.drug_needs import DrugNeeds, any_of_these, by_other_names
from search.query.entities import Entity, key_of_terms
from search.query.named import NamedDrug, Resolution
from search.query.parser import Query, Term
from search.query.plan import Hint, Lexicon, Matcher, Need, Phrase, Plan, unit_phrase
from search.query.reading import QueryReader, Reading
from search.query.term_needs import Part, TermNeeds
from search.vocabulary import Thesaurus

MAX_PREFIX_TERMS: Final = 64
"""Surfaces a beginning may stand for; beyond, the most frequent are searched, and a note says so (docs/query-language.md)."""

FULL_PREFIXES: Final = 4
"""Beginnings of one query that may stand for so many each; more of them share as many between them. Twenty-six short beginnings
took 0.4 s on 188,850 sections, and nobody means that."""


def expand(query: Query, names: NameTable, lexicon: Lexicon, thesaurus: Thesaurus, switches: Switches) -> Plan:
    """Decide what each term of a query means in this index.

    Args:
        query: what was typed.
        names: the names of the index's monographs.
        lexicon: its words.
        thesaurus: the vocabulary.
        switches: what the request switches off.
    """
    return _Planner(names, lexicon, thesaurus, switches).plan(query)


class _Planner:
    """Plans one query."""

    def __init__(self, names: NameTable, lexicon: Lexicon, thesaurus: Thesaurus, switches: Switches) -> None:
        self._names = names
        self._lexicon = lexicon
        self._thesaurus = thesaurus
        self._switches = switches
        self._reader = QueryReader(names, lexicon, thesaurus, switches)
        self._drug_needs = DrugNeeds(names, lexicon, thesaurus, switches)

    def plan(self, query: Query) -> Plan:
        read = self._reader.read(query)
        asking = Asking(query, read.terms, read.entities, self._thesaurus, self._switches)
        if asked := asking.drugs(read.clipped):
            return nothing_until_told(query, asked, self._names)
        drugs = [self._names.drug(entity.key, entity.typed) for entity in read.entities if entity.kind == "drug"]
        names = self._resolved(read, drugs)
        asides = asides_in(read.terms, read.entities) if read.names_any and not self._switches.exact else {}
        ages = [age_of(one.typed, one.whom) for one in query.shorthand if one.whom and drugs]
        parts = self._parts(read, drugs, asides, ages)
        classes = tuple(chain.from_iterable(part.classes for part in parts))
        compared = _comparison(read.entities, drugs, classes)
        required, optional, of_page = self._needs(read, parts, drugs if compared else [])
        together = [] if self._switches.exact or names.together else _interaction_hint(drugs)
        unwanted = self._unwanted(read)
        decisions: list[Decision] = [*compared, *(said for said, _ in unwanted), *_shorthand(query, asides)]
        decisions += chain.from_iterable(part.decisions for part in parts)
        decisions += [ClippedRead(one.term.typed, one.candidates[0]) for one in read.clipped]
        return Plan(
            required=required,
            optional=optional,
            excluded=tuple(chain.from_iterable(self._excluded(term) for term in query.excluded)),
            monographs=self._limited_to(query.drugs) if query.drugs else None,
            names=with_members(names, classes),
            sections=query.sections,
            decisions=(*decisions, *asking.meanings()),
            hints=(*chain.from_iterable(part.hints for part in parts), *together),
            plain=tuple(chain.from_iterable(part.plain for part in parts)),
            classes=classes,
            asked=read.asked,
            compares=bool(compared),
            of_page=of_page,
            left_out=frozenset().union(*(asked.members for _, asked in unwanted)),
            loose=tuple(need for part in parts for need in part.required if part.is_population),
            exact=self._switches.exact,
            with_opposed=not self._switches.allow("left-out", OPPOSED),
        )

    def _resolved(self, read: Reading, drugs: Sequence[NamedDrug]) -> Resolution:
        """Which pages the query names; none where what undoes a drug is asked for, and not its own page."""
        whole = () if any(term.kind == "prefix" for term in read.terms) else key_of_terms(read.terms)
        names = self._names.resolve([*drugs, *self._reader.entities.quoted_names(read.terms)], whole)
        return replace(names, levels={}) if is_of_undone(read.entities) else names

    def _needs(
        self, read: Reading, parts: Sequence[Part], compared: Sequence[NamedDrug]
    ) -> tuple[tuple[Need, ...], tuple[Need, ...], tuple[Need, ...]]:
        """The needs that a section must meet, those that are optional, and those that its page must meet; each once."""
        required, optional = _needs(parts)
        if read.unwanted is not None:  # what pages say of it is shown, where they do
            term_needs = TermNeeds(self._names, self._lexicon, self._thesaurus, self._switches, 0)
            optional = [*optional, *term_needs.of_term(read.unwanted.entity).required]
        if compared:
            required = any_of_these(required, compared)
        names_drug = any(entity.kind == "drug" for entity in read.entities)
        apart = read.asked == "denies" and not names_drug and not self._switches.exact
        required, of_page = _of_page(required, parts, read.negation if apart else None)
        return tuple(dict.fromkeys(required)), tuple(dict.fromkeys(optional)), tuple(of_page)

    def _unwanted(self, read: Reading) -> list[tuple[ClassLeftOut, AskedClass]]:
        """The class whose drugs are not wanted, with what is to be said of it; at most one."""
        if read.unwanted is None or read.unwanted.entity.drug_class is None:
            return []
        entity = read.unwanted.entity
        asked = asked_class(read.unwanted.entity.drug_class, entity.key, entity.typed, self._names)
        titles = tuple(sorted({self._names.title(number) for number in asked.members}, key=str.casefold))
        return [(ClassLeftOut(read.unwanted_typed, entity.key, asked.name, titles), asked)]

    def _parts(
        self, read: Reading, drugs: Sequence[NamedDrug], asides: Mapping[int, Aside], ages: Sequence[Aside]
    ) -> list[Part]:
        """What each entity, and each word outside of them, adds to the plan, in the order typed."""
        terms, entities = read.terms, read.entities
        term_needs = TermNeeds(self._names, self._lexicon, self._thesaurus, self._switches, _prefix_limit(terms))
        by_start = {entity.start: entity for entity in entities}
        next_drug = iter(drugs)
        is_undone = any(is_undone_by(entity) for entity in entities)
        of_asides = need_of([*dict.fromkeys(asides.values()), *ages])
        parts: list[Part] = [Part(required=(of_asides,))] if of_asides else []
        index = 0
        while index < len(terms):
            entity = by_start.get(index)
            if index in asides:
                index += 1
                continue
            if entity is None:
                is_number = bool(drugs) and terms[index].typed.isdigit()  # "adrenaline 1:1000": pages state few doses
                part = term_needs.of_word(terms[index], required=not is_number)
                parts.append(replace(part, start=index))
                index += 1
                continue
            if entity.kind == "drug":
                need, decisions = self._drug_needs.need(next(next_drug), drugs)
                part = Part(required=(need,), decisions=decisions)
            elif entity.kind == "class" and self._is_wider(entity, entities):
                part = Part()  # "which antibiotics are penicillins"
            elif entity.kind == "class" and not is_undone:
                part = term_needs.of_class(entity, drugs)
            elif entity.kind == "intent":
                part = term_needs.of_intent(entity, together=len(drugs) > 1, of_drug=bool(drugs))
            else:
                part = term_needs.of_term(entity, of_drug=read.names_any, of_care=read.asked in (None, "warns"))
            parts.append(replace(part, start=index))
            index = entity.end
        return parts

    def _is_wider(self, entity: Entity, entities: Sequence[Entity]) -> bool:
        """Whether a class holds all of another class that is typed, and more."""
        if entity.drug_class is None:
            return False
        members = self._thesaurus.members(entity.drug_class)
        others = (other.drug_class for other in entities if other is not entity and other.kind == "class")
        return any(other is not None and self._thesaurus.members(other) < members for other in others)

    def _limited_to(self, drugs: Sequence[Term]) -> frozenset[int]:
        """The monographs that `drug:` leaves."""
        return frozenset(number for term in drugs for number in self._names.having(term.surfaces))

    def _excluded(self, term: Term) -> Iterable[Matcher]:
        """A word or phrase with its true equivalents."""
        yield Phrase(term.surfaces, term.positions)
        if term.quoted or self._switches.exact:
            return
        meaning = self._thesaurus.meaning(term.surfaces, term.typed)
        yield from (unit_phrase(target.key, target.guard) for target in (meaning.equals if meaning else ()))
        for naming in self._thesaurus.namings(term.surfaces):
            yield from (alternative.matcher for alternative in by_other_names(naming, term.surfaces, self._thesaurus))


def _needs(parts: Sequence[Part]) -> tuple[list[Need], list[Need]]:
    """Required and optional needs of all parts. Where nothing is required, what was optional is."""
    required = [need for part in parts for need in part.required]
    optional = [need for part in parts for need in part.optional]
    if not required:
        required, optional = optional, []
    if any(part.is_topic for part in parts):
        optional = []  # how it was asked must not order the answers
    return required, optional


def _interaction_hint(drugs: Sequence[NamedDrug]) -> list[Hint]:
    """Several different drugs in one query: their interactions are meant."""
    if len({drug.ingredients for drug in drugs}) < 2:
        return []
    typed = " and ".join(drug.typed for drug in drugs)
    return [Hint(typed, term_key(typed), (KINDS.index("interactions"),))]


def _shorthand(query: Query, asides: Mapping[int, Aside]) -> list[ShorthandRead]:
    """What was read as notation, and what was typed beside a drug of how it is given."""
    beside = tuple(dict.fromkeys(aside.typed for aside in asides.values()))
    return [ShorthandRead(query.shorthand, beside)] if query.shorthand or beside else []


def _comparison(
    entities: Sequence[Entity], drugs: Sequence[NamedDrug], classes: Sequence[AskedClass]
) -> list[ComparisonAsked]:
    """The words that ask to compare drugs: "safest", of several or of those of a class; "safe", where no drug is named.

    Of one drug alone nothing is compared: "the best time to take simvastatin".
    """
    is_about_one = len({drug.ingredients for drug in drugs}) == 1 and not classes
    asking = [entity for entity in entities if entity.intent is not None and entity.intent.asks in ("compare", "safe")]
    return [
        ComparisonAsked(entity.typed)
        for entity in asking
        if (not drugs if entity.intent and entity.intent.asks == "safe" else not is_about_one)
    ][:1]


def _prefix_limit(terms: Sequence[Term]) -> int:
    """How many surfaces each beginning of a query may stand for; a word with a full stop may be one as well."""
    prefixes = sum(term.kind == "prefix" or term.abbreviated for term in terms)
    return MAX_PREFIX_TERMS * FULL_PREFIXES // max(prefixes, FULL_PREFIXES)


def _of_page(required: Sequence[Need], parts: Sequence[Part], negation: int | None) -> tuple[list[Need], list[Need]]:
    """The needs that a section must meet, and those that its page must (`denied_first`)."""
    starts = {need: part.start for part in parts for need in part.required}
    return denied_first(required, [starts.get(need, -1) for need in required], negation)
