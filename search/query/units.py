"""Units of a query: a direction ("low", "raised") and what is measured ("calcium") belong together (docs/safety-rules.md#rule-1).

Knows nothing of what is done with a unit.
"""

from functools import cache

from search.analysis import Key, term_key
from search.errors import VocabularyError
from search.tables import read_table


def is_unit(key: Key) -> bool:
    """Whether this is a direction and an analyte: "low potassium"."""
    directions, analytes, _ = _keys_of_units()
    return key[:1] in directions and key[1:] in analytes


def is_analyte(key: Key) -> bool:
    """Whether this is something that is measured: "blood sugar"."""
    return key in _keys_of_units()[1]


def is_lowered_on_purpose(key: Key) -> bool:
    """Whether drugs are given to lower what is measured: who asks what lowers cholesterol asks for a treatment."""
    return key in _keys_of_units()[2]


@cache
def longest_unit() -> int:
    """The most words of such a unit."""
    return 1 + max(len(key) for key in _keys_of_units()[1])


@cache
def _keys_of_units() -> tuple[frozenset[Key], frozenset[Key], frozenset[Key]]:
    """Keys of directions, of analytes, and of those that are lowered on purpose, as units.tsv has them.

    Raises:
        VocabularyError: a row has an unknown role.
    """
    keys: dict[str, set[Key]] = {"direction": set(), "analyte": set(), "lowered": set()}
    for row in read_table("query/tables/units.tsv", ("role", "word", "source")):
        if row["role"] not in keys:
            raise VocabularyError(f"unknown role {row['role']!r}; use direction, analyte or lowered", **row.at)
        keys[row["role"]].add(term_key(row["word"]))
    return frozenset(keys["direction"]), frozenset(keys["analyte"]), frozenset(keys["lowered"])
