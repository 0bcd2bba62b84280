"""Every class that the tables know, by each of its names: typed, it is answered by the pages of its members (docs/safety-rules.md#rule-23)."""

from collections.abc import Callable
from itertools import takewhile

import pytest

from search import SearchEngine, SearchRequest
from search.engine.engine import thesaurus
from search.vocabulary.concepts import Term

CLASSES = [term for term in thesaurus(None).vocabulary.terms if term.kind == "class"]


def pages_of(engine: SearchEngine, term: Term) -> set[str]:
    """Titles of pages about one drug that the table names as a member of a class itself."""
    members = {name.casefold() for name in term.members}
    return {item.title for item in engine.listing() if item.title.casefold() in members}


@pytest.mark.parametrize("term", CLASSES, ids=[term.name for term in CLASSES])
def test_a_class_is_answered_by_its_members(engine_of: Callable[[str], SearchEngine], term: Term) -> None:
    """Of the classes with a page, none is without results, by whichever name: all members with a page stand before all other pages."""
    engine = engine_of("starter")
    pages = pages_of(engine, term)
    for name in (term.name, *term.also) if pages else ():
        first = takewhile(lambda hit: hit.member_of, engine.all_hits(SearchRequest(name)))
        shown = {hit.title for hit in first if term.name in hit.member_of}
        assert pages <= shown, (name, shown)


@pytest.mark.parametrize("typed", ["DOAC", "NOAC", "SGLT2", "SNRI", "PPI", "ace inh", "beta bl", "benzod"])
def test_what_is_offered_as_a_class_has_results(engine_of: Callable[[str], SearchEngine], typed: str) -> None:
    """While a class is being typed it is offered; taking the offer finds pages of its members."""
    engine = engine_of("starter")
    offered = [suggestion.text for suggestion in engine.suggest(typed) if suggestion.kind == "class"]
    assert offered
    for text in offered:
        assert engine.search(SearchRequest(text)).items[0].member_of, text
