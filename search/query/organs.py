"""States of an organ ("renal failure", "CKD", "eGFR") → the organ, by whose name pages warn ("Kidney: reduce the dose").

Knows nothing of drugs or of what is asked.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from search.analysis import Key, stem, term_key
from search.tables import read_table


def organ_of(key: Key) -> Key | None:
    """The organ whose state some words name; None where they name none."""
    return next((organ for word in map(stem, key) if (organ := _organs().get(word)) is not None), None)


@cache
def _organs() -> Mapping[str, Key]:
    rows = read_table("query/tables/organs.tsv", ("word", "organ", "source"))
    return MappingProxyType({stem(row["word"]): term_key(row["organ"]) for row in rows})
