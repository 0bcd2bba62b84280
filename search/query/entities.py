"""What is known in a query, the longest surface first: names of drugs, terms with synonyms, words of questions, units.

Knows nothing of what becomes of a span; that is `expansion`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from search.analysis import Key, function_words, polarity, term_key
from search.query.drug_names import NamedDrug, NameTable
from search.query.intents import Intent, intent
from search.query.intents import longest as longest_intent
from search.query.parser import Term
from search.vocabulary import Meaning, Thesaurus


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


class SpanFinder:
    """Finds spans in the terms of a query; `exact`: only names and units, as nothing else is to be searched."""

    def __init__(self, names: NameTable, thesaurus: Thesaurus, *, exact: bool) -> None:
        self._names = names
        self._thesaurus = thesaurus
        self._exact = exact
        self._longest = max(names.longest, thesaurus.longest, _longest_polarity(), longest_intent())

    def find(self, terms: Sequence[Term]) -> list[Span]:
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
        key = key_of_terms(inside)
        typed = " ".join(term.typed for term in inside)
        if key in self._names and not function_words().issuperset(key):
            return Span(start, end, key, typed, "drug")
        meaning = None if self._exact else self._thesaurus.meaning(key, typed)
        if meaning is not None:
            return Span(start, end, key, typed, "term", meaning, intent(key), any(term.corrected for term in inside))
        meant = None if self._exact else intent(key)
        if meant is not None and len(inside) < len(terms):
            return Span(start, end, key, typed, "intent", intent=meant)
        return Span(start, end, key, typed, "unit") if _is_polarity(key) else None

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


@cache
def _polarity_keys() -> tuple[frozenset[Key], frozenset[Key]]:
    directions, analytes = polarity()
    return frozenset(map(term_key, directions)), frozenset(map(term_key, analytes))


def _longest_polarity() -> int:
    return 1 + max(len(key) for key in _polarity_keys()[1])


def _is_polarity(key: Key) -> bool:
    directions, analytes = _polarity_keys()
    return key[:1] in directions and key[1:] in analytes
