"""Tells whether words say too little or too much of something: low, high, hypo-, hyper-.

Knows nothing of concepts; the words are those of `directions.tsv`.
"""

from dataclasses import dataclass
from functools import cache

from search.analysis import Key
from search.errors import VocabularyError
from search.tables import read_table

_SIGNS = {"low": -1, "high": 1}


@dataclass(frozen=True, slots=True)
class Directions:
    """The sign (−1 low, +1 high) of whole words, and of words that begin so."""

    words: dict[str, int]
    starts: dict[str, int]


@cache
def directions() -> Directions:
    """The words of directions.tsv.

    Raises:
        VocabularyError: a row names an unknown direction or place.
    """
    signs: dict[str, dict[str, int]] = {"word": {}, "start": {}}
    for row in read_table("vocabulary/tables/directions.tsv", ("where", "word", "direction", "source")):
        if row["direction"] not in _SIGNS:
            raise VocabularyError(f"unknown direction {row['direction']!r}; use low or high", **row.at)
        if row["where"] not in signs:
            raise VocabularyError(f"unknown place {row['where']!r}; use word or start", **row.at)
        signs[row["where"]][row["word"]] = _SIGNS[row["direction"]]
    return Directions(signs["word"], signs["start"])


def direction_of(key: Key) -> int:
    """−1 for a name that says "hypo…" or "low …", +1 for "hyper…" or "high …", 0 for neither; the first such word decides."""
    known = directions()
    for word in key:
        sign = known.words.get(word, 0) or next(
            (sign for start, sign in known.starts.items() if word.startswith(start)), 0
        )
        if sign:
            return sign
    return 0
