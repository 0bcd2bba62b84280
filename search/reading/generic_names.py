"""Tells a generic name from an explanation that stands where the name should. Knows nothing of pages."""

import re
from functools import cache

from search.tables import read_table


def is_explanation(generic: str) -> bool:
    """Whether text under *Generic Name* explains ("varies by product", "see the ingredients") and names nothing."""
    return _explaining_words().search(generic.replace("’", "'")) is not None


@cache
def _explaining_words() -> re.Pattern[str]:
    rows = read_table("reading/tables/explaining_words.tsv", ("word", "source"))
    return re.compile(rf"\b(?:{'|'.join(re.escape(row['word']) for row in rows)})\b", re.IGNORECASE)
