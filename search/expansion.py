"""A `Query`, and what is known of names, terms and questions → a `Plan`: what must match, at which tier, and what is said of it.

Longest known surface first, over analysed words; so it needs no re-index, and can be explained. Knows nothing of scores.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import Final, Literal, Protocol

from search import notes as say
from search.analysis import Key, key_of
from search.intents import Intent, intent
from search.intents import longest as longest_intent
from search.model import KINDS, Note
from search.names import NamedDrug, NameTable
from search.plan import (
    AllOf,
    AllWords,
    Alternative,
    AnySurface,
    Hint,
    Matcher,
    Need,
    OfKind,
    OnPages,
    Plan,
    Words,
    words,
)
from search.query import MIN_PREFIX_LETTERS, Query, Term
from search.thesaurus import Meaning, Naming, Thesaurus
from search.vocabulary.words import denials, function_words, polarity

MAX_PREFIX_TERMS: Final = 64
"""Surfaces a prefix may stand for; beyond, the most frequent (DESIGN §7)."""


class Lexicon(Protocol):
    """What expansion asks of an index."""

    def has_surface(self, surface: str) -> bool:
        """Whether any page holds it."""

    def has_word(self, surface: str) -> bool:
        """Whether any page holds a form of it."""

    def prefixed(self, prefix: str, most: int) -> tuple[tuple[str, ...], int]:
        """The most frequent surfaces that are written so or fold to what is written so, and how many there are in all."""


@dataclass(frozen=True, slots=True)
class Switches:
    """What a request switches off: everything that was not typed (`exact`), or what some notes announce (`without`)."""

    exact: bool = False
    without: frozenset[str] = frozenset()

    def on(self, note: Note) -> bool:
        """Whether to do what a note says."""
        return not self.exact and note.id not in self.without


@dataclass(frozen=True, slots=True)
class Span:
    """A run of terms that is one known thing: a drug's name, a term with synonyms, the words of an intent, or just a unit."""

    start: int
    end: int
    key: Key
    typed: str
    kind: Literal["drug", "term", "intent", "unit"]
    meaning: Meaning | None = None
    intent: Intent | None = None
    corrected: bool = False


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
        self._longest = max(names.longest, thesaurus.longest, _longest_polarity(), longest_intent())

    def plan(self, query: Query) -> Plan:
        terms = _known_codes(query.terms, self._lexicon)
        spans = self._spans(terms)
        drugs = [self._names.drug(span.key, span.typed) for span in spans if span.kind == "drug"]
        whole = () if any(term.kind == "prefix" for term in terms) else _key(terms)
        resolution = self._names.resolve([*drugs, *self._quoted_names(terms)], whole)
        found = self._needs(terms, spans, drugs)
        if not found.required:
            found.required, found.optional = found.optional, []
        if found.is_topic:
            found.optional = []  # how it was asked must not order the answers
        others = {drug.ingredients for drug in drugs}
        if len(others) > 1 and not self._switches.exact and not resolution.together:
            typed = " and ".join(drug.typed for drug in drugs)
            found.hints.append(Hint(typed, key_of(typed), (KINDS.index("interactions"),)))
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

    def _spans(self, terms: Sequence[Term]) -> list[Span]:
        """What is known in a query, the longest first from the left, none inside another."""
        found: list[Span] = []
        start = 0
        while start < len(terms):
            spans = (self._span(terms, start, end) for end in range(min(len(terms), start + self._longest), start, -1))
            best = next((span for span in spans if span is not None), None)
            start = best.end if best else start + 1
            found += [best] if best else []
        return found

    def _span(self, terms: Sequence[Term], start: int, end: int) -> Span | None:
        inside = terms[start:end]
        if any(term.kind == "prefix" or term.quoted for term in inside):
            return None
        key = _key(inside)
        typed = " ".join(term.typed for term in inside)
        if key in self._names and not function_words().issuperset(key):
            return Span(start, end, key, typed, "drug")
        meaning = None if self._switches.exact else self._thesaurus.meaning(key, typed)
        if meaning is not None:
            return Span(start, end, key, typed, "term", meaning, intent(key), any(term.corrected for term in inside))
        meant = None if self._switches.exact else intent(key)
        if meant is not None and len(inside) < len(terms):
            return Span(start, end, key, typed, "intent", intent=meant)
        return Span(start, end, key, typed, "unit") if _is_polarity(key) else None

    def _quoted_names(self, terms: Sequence[Term]) -> Iterator[NamedDrug]:
        """Drugs that quoted words name: they order what is found, though in quotes they match as they are."""
        for term in terms:
            start = 0
            while term.quoted and start < len(term.surfaces):
                ends = range(min(len(term.surfaces), start + self._names.longest), start, -1)
                keys = (term.surfaces[start:end] for end in ends)
                key = next((k for k in keys if k in self._names and not function_words().issuperset(k)), None)
                if key is not None:
                    yield self._names.drug(key, " ".join(key))
                start += len(key) if key else 1

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
            need, note = _prefix(term, self._lexicon)
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
            surfaces, _ = self._lexicon.prefixed(term.surfaces[0], MAX_PREFIX_TERMS)
            return (Alternative("typed", AnySurface(surfaces)),)
        if term.kind == "word" and self._is_near_name(term.surfaces[0]):
            return (Alternative("typed", AnySurface(term.surfaces)),)
        if term.surfaces[0] == "non" and len(term.surfaces) > 1 and not term.quoted:
            return (
                Alternative("typed", Words(term.surfaces, term.positions)),
                Alternative("synonym", AllWords(term.surfaces[1:])),
            )
        return (Alternative("typed", Words(term.surfaces, term.positions), why),)

    def _is_near_name(self, word: str) -> bool:
        """Whether a word no page has would match a drug's name by its stem (STAFF, rule 5); a plural is no other word."""
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
        typed = _as_typed(span.key, corrected=span.corrected)
        found.required.append(Need(span.typed, (typed, *others, *_scattered(span.key))))
        self._hint(span, found)

    def _intent(self, span: Span, found: _Found, *, together: bool) -> None:
        """Words of a question. Of drugs `together`, any section that names both may answer, whatever its kind."""
        meant = self._hint(span, found)
        typed = _as_typed(span.key)
        if meant is not None and meant.role == "section" and not together:
            of_kind = Alternative("typed", OfKind(meant.kinds), "exact")
            found.required.append(Need(span.typed, (of_kind, typed)))
        elif meant is not None and meant.role in ("verb", "section"):
            found.optional.append(Need(span.typed, (typed,)))
        elif meant is not None and len(span.key) > 1:
            # One topic in other words ("miss a dose", "missed dose"): its words, wherever they stand.
            found.required.append(Need(span.typed, (Alternative("typed", AllWords(_content(span.key))),)))
            found.is_topic = True
        else:
            found.required.append(Need(span.typed, (typed,)))

    def _hint(self, span: Span, found: _Found) -> Intent | None:
        """Raise the sections that the words mean, unless that is switched off."""
        if span.intent is None or say.note_id("section-hint", span.key) in self._switches.without:
            return None
        found.hints.append(Hint(span.typed, span.key, span.intent.kinds))
        return span.intent

    def _drug(self, span: Span, drug: NamedDrug, drugs: Sequence[NamedDrug], found: _Found) -> None:
        others = [
            alternative
            for naming in drug.namings
            for alternative in _by_other_names(naming, span.key, self._thesaurus)
            if self._occurs(alternative.matcher)
        ]
        note = say.names(drug, [alternative.matcher for alternative in others])
        if note is not None and self._switches.on(note):
            found.notes.append(note)
        else:
            others = []
        if not drug.namings and (note := self._said_by_pages(drug)) is not None:
            found.notes.append(note)
        classes = [] if self._switches.exact else self._by_class(drug, drugs)
        alternatives = [_as_typed(span.key), *dict.fromkeys(others), *classes, *_scattered(span.key)]
        found.required.append(Need(span.typed, tuple(alternatives), names_drug=True))

    def _occurs(self, matcher: Matcher) -> bool:
        """Whether the words of another name are in this index at all."""
        if isinstance(matcher, AllOf):
            return all(any(map(self._occurs, part)) for part in matcher.parts)
        return isinstance(matcher, Words) and all(map(self._lexicon.has_word, matcher.surfaces))

    def _said_by_pages(self, drug: NamedDrug) -> Note | None:
        """Whose name it is, where only the pages themselves say so."""
        other = [name for name in drug.own if name.kind in ("brand", "alias")]
        if not other or len(other) < len(drug.own):
            return None
        titles = tuple(dict.fromkeys(self._names.title(name.monograph) for name in other))
        return say.page_name(drug, titles, other[0].kind, other[0].text, other[0].region)

    def _by_class(self, drug: NamedDrug, drugs: Sequence[NamedDrug]) -> list[Alternative]:
        """What the pages of the other drugs say of this one's class (STAFF, rule 3)."""
        others = [other for other in drugs if other.ingredients != drug.ingredients]
        pages = frozenset(number for other in others for number in (*other.pages, *other.holding))
        if not pages or len(drug.ingredients) != 1:
            return []
        terms = self._thesaurus.classes(next(iter(drug.ingredients)))
        keys = dict.fromkeys(key_of(name) for term in terms for name in term.names)
        return [
            Alternative("class", OnPages(words(key), pages), "class")
            for key in keys
            if all(map(self._lexicon.has_word, key))
        ]

    def _excluded(self, term: Term) -> Iterable[Matcher]:
        """A word or phrase with its true equivalents."""
        yield Words(term.surfaces, term.positions)
        if term.quoted or self._switches.exact:
            return
        meaning = self._thesaurus.meaning(term.surfaces, term.typed)
        yield from (words(target.key, target.guard) for target in (meaning.equals if meaning else ()))
        for naming in self._thesaurus.namings(term.surfaces):
            yield from (alternative.matcher for alternative in _by_other_names(naming, term.surfaces, self._thesaurus))

    def _asked(self, terms: Sequence[Term], spans: Sequence[Span]) -> list[Note]:
        """What is ambiguous: the search asks, and searches what was typed meanwhile."""
        if self._switches.exact:
            return []
        inside = {n for span in spans if span.end - span.start > 1 for n in range(span.start, span.end)}
        runs = [(term.typed, term.surfaces) for n, term in enumerate(terms) if n not in inside and not term.quoted]
        if len(terms) > 1:
            runs.append((" ".join(term.typed for term in terms), _key(terms)))
        rows = ((typed, self._thesaurus.ambiguous(key, typed, whole=key == _key(terms))) for typed, key in runs)
        return [say.ambiguous(typed, row) for typed, row in rows if row is not None]


def _as_typed(key: Key, *, corrected: bool = False) -> Alternative:
    return Alternative("typed", words(key), "spelling" if corrected else None)


def _scattered(key: Key) -> tuple[Alternative, ...]:
    """The words of a unit apart: after everything else, and labelled."""
    return (Alternative("scattered", AllWords(_content(key))),) if len(key) > 1 else ()


def _content(key: Key) -> Key:
    """The words of a unit that say what it is about."""
    return tuple(surface for surface in key if surface not in function_words()) or key


def _by_other_names(naming: Naming, key: Key, thesaurus: Thesaurus) -> list[Alternative]:
    """The same drug by its other names; a combination by all its ingredients, each by any of its names."""
    own = thesaurus.names_of(" + ".join(naming.ingredients))
    found = [Alternative("synonym", words(other), "synonym") for other in own if other != key]
    if len(naming.ingredients) > 1:
        parts = tuple(tuple(map(words, thesaurus.names_of(name))) for name in naming.ingredients)
        found.append(Alternative("synonym", AllOf(parts), "synonym"))
    return found


def _key(terms: Iterable[Term]) -> Key:
    return tuple(surface for term in terms for surface in term.surfaces)


def _known_codes(terms: tuple[Term, ...], lexicon: Lexicon) -> list[Term]:
    """A code typed with a space ("iron 65") means its words where no page holds the code."""
    known: list[Term] = []
    for term in terms:
        if term.parts and not lexicon.has_surface(term.surfaces[0]):
            known += [Term(part, "word", (part,)) for part in term.parts]
        else:
            known.append(term)
    return known


def _denies(terms: Sequence[Term]) -> bool:
    """Whether a query denies what it asks for: a negation stands before its last word."""
    return any(
        term.surfaces[0] in (*denials(), "non")
        for term in terms
        if not term.quoted and (term != terms[-1] or term.kind == "phrase")
    )


@cache
def _polarity_keys() -> tuple[frozenset[Key], frozenset[Key]]:
    directions, analytes = polarity()
    return frozenset(map(key_of, directions)), frozenset(map(key_of, analytes))


def _longest_polarity() -> int:
    return 1 + max(len(key) for key in _polarity_keys()[1])


def _is_polarity(key: Key) -> bool:
    directions, analytes = _polarity_keys()
    return key[:1] in directions and key[1:] in analytes


def _prefix(term: Term, lexicon: Lexicon) -> tuple[Need, Note | None]:
    surfaces, total = lexicon.prefixed(term.surfaces[0], MAX_PREFIX_TERMS)
    note = say.too_many(term.typed, term.surfaces[0], total, len(surfaces)) if total > len(surfaces) else None
    return Need(term.typed, (Alternative("typed", AnySurface(surfaces)),)), note
