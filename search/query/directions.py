"""Words that give a direction ("low", "raised") and words for what is measured ("calcium"): together one unit of a query.

Knows nothing of what is done with a unit.
"""

from functools import cache

from search.analysis import Key, term_key
from search.errors import VocabularyError
from search.tables import read_table


def is_directed(key: Key) -> bool:
    """Whether this is a direction and an analyte: "low potassium"."""
    directions, analytes = _direction_keys()
    return key[:1] in directions and key[1:] in analytes


def longest_directed() -> int:
    """The most words of such a unit."""
    return 1 + max(len(key) for key in _direction_keys()[1])


@cache
def _direction_keys() -> tuple[frozenset[Key], frozenset[Key]]:
    """Keys of directions and of analytes, as directions.tsv has them.

    Raises:
        VocabularyError: a row has an unknown role.
    """
    keys: dict[str, set[Key]] = {"direction": set(), "analyte": set()}
    for row in read_table("query/tables/directions.tsv", ("role", "word", "source")):
        if row["role"] not in keys:
            raise VocabularyError(f"unknown role {row['role']!r}; use direction or analyte", **row.at)
        keys[row["role"]].add(term_key(row["word"]))
    return frozenset(keys["direction"]), frozenset(keys["analyte"])
