"""What is known in a query, the longest surface first: names of drugs, terms with synonyms, words of questions, units.

Knows nothing of what becomes of an entity; that is the planner's.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from search.analysis import Key, function_words
from search.query.drug_names import NamedDrug, NameTable
from search.query.intents import Intent, intent, longest_intent
from search.query.parser import Term
from search.query.units import is_unit, longest_unit
from search.vocabulary import Meaning, Thesaurus


@dataclass(frozen=True, slots=True)
class Entity:
    """A run of terms that is one known thing: a drug's name, a term with synonyms, the words of an intent, or just a unit.

    `start`, `end`: half-open range of the terms of the query.
    """

    start: int
    end: int
    key: Key
    typed: str
    kind: Literal["drug", "term", "intent", "unit"]
    meaning: Meaning | None = None
    intent: Intent | None = None
    corrected: bool = False


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
        meaning = None if self._exact else self._thesaurus.meaning(key, typed)
        if meaning is not None:
            corrected = any(term.corrected for term in inside)
            return Entity(start, end, key, typed, "term", meaning, intent(key), corrected)
        asked = None if self._exact else intent(key)
        if asked is not None and len(inside) < len(terms):
            return Entity(start, end, key, typed, "intent", intent=asked)
        return Entity(start, end, key, typed, "unit") if is_unit(key) else None

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
