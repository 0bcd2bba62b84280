"""What is known in a query, the longest surface first: names of drugs, terms with synonyms, words of questions, units.

Knows nothing of what becomes of an entity; that is the planner's.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from search.analysis import Key, denials, function_words, stem
from search.model import EXCERPT_ROLES, ExcerptRole
from search.query.drug_names import NameTable
from search.query.intents import Intent, intent, longest_from, moving_verbs
from search.query.named import NamedDrug
from search.query.parser import Term
from search.query.units import is_analyte, is_direction, is_lowered_on_purpose, is_to_be_raised, is_unit, longest_unit
from search.vocabulary import Meaning, Thesaurus, direction_of
from search.vocabulary import Term as DrugClass

_LESS: Final = ("least", "less")
"""Before "sedating antihistamine" they ask for the opposite of that class, as a negation does."""

_NON: Final = ("non",)
"""A negation that is part of a name as well."""

_REACH: Final = 2
"""Words that a negation reaches over: "doesn't cause drowsiness antihistamine"."""

EntityKind = Literal["drug", "class", "term", "intent", "unit"]


@dataclass(frozen=True, slots=True)
class Entity:
    """A run of terms that is one known thing: a drug's name, a class, a term with synonyms, the words of an intent, or just a unit.

    `start`, `end`: half-open range of the terms of the query. `asked`: the role of statements that its words ask for.
    """

    start: int
    end: int
    key: Key
    typed: str
    kind: EntityKind
    meaning: Meaning | None = None
    intent: Intent | None = None
    corrected: bool = False
    drug_class: DrugClass | None = None
    asked: ExcerptRole | None = None


class EntityFinder:
    """Finds entities in the terms of a query.

    Args:
        names: the names of the index's monographs.
        thesaurus: the vocabulary.
        exact: only names and units, as nothing else is to be searched.
    """

    def __init__(self, names: NameTable, thesaurus: Thesaurus, *, exact: bool) -> None:
        self._names = names
        self._thesaurus = thesaurus
        self._exact = exact

    def find(self, terms: Sequence[Term]) -> list[Entity]:
        """What is known in a query, the longest first from the left, none inside another."""
        entities: list[Entity] = []
        start = 0
        while start < len(terms):
            ends = range(min(len(terms), start + self._reach(terms[start])), start, -1)
            candidates = (self._entity(terms, start, end) for end in ends)
            longest = next((entity for entity in candidates if entity is not None), None)
            start = longest.end if longest else start + 1
            entities += [longest] if longest else []
        return entities

    def _reach(self, first: Term) -> int:
        """How many terms what is known and begins with this one may have; at least 1."""
        if not first.surfaces:
            return 1
        word = first.surfaces[0]
        stemmed = stem(word)
        moved = longest_from(stemmed) + longest_unit() if stemmed in moving_verbs() else 0
        unit = longest_unit() if is_direction(word) else 0
        known = self._names.longest_from(word), self._thesaurus.longest_from(word), longest_from(stemmed)
        return max(1, *known, unit, moved)

    def _entity(self, terms: Sequence[Term], start: int, end: int) -> Entity | None:
        """What a run of terms is as a whole, if it is known."""
        inside = terms[start:end]
        if any(term.kind == "prefix" or term.quoted for term in inside):
            return None
        key = key_of_terms(inside)
        typed = " ".join(term.typed for term in inside)
        if key in self._names and not function_words().issuperset(key):
            return Entity(start, end, key, typed, "drug")
        if self._exact:
            return Entity(start, end, key, typed, "unit") if is_unit(key) else None
        return (
            self._moved(terms, start, end)
            or self._known(terms, Entity(start, end, key, typed, "term"))
            or _asked(terms, start, end)
            or (Entity(start, end, key, typed, "unit") if is_unit(key) else None)
        )

    def _known(self, terms: Sequence[Term], term: Entity) -> Entity | None:
        """A term of the vocabulary, a class perhaps; "not drowsy antihistamine" asks for no sedating antihistamine."""
        meaning = self._thesaurus.meaning(term.key, term.typed)
        if meaning is None:
            return None
        term = replace(term, meaning=meaning, intent=intent(term.key))
        known = self._thesaurus.class_typed(term.key, term.typed)
        before = [term.surfaces[-1] for term in terms[max(0, term.start - _REACH) : term.start]]
        if known is not None and term.end - term.start > 1 and not {*denials(), *_LESS, *_NON}.isdisjoint(before):
            return None
        corrected = any(part.corrected for part in terms[term.start : term.end])
        return replace(term, kind="class" if known else "term", corrected=corrected, drug_class=known)

    def _moved(self, terms: Sequence[Term], start: int, end: int) -> Entity | None:
        """What is measured, behind a word for raising or lowering it: "raise potassium" asks for what causes high potassium.

        Beside a state in which it is too low, what treats that is asked for: "raise blood pressure in shock".
        """
        first = terms[start].surfaces[:1]
        if end - start == 1 or not first or first[0].endswith("ed") or stem(first[0]) not in moving_verbs():
            return None
        key = key_of_terms(terms[start:end])
        for verb, analyte in _verbs_with_rest(key):
            if verb is None or verb.asks not in ("raises", "lowers") or not is_analyte(analyte):
                continue
            asked: ExcerptRole = "causes"
            direction = "high" if verb.asks == "raises" else "low"
            if verb.asks == "lowers" and is_lowered_on_purpose(analyte):
                asked, direction = "treats", "high"
            elif verb.asks == "raises" and "pressure" in key and any(map(is_to_be_raised, _others(terms, start, end))):
                asked, direction = "treats", "low"
            typed = " ".join(term.typed for term in terms[start:end])
            unit = (direction, *analyte)
            meaning = self._thesaurus.meaning(unit, typed)
            return Entity(start, end, unit, typed, "term", meaning, verb, asked=asked)
        return None

    def quoted_names(self, terms: Sequence[Term]) -> Iterator[NamedDrug]:
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


def _asked(terms: Sequence[Term], start: int, end: int) -> Entity | None:
    """The words of a question; those for raising or lowering alone only beside what is too low or too high."""
    key = key_of_terms(terms[start:end])
    asked = intent(key)
    if asked is None:
        return None
    typed = " ".join(term.typed for term in terms[start:end])
    if asked.asks in ("raises", "lowers"):
        wanted = -1 if asked.asks == "raises" else 1  # "low potassium what raises it" asks for what treats it
        sets_right = any(direction_of((word,)) == wanted for word in _others(terms, start, end))
        return Entity(start, end, key, typed, "intent", intent=asked, asked="treats") if sets_right else None
    is_topic = asked.role == "topic" and len(key) > 1
    if not is_topic and end - start == len(terms):
        return None
    role: ExcerptRole | None = (
        "treats" if asked.asks == "undoes" else asked.asks if asked.asks in EXCERPT_ROLES else None
    )
    return Entity(start, end, key, typed, "intent", intent=asked, asked=role)


def _verbs_with_rest(key: Key) -> Iterator[tuple[Intent | None, Key]]:
    """What the words before the last ones ask for, with those; a particle may stand behind: "push prolactin up"."""
    for words in range(1, len(key)):
        yield intent(key[:words]), key[words:]
    yield intent((key[0], key[-1])), key[1:-1]


def _others(terms: Sequence[Term], start: int, end: int) -> Key:
    """The words of a query around a run of its terms."""
    return key_of_terms((*terms[:start], *terms[end:]))


def key_of_terms(terms: Iterable[Term]) -> Key:
    """The surfaces of terms in a row."""
    return tuple(surface for term in terms for surface in term.surfaces)
