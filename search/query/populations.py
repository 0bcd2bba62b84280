"""Words for whom something is asked of ("in children", "for older people"): pages often answer without them.

Table: tables/populations.tsv. Pregnancy and breastfeeding are none: there the answer is another. Knows nothing of needs or pages.
"""

from functools import cache

from search.analysis import Key, stem, term_key
from search.tables import read_table


def is_population(key: Key) -> bool:
    """Whether words name people by their age or sex."""
    return tuple(map(stem, key)) in _populations()


@cache
def _populations() -> frozenset[Key]:
    rows = read_table("query/tables/populations.tsv", ("words", "source"))
    return frozenset(tuple(map(stem, term_key(row["words"]))) for row in rows)
