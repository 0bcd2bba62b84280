"""A `Query`, and what is known of names, terms and questions → a `Plan`: what must match, at which tier, and what is said of it.

Longest known surface first, over analysed words; so it needs no re-index, and can be explained. Knows nothing of scores.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from search.analysis import denials, function_words, term_key
from search.model import KINDS, Note
from search.query import notes as say
from search.query.drug_names import NamedDrug, NameTable
from search.query.drug_needs import DrugNeeds, as_typed, by_other_names, content, scattered
from search.query.entities import Span, SpanFinder, key_of_terms
from search.query.intents import Intent
from search.query.lone_letters import attach
from search.query.parser import MIN_PREFIX_LETTERS, Query, Term
from search.query.plan import (
    AllWords,
    Alternative,
    AnyForm,
    Hint,
    Lexicon,
    Matcher,
    Need,
    Phrase,
    Plan,
    SectionsOfKind,
    words,
)
from search.vocabulary import Meaning, Thesaurus

MAX_PREFIX_TERMS: Final = 64
"""Surfaces a prefix may stand for; beyond, the most frequent (docs/query-language.md#marks)."""

FULL_PREFIXES: Final = 4
"""Prefixes of one query that may stand for so many each; more of them share as many between them. Twenty-six short beginnings took
0.4 s on 188,850 sections, and nobody means that."""


@dataclass(frozen=True, slots=True)
class Switches:
    """What a request switches off: everything that was not typed (`exact`), or what some notes announce (`without`)."""

    exact: bool = False
    without: frozenset[str] = frozenset()

    def on(self, note: Note) -> bool:
        """Whether to do what a note says."""
        return not self.exact and note.id not in self.without


@dataclass(slots=True)
class _Found:
    """What is gathered while the terms are gone through."""

    required: list[Need] = field(default_factory=list)
    optional: list[Need] = field(default_factory=list)
    hints: list[Hint] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    plain: list[Term] = field(default_factory=list)
    is_topic: bool = False


def expand(query: Query, names: NameTable, lexicon: Lexicon, thesaurus: Thesaurus, switches: Switches) -> Plan:
    """Decide what each term of a query means in this index."""
    return _Expansion(names, lexicon, thesaurus, switches).plan(query)


class _Expansion:
    """One query being expanded."""

    def __init__(self, names: NameTable, lexicon: Lexicon, thesaurus: Thesaurus, switches: Switches) -> None:
        self._names = names
        self._lexicon = lexicon
        self._thesaurus = thesaurus
        self._switches = switches
        self._most_surfaces = MAX_PREFIX_TERMS
        self._spans = SpanFinder(names, thesaurus, exact=switches.exact)
        self._drugs = DrugNeeds(names, lexicon, thesaurus)

    def plan(self, query: Query) -> Plan:
        terms = attach(query.terms, self._lexicon, self._names, self._thesaurus)
        self._most_surfaces = _share(terms)
        spans = self._spans.find(terms)
        drugs = [self._names.drug(span.key, span.typed) for span in spans if span.kind == "drug"]
        whole = () if any(term.kind == "prefix" for term in terms) else key_of_terms(terms)
        resolution = self._names.resolve([*drugs, *self._spans.quoted_names(terms)], whole)
        found = self._needs(terms, spans, drugs)
        if not found.required:
            found.required, found.optional = found.optional, []
        if found.is_topic:
            found.optional = []  # how it was asked must not order the answers
        others = {drug.ingredients for drug in drugs}
        if len(others) > 1 and not self._switches.exact and not resolution.together:
            typed = " and ".join(drug.typed for drug in drugs)
            found.hints.append(Hint(typed, term_key(typed), (KINDS.index("interactions"),)))
        monographs = frozenset(number for term in query.drugs for number in self._names.having(term.surfaces))
        return Plan(
            required=tuple(dict.fromkeys(found.required)),
            optional=tuple(dict.fromkeys(found.optional)),
            excluded=tuple(chain.from_iterable(self._excluded(term) for term in query.excluded)),
            monographs=monographs if query.drugs else None,
            names=resolution,
            sections=query.sections,
            notes=(*found.notes, *self._asked(terms, spans), *say.said_of_query(query, named=bool(monographs))),
            hints=tuple(found.hints),
            denied=not drugs and _denies(terms),
            plain=tuple(found.plain),
        )

    def _needs(self, terms: Sequence[Term], spans: Sequence[Span], drugs: Sequence[NamedDrug]) -> _Found:
        found = _Found()
        starts = {span.start: span for span in spans}
        of_drug = iter(drugs)
        index = 0
        while index < len(terms):
            span = starts.get(index)
            if span is None:
                self._plain(terms[index], found)
                index += 1
                continue
            if span.kind == "drug":
                self._drug(span, next(of_drug), drugs, found)
            elif span.kind == "intent":
                self._intent(span, found, together=len(drugs) > 1)
            else:
                self._term(span, found)
            index = span.end
        return found

    def _plain(self, term: Term, found: _Found) -> None:
        if term.kind == "prefix":
            need, note = _prefix(term, self._lexicon, self._most_surfaces)
            found.required.append(need)
            found.notes += [note] if note else []
            return
        need = Need(term.typed, self._ways(term))
        if term.kind == "word" and not term.quoted and term.surfaces[0] in function_words():
            found.optional.append(need)
            return
        found.required.append(need)
        found.plain += [] if term.quoted or term.corrected else [term]

    def _ways(self, term: Term) -> tuple[Alternative, ...]:
        """How a term that nothing is known of matches: in all its forms, but never as a form of a drug's name."""
        why = "spelling" if term.corrected else None
        if term.abbreviated and len(term.typed) >= MIN_PREFIX_LETTERS and not self._lexicon.has_word(term.surfaces[0]):
            surfaces, _ = self._lexicon.prefixed(term.surfaces[0], self._most_surfaces)
            return (Alternative("typed", AnyForm(surfaces)),)
        if term.kind == "word" and self._is_near_name(term.surfaces[0]):
            return (Alternative("typed", AnyForm(term.surfaces)),)
        if term.surfaces[0] == "non" and len(term.surfaces) > 1 and not term.quoted:
            return (
                Alternative("typed", Phrase(term.surfaces, term.positions)),
                Alternative("synonym", AllWords(term.surfaces[1:])),
            )
        return (Alternative("typed", Phrase(term.surfaces, term.positions), why),)

    def _is_near_name(self, word: str) -> bool:
        """Whether a word no page has would match a drug's name by stem; plurals apart (docs/safety-rules.md#rule-5)."""
        return (
            not self._lexicon.has_surface(word)
            and self._names.resembles(word)
            and not self._names.has_word(word.removesuffix("s"))
        )

    def _term(self, span: Span, found: _Found) -> None:
        meaning = span.meaning or Meaning("unit", (), ())
        meant = (*meaning.equals, *meaning.narrower)
        targets = [t for t in meant if all(map(self._lexicon.has_word, t.key))]
        note = say.synonym(span.key, span.typed, [t for t in meant if t in targets or t.preferred])
        if meant and self._switches.on(note):
            found.notes.append(note)
        else:
            targets = []
        others = [Alternative("synonym", words(t.key, t.guard), "synonym") for t in targets]
        typed = as_typed(span.key, corrected=span.corrected)
        found.required.append(Need(span.typed, (typed, *others, *scattered(span.key))))
        self._hint(span, found)

    def _intent(self, span: Span, found: _Found, *, together: bool) -> None:
        """Words of a question. Of drugs `together`, any section that names both may answer, whatever its kind."""
        meant = self._hint(span, found)
        typed = as_typed(span.key)
        if meant is not None and meant.role == "section" and not together:
            of_kind = Alternative("typed", SectionsOfKind(meant.kinds), "exact")
            found.required.append(Need(span.typed, (of_kind, typed)))
        elif meant is not None and meant.role in ("verb", "section"):
            found.optional.append(Need(span.typed, (typed,)))
        elif meant is not None and len(span.key) > 1:
            # One topic in other words ("miss a dose", "missed dose"): its words, wherever they stand.
            found.required.append(Need(span.typed, (Alternative("typed", AllWords(content(span.key))),)))
            found.is_topic = True
        else:
            found.required.append(Need(span.typed, (typed,)))

    def _hint(self, span: Span, found: _Found) -> Intent | None:
        """Raise the sections that the words mean, unless that is switched off."""
        if span.intent is None or say.note_id("section-hint", span.key) in self._switches.without:
            return None
        found.hints.append(Hint(span.typed, span.key, span.intent.kinds, span.intent.role == "verb"))
        return span.intent

    def _drug(self, span: Span, drug: NamedDrug, drugs: Sequence[NamedDrug], found: _Found) -> None:
        others, note = self._drugs.other_names(drug)
        if note is not None and self._switches.on(note):
            found.notes.append(note)
        else:
            others = []
        if (said := self._drugs.said_by_pages(drug)) is not None:
            found.notes.append(said)
        classes = [] if self._switches.exact else self._drugs.by_class(drug, drugs)
        alternatives = (as_typed(span.key), *others, *classes, *scattered(span.key))
        found.required.append(Need(span.typed, alternatives, names_drug=True))

    def _excluded(self, term: Term) -> Iterable[Matcher]:
        """A word or phrase with its true equivalents."""
        yield Phrase(term.surfaces, term.positions)
        if term.quoted or self._switches.exact:
            return
        meaning = self._thesaurus.meaning(term.surfaces, term.typed)
        yield from (words(target.key, target.guard) for target in (meaning.equals if meaning else ()))
        for naming in self._thesaurus.namings(term.surfaces):
            yield from (alternative.matcher for alternative in by_other_names(naming, term.surfaces, self._thesaurus))

    def _asked(self, terms: Sequence[Term], spans: Sequence[Span]) -> list[Note]:
        """What is ambiguous: the search asks, and searches what was typed meanwhile."""
        if self._switches.exact:
            return []
        inside = {n for span in spans if span.end - span.start > 1 for n in range(span.start, span.end)}
        runs = [(term.typed, term.surfaces) for n, term in enumerate(terms) if n not in inside and not term.quoted]
        if len(terms) > 1:
            runs.append((" ".join(term.typed for term in terms), key_of_terms(terms)))
        rows = ((typed, self._thesaurus.ambiguous(key, typed, whole=key == key_of_terms(terms))) for typed, key in runs)
        return [say.ambiguous(typed, row) for typed, row in rows if row is not None]


def _denies(terms: Sequence[Term]) -> bool:
    """Whether a query denies what it asks for: a negation stands before its last word."""
    return any(
        term.surfaces[0] in (*denials(), "non")
        for term in terms
        if not term.quoted and (term != terms[-1] or term.kind == "phrase")
    )


def _share(terms: Sequence[Term]) -> int:
    """How many surfaces each prefix of a query may stand for; a word with a full stop may be one as well."""
    prefixes = sum(term.kind == "prefix" or term.abbreviated for term in terms)
    return MAX_PREFIX_TERMS * FULL_PREFIXES // max(prefixes, FULL_PREFIXES)


def _prefix(term: Term, lexicon: Lexicon, most: int) -> tuple[Need, Note | None]:
    surfaces, total = lexicon.prefixed(term.surfaces[0], most)
    note = say.too_many(term.typed, term.surfaces[0], total, len(surfaces)) if total > len(surfaces) else None
    return Need(term.typed, (Alternative("typed", AnyForm(surfaces)),)), note
