"""What is known in a query, the longest surface first: names of drugs, terms with synonyms, words of questions, units.

Knows nothing of what becomes of an entity; that is the planner's.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from search.analysis import Key, denials, function_words
from search.model import EXCERPT_ROLES, ExcerptRole
from search.query.drug_names import NameTable
from search.query.intents import Intent, intent, longest_intent
from search.query.named import NamedDrug
from search.query.parser import Term
from search.query.units import is_analyte, is_lowered_on_purpose, is_unit, longest_unit
from search.vocabulary import Meaning, Thesaurus
from search.vocabulary import Term as DrugClass

_LESS: Final = ("least", "less")
"""Before "sedating antihistamine" they ask for the opposite of that class, as a negation does."""

_CONTRACTED: Final = ("dont", "doesnt", "wont", "isnt", "arent", "non")
"""Negations as the words of a query have them, beside those that pages have."""

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
        self._longest = max(names.longest, thesaurus.longest, longest_unit(), longest_intent())

    def find(self, terms: Sequence[Term]) -> list[Entity]:
        """What is known in a query, the longest first from the left, none inside another."""
        entities: list[Entity] = []
        start = 0
        while start < len(terms):
            ends = range(min(len(terms), start + self._longest), start, -1)
            candidates = (self._entity(terms, start, end) for end in ends)
            longest = next((entity for entity in candidates if entity is not None), None)
            start = longest.end if longest else start + 1
            entities += [longest] if longest else []
        return entities

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
        meaning = self._thesaurus.meaning(key, typed)
        if meaning is not None:
            return self._known(terms, Entity(start, end, key, typed, "term", meaning, intent(key)))
        asked = intent(key)
        is_topic = asked is not None and asked.role == "topic" and len(key) > 1
        if asked is not None and asked.asks not in ("raises", "lowers") and (is_topic or len(inside) < len(terms)):
            role: ExcerptRole | None = (
                "treats" if asked.asks == "undoes" else asked.asks if asked.asks in EXCERPT_ROLES else None
            )
            return Entity(start, end, key, typed, "intent", intent=asked, asked=role)
        return Entity(start, end, key, typed, "unit") if is_unit(key) else self._moved(start, end, key, typed)

    def _known(self, terms: Sequence[Term], term: Entity) -> Entity | None:
        """A term of the vocabulary, a class perhaps; "not drowsy antihistamine" asks for no sedating antihistamine."""
        known = self._thesaurus.class_typed(term.key, term.typed)
        before = [term.surfaces[-1] for term in terms[max(0, term.start - _REACH) : term.start]]
        if (
            known is not None
            and term.end - term.start > 1
            and not {*denials(), *_LESS, *_CONTRACTED}.isdisjoint(before)
        ):
            return None
        corrected = any(part.corrected for part in terms[term.start : term.end])
        return replace(term, kind="class" if known else "term", corrected=corrected, drug_class=known)

    def _moved(self, start: int, end: int, key: Key, typed: str) -> Entity | None:
        """What is measured, behind a word for raising or lowering it: "raise potassium" asks for what causes high potassium."""
        for words in range(1, len(key)):
            verb = intent(key[:words])
            if verb is None or verb.asks not in ("raises", "lowers") or not is_analyte(key[words:]):
                continue
            asked: ExcerptRole = "causes"
            direction = "high" if verb.asks == "raises" else "low"
            if verb.asks == "lowers" and is_lowered_on_purpose(key[words:]):
                asked, direction = "treats", "high"
            unit = (direction, *key[words:])
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


def key_of_terms(terms: Iterable[Term]) -> Key:
    """The surfaces of terms in a row."""
    return tuple(surface for term in terms for surface in term.surfaces)
