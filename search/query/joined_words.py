"""Words that decide which words of a query belong together as typed: measures, words with a letter, joiners of ingredients.

Knows nothing of terms or names.
"""

from dataclasses import dataclass
from functools import cache

from search.errors import VocabularyError
from search.tables import read_table


@dataclass(frozen=True, slots=True)
class JoinedWords:
    """The words of joined_words.tsv by role.

    `measures`: joined to the number before them ("5 mg"). `lettered`: a single letter behind them is their name, even where it is
    a small "a" ("vitamin a"). `joiners`: may stand between the ingredients of a combination ("codeine and paracetamol").
    """

    measures: frozenset[str]
    lettered: frozenset[str]
    joiners: frozenset[str]


@cache
def joined_words() -> JoinedWords:
    """The words of the table.

    Raises:
        VocabularyError: a row names an unknown role.
    """
    words: dict[str, set[str]] = {"measure": set(), "lettered": set(), "joiner": set()}
    for row in read_table("query/tables/joined_words.tsv", ("word", "role", "source")):
        if row["role"] not in words:
            raise VocabularyError(f"unknown role {row['role']!r}; use one of {', '.join(words)}", **row.at)
        words[row["role"]].add(row["word"])
    return JoinedWords(frozenset(words["measure"]), frozenset(words["lettered"]), frozenset(words["joiner"]))
