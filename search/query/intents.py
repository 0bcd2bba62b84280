"""What the words of a question ask: for which section, for statements of which role, or to compare drugs.

"side effects of", "drugs that cause", "avoid in", "safest": data, in tables/intents.tsv. Offers and raises sections; never hides
one. Knows nothing of drugs, postings or scores.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from search.analysis import Key, stem, term_key
from search.errors import VocabularyError
from search.model import KINDS
from search.query.patterns import written
from search.tables import Row, read_table

ROLES: Final = ("section", "verb", "topic", "filler")
ASKS: Final = ("causes", "treats", "warns", "denies", "compare", "safe", "undoes", "raises", "lowers")
COLUMNS: Final = ("words", "role", "kinds", "asks", "source")


@dataclass(frozen=True, slots=True)
class Intent:
    """What some words mean: the role of the words, and the numbers (in `KINDS`) of the section kinds, the likeliest first.

    `asks`: for statements of a role, for a comparison, or for what raises or lowers what is measured; one of `ASKS`.
    """

    role: str
    kinds: tuple[int, ...]
    asks: str | None = None


def intent(key: Key) -> Intent | None:
    """The intent that words express, or None."""
    return intents().get(tuple(map(stem, key)))


def longest_from(stemmed: str) -> int:
    """The most words that express one intent and begin with a word of this stem; 0 if none does."""
    return _longest_by_first().get(stemmed, 0)


@cache
def _longest_by_first() -> Mapping[str, int]:
    longest: dict[str, int] = {}
    for key in intents():
        longest[key[0]] = max(len(key), longest.get(key[0], 0))
    return MappingProxyType(longest)


@cache
def moving_verbs() -> frozenset[str]:
    """The stems with which words for raising or lowering begin."""
    return frozenset(key[0] for key, asked in intents().items() if asked.asks in ("raises", "lowers"))


@cache
def intents() -> Mapping[Key, Intent]:
    """Stems → intent, as intents.tsv has them.

    Raises:
        VocabularyError: a row has an unknown role, kind or question, a pattern that cannot be read, or words of another row.
    """
    by_stems: dict[Key, Intent] = {}
    sets: dict[str, tuple[str, ...]] = {}
    for row in read_table("query/tables/intents.tsv", COLUMNS):
        if row["role"] == "set":
            name, _, members = row["words"].partition("=")
            sets[name.strip()] = tuple(text.strip() for text in members.split("|"))
            continue
        meant = _intent(row)
        try:
            texts = list(written(row["words"], sets))
        except ValueError as error:
            raise VocabularyError(str(error), **row.at) from error
        for stems in {tuple(map(stem, term_key(text))) for text in texts}:
            if by_stems.setdefault(stems, meant) != meant:
                raise VocabularyError(f"{' '.join(stems)!r} is a form of a line above", **row.at)
    return MappingProxyType(by_stems)


def _intent(row: Row) -> Intent:
    unknown = [kind for kind in row.list("kinds") if kind not in KINDS]
    unknown += [row["role"]] if row["role"] not in ROLES else []
    asks = row.text("asks") or None
    if unknown or (asks is not None and asks not in ASKS):
        raise VocabularyError(f"unknown role, kind or question: {', '.join([*unknown, asks or '-'])}", **row.at)
    return Intent(row["role"], tuple(map(KINDS.index, row.list("kinds"))), asks)
