"""Route, frequency, strength, salt and release beside a drug: no needs, but what its page says of them comes first.

"methotrexate od": the page says "once a week, never daily" (docs/safety-rules.md#rule-22). Table: tables/asides.tsv. Knows nothing
of names or pages.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from search.analysis import Key, function_words, term_key
from search.errors import VocabularyError
from search.query.entities import Entity
from search.query.joined_words import joined_words
from search.query.parser import Term
from search.query.plan import Alternative, Need, unit_phrase
from search.tables import Row, read_table

KINDS: Final = ("route", "frequency", "release", "salt", "age")
_OF_KIND: Final = "…"
_STRENGTH: Final = re.compile(r"\d+(?:[.,]\d+)?")
_NO_STRENGTH: Final = frozenset(
    ("day", "days", "hour", "hours", "week", "weeks", "month", "months", "year", "years", "minute", "minutes", "times")
)


@dataclass(frozen=True, slots=True)
class Aside:
    """What a term says of how a drug is given; `kind` is a kind of the table, or "strength". `means`: words that say the same."""

    typed: str
    kind: str
    means: tuple[str, ...] = ()


def aside_of(terms: Sequence[Term], *, alone: bool) -> Aside | None:
    """What some terms in a row say of how a drug is given, if they do as a whole.

    Words such as "it" do in capitals, or where they stand `alone` beside a name ("vincristine it").
    """
    if any(term.quoted or term.kind == "prefix" for term in terms):
        return None
    typed = " ".join(term.typed for term in terms)
    key = tuple(surface for term in terms for surface in term.surfaces)
    if len(key) == 2 and _STRENGTH.fullmatch(key[0]) and key[1] in joined_words().measures - _NO_STRENGTH:
        return Aside(typed, "strength")
    if len(key) == 1 and key[0] in function_words() and not (typed.isupper() or alone):
        return None
    found = _table().get(key)
    return Aside(typed, *found) if found else None


def is_salt(word: str) -> bool:
    """Whether a word is a salt's name cut short, as after the name of a drug: "metoprolol succ"."""
    found = _table().get((word,))
    return found is not None and found[0] == "salt"


def age_of(typed: str, whom: str) -> Aside:
    """The age of a child or a baby ("8 year old"), as what is said of to whom a drug is given."""
    return Aside(typed, *_table()[term_key(whom)])


def asides_in(terms: Sequence[Term], entities: Sequence[Entity]) -> dict[int, Aside]:
    """Terms (by their place) that say how a drug is given: outside of names, classes and findings, the longest from the left."""
    known = (
        entity for entity in entities if entity.kind != "intent" and not (_is_abbreviation(entity) or _is_age(entity))
    )
    taken = {n for entity in known for n in range(entity.start, entity.end)}
    alone = len(terms) - len(taken) == 1
    found: dict[int, Aside] = {}
    for start in range(len(terms)):
        for end in range(min(len(terms), start + longest_aside()), start, -1):
            places = range(start, end)
            aside = None if taken.intersection(places) or start in found else aside_of(terms[start:end], alone=alone)
            if aside is not None:
                found.update(dict.fromkeys(places, aside))
                break
    return found


def _is_abbreviation(entity: Entity) -> bool:
    """Whether letters stand for words of no drug or class: beside a drug, IM is a route before it is "intramuscular" anywhere."""
    return entity.kind == "term" and entity.meaning is not None and entity.meaning.kind == "abbreviation"


def _is_age(entity: Entity) -> bool:
    """Whether a finding says how old somebody is: beside a drug, pages restrict it by age."""
    found = _table().get(entity.key)
    return found is not None and found[0] == "age"


def need_of(asides: Sequence[Aside]) -> Need | None:
    """The need of all that was said of how a drug is given; None where nothing was.

    Sentences that restrict it, or have the strength that was typed, meet the need best, then those that say the same, then those
    that speak of it at all.
    """
    if not asides:
        return None
    kinds = tuple(dict.fromkeys(aside.kind for aside in asides if aside.kind in KINDS))
    restricts = [text for kind in kinds for text in _sentences()[kind, "restricts"]]
    speaks = [text for aside in asides for text in aside.means]
    speaks += [text for kind in kinds for text in _sentences()[kind, "speaks"]]
    named = (aside.typed for aside in asides if aside.kind != "age")  # no page speaks of "8 year old"
    typed = [text for text in named if text.lower() not in function_words()]  # "it" stands everywhere
    alternatives = [
        *(Alternative("typed", unit_phrase(term_key(text)), "exact") for text in dict.fromkeys((*typed, *restricts))),
        *(Alternative("synonym", unit_phrase(term_key(text)), "synonym") for text in dict.fromkeys(speaks)),
    ]
    return Need(" ".join(aside.typed for aside in asides), tuple(alternatives), "aside")


@cache
def longest_aside() -> int:
    """The most words that say how a drug is given."""
    return max(map(len, _table()))


@cache
def _table() -> Mapping[Key, tuple[str, tuple[str, ...]]]:
    """Words → what they say of a drug: kind, and words that say the same."""
    return MappingProxyType(
        {term_key(row["typed"]): (row["kind"], row.list("means")) for row in _rows() if row["typed"] != _OF_KIND}
    )


@cache
def _sentences() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Kind, and "speaks" or "restricts" → words of sentences that do."""
    found: dict[tuple[str, str], tuple[str, ...]] = {
        (kind, what): () for kind in KINDS for what in ("speaks", "restricts")
    }
    for row in _rows():
        if row["typed"] == _OF_KIND:
            what, _, words = row["means"].partition(":")
            found[row["kind"], what] = tuple(text.strip() for text in words.split(";"))
    return MappingProxyType(found)


def _rows() -> Iterator[Row]:
    for row in read_table("query/tables/asides.tsv", ("typed", "kind", "means", "source")):
        if row["kind"] not in KINDS:
            raise VocabularyError(f"unknown kind {row['kind']!r}; use one of {', '.join(KINDS)}", **row.at)
        yield row
