"""A word beside a finding may make another thing of it; a word for how bad it is does not."""

import pytest

from search import SearchEngine, SearchRequest
from tests.support.builders import engine_over, monograph


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    """Pages on cancers of two organs, on headache, and one that has the words apart."""
    return engine_over(
        tmp_path_factory.mktemp("index"),
        monograph("Aetol", ("serious-side-effects", "Rare", "Spleen cancer.")),
        monograph("Betol", ("serious-side-effects", "Rare", "Breast cancer. Rupture of the spleen.")),
        monograph("Cetol", ("side-effects", "Side Effects", "Severe headache.")),
        monograph("Detol", ("side-effects", "Side Effects", "Headache.")),
    )


def _titles(engine: SearchEngine, query: str) -> list[str]:
    return [item.title for item in engine.search(SearchRequest(query)).items]


def test_the_two_words_are_one_thing(engine: SearchEngine) -> None:
    """Where pages have them side by side; words apart are no spleen cancer."""
    assert _titles(engine, "spleen cancer") == ["Aetol"]


def test_how_bad_it_is_makes_nothing_else_of_it(engine: SearchEngine) -> None:
    """Pages that say it without follow."""
    assert _titles(engine, "severe headache") == ["Cetol", "Detol"]


def test_words_that_no_page_has_side_by_side_are_two(engine: SearchEngine) -> None:
    """They are looked for apart."""
    assert _titles(engine, "spleen headache") != []
