"""States of an organ ("renal failure", "CKD", "eGFR") → the organ, by whose name pages warn ("Kidney: reduce the dose").

Knows nothing of drugs or of what is asked.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from search.analysis import Key, stem, term_key
from search.tables import read_table


def organ_of(key: Key, *, of_care: bool) -> Key | None:
    """The organ, or what is measured, whose state some words name; None where they name none.

    Args:
        key: the words.
        of_care: whether no role is asked for, or warnings: a line on the kidney says nothing of what harms it.
    """
    return next((organ for word in map(stem, key) if (organ := _organs(of_care=of_care).get(word)) is not None), None)


@cache
def _organs(*, of_care: bool) -> Mapping[str, Key]:
    rows = read_table("query/tables/organs.tsv", ("word", "organ", "when", "source"))
    wanted = [row for row in rows if row["when"] == "always" or of_care]
    return MappingProxyType({stem(row["word"]): term_key(row["organ"]) for row in wanted})
