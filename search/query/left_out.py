"""Classes of drugs that a query names to have others than their drugs: "painkiller, no NSAID", "antibiotic for UTI, sulfa allergy".

Words: tables/left_out.tsv. Knows nothing of pages, needs or the wording of notes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from search.analysis import Key, term_key
from search.errors import VocabularyError
from search.query.entities import Entity
from search.query.parser import Term
from search.tables import read_table
from search.vocabulary import Thesaurus

_COLUMNS: Final = ("words", "place", "asks", "source")
_PLACES: Final = ("before", "after")
_ASKS: Final = ("others", "allergy")
_ARTICLES: Final = frozenset(("a", "an", "any", "the"))
_GO_ON: Final = frozenset(("in", "with", "if", "for", "during", "when", "while", "and"))
"""Behind a negated class they begin what it is warned of: "no NSAIDs in kidney failure" asks for no other drugs."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A class that is named to have others: its entity, and the half-open range of the words that say so."""

    entity: Entity
    start: int
    end: int


def left_out(terms: Sequence[Term], entities: Sequence[Entity], thesaurus: Thesaurus) -> LeftOut | None:
    """The class whose drugs are not wanted; None where there is none, or a drug is named that may be asked about beside it.

    What is wanted must be said: a class that is broader or apart ("painkiller"), or, in an allergy, a finding to be treated.
    """
    if any(entity.kind == "drug" for entity in entities):
        return None
    for entity in entities:
        if entity.kind != "class" or entity.drug_class is None:
            continue
        for asks, start, end in _said_beside(terms, entity):
            rest = [other for other in entities if other.end <= start or other.start >= end]
            if _is_wanted(asks, entity, rest, terms[end:], thesaurus):
                return LeftOut(entity, start, end)
    return None


def _said_beside(terms: Sequence[Term], entity: Entity) -> list[tuple[str, int, int]]:
    """What the words beside a class ask for, and the range of these words with the class."""
    found = []
    article = entity.start > 0 and terms[entity.start - 1].surfaces[0] in _ARTICLES
    first = entity.start - article
    for length in (2, 3, 1):
        before = _key(terms, first - length, first)
        after = _key(terms, entity.end, entity.end + length)
        found += [(_words()["before", before], first - length, entity.end)] if ("before", before) in _words() else []
        found += [(_words()["after", after], entity.start, entity.end + length)] if ("after", after) in _words() else []
    return found


def _key(terms: Sequence[Term], start: int, end: int) -> Key:
    if start < 0 or end > len(terms) or any(term.quoted for term in terms[start:end]):
        return ()
    return tuple(surface for term in terms[start:end] for surface in term.surfaces)


def _is_wanted(
    asks: str, unwanted: Entity, rest: Sequence[Entity], behind: Sequence[Term], thesaurus: Thesaurus
) -> bool:
    """Whether something else is asked for than the class that is not wanted."""
    goes_on = bool(behind) and behind[0].surfaces[0] in _GO_ON
    others = [one for one in rest if one.kind == "class" and one.drug_class is not None]
    if asks == "others":
        return bool(others) or (not goes_on and any(one.kind == "term" and one.end <= unwanted.start for one in rest))
    members = thesaurus.members(unwanted.drug_class) if unwanted.drug_class else frozenset[str]()
    broader = any(one.drug_class and members < thesaurus.members(one.drug_class) for one in others)
    return broader or (not others and any(one.kind == "term" for one in rest))


@cache
def _words() -> Mapping[tuple[str, Key], str]:
    """Place and words → what they ask for.

    Raises:
        VocabularyError: a row has an unknown place or question.
    """
    words: dict[tuple[str, Key], str] = {}
    for row in read_table("query/tables/left_out.tsv", _COLUMNS):
        if row["place"] not in _PLACES or row["asks"] not in _ASKS:
            raise VocabularyError(f"use one of {', '.join(_PLACES)} and one of {', '.join(_ASKS)}", **row.at)
        words[row["place"], term_key(row["words"])] = row["asks"]
    return MappingProxyType(words)
