"""Units of a query: a direction ("low", "raised") and what is measured ("calcium") belong together (docs/safety-rules.md#rule-1).

Knows nothing of what is done with a unit.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from search.analysis import Key, term_key
from search.errors import VocabularyError
from search.tables import read_table

ROLES: Final = ("direction", "analyte", "lowered", "raised")


def is_unit(key: Key) -> bool:
    """Whether this is a direction and an analyte: "low potassium"."""
    keys = _keys_of_units()
    return key[:1] in keys["direction"] and key[1:] in keys["analyte"]


def is_analyte(key: Key) -> bool:
    """Whether this is something that is measured: "blood sugar"."""
    return key in _keys_of_units()["analyte"]


def is_lowered_on_purpose(key: Key) -> bool:
    """Whether drugs are given to lower what is measured: who asks what lowers cholesterol asks for a treatment."""
    return key in _keys_of_units()["lowered"]


def is_to_be_raised(word: str) -> bool:
    """Whether this is a state in which blood pressure is too low: who asks what raises it in shock asks for a treatment."""
    return (word,) in _keys_of_units()["raised"]


def is_direction(word: str) -> bool:
    """Whether a unit may begin with this word."""
    return (word,) in _keys_of_units()["direction"]


@cache
def longest_unit() -> int:
    """The most words of such a unit."""
    return 1 + max(len(key) for key in _keys_of_units()["analyte"])


@cache
def _keys_of_units() -> Mapping[str, frozenset[Key]]:
    """Role → the keys that units.tsv has of it.

    Raises:
        VocabularyError: a row has an unknown role.
    """
    keys: dict[str, set[Key]] = {role: set() for role in ROLES}
    for row in read_table("query/tables/units.tsv", ("role", "word", "source")):
        if row["role"] not in keys:
            raise VocabularyError(f"unknown role {row['role']!r}; use one of {', '.join(ROLES)}", **row.at)
        keys[row["role"]].add(term_key(row["word"]))
    return MappingProxyType({role: frozenset(of_role) for role, of_role in keys.items()})
