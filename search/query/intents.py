"""What the words of a question say of the section that is meant: "side effects of", "how does … work", "is … safe in".

Offers and raises sections; never hides one. Knows nothing of drugs, postings or scores.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from search.analysis import Key, stem, term_key
from search.errors import VocabularyError
from search.model import KINDS
from search.tables import read_table

ROLES: Final = ("section", "verb", "topic")


@dataclass(frozen=True, slots=True)
class Intent:
    """What some words mean: the role of the words, and the numbers (in `KINDS`) of the section kinds, the likeliest first."""

    role: str
    kinds: tuple[int, ...]


def intent(key: Key) -> Intent | None:
    """The intent that words express, or None."""
    return intents().get(tuple(map(stem, key)))


def longest_intent() -> int:
    """The most words that express one intent."""
    return max(map(len, intents()))


@cache
def intents() -> Mapping[Key, Intent]:
    """Stems → intent, as intents.tsv has them.

    Raises:
        VocabularyError: a row has an unknown role or kind, or is a form of another.
    """
    by_stems: dict[Key, Intent] = {}
    for row in read_table("query/tables/intents.tsv", ("words", "role", "kinds", "source")):
        unknown = [kind for kind in row.list("kinds") if kind not in KINDS]
        if unknown or row["role"] not in ROLES:
            raise VocabularyError(f"unknown role or kind: {', '.join([row['role'], *unknown])}", **row.at)
        stems = tuple(map(stem, term_key(row["words"])))
        if stems in by_stems:
            raise VocabularyError(f"{row['words']!r} is a form of a line above", **row.at)
        by_stems[stems] = Intent(row["role"], tuple(map(KINDS.index, row.list("kinds"))))
    return MappingProxyType(by_stems)
