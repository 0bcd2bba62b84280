"""A warning above every search is read by nobody: few names raise one (docs/safety-rules.md#rule-11)."""

from collections.abc import Callable
from typing import Final

from search import SearchEngine, SearchRequest
from search.engine.engine import thesaurus

MOST: Final = 0.1
"""The share of names that may raise the warning."""

STEP: Final = 4
"""Every fourth name is asked: a thousand."""


def test_at_most_one_name_in_ten_warns(engine_of: Callable[[str], SearchEngine]) -> None:
    """Of the verified names of drugs and brands, each asked alone over our own pages."""
    engine = engine_of("starter")
    names = sorted({" ".join(key) for key, _ in thesaurus(None).drug_names()})[::STEP]
    warned = [
        name for name in names if any(note.kind == "lookalike" for note in engine.search(SearchRequest(name)).notes)
    ]
    assert 0 < len(warned) <= MOST * len(names)
