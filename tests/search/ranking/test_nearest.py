"""What is shown where not all that was asked is met: nothing of another drug, findings before words that say little."""

import pytest

from search import SearchEngine, SearchRequest
from tests.support.builders import engine_over, monograph


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    """Pages that have some of the words of the queries below."""
    pages = [monograph(f"Filler{n}", ("uses", "Usage", "Take it after meals.")) for n in range(30)]
    return engine_over(
        tmp_path_factory.mktemp("index"),
        monograph("Aetol", ("uses", "Usage", "Hiccups that will not go: stops them.")),
        monograph("Betol", ("uses", "Usage", "Intractable hiccups: stops them.")),
        monograph("Cetol", ("side-effects", "Side Effects", "Hiccups.")),
        monograph("Paracetamol", ("uses", "Usage", "Pain."), ("faqs", "I missed a dose. What now?", "Take the next.")),
        *pages,
    )


def _titles(engine: SearchEngine, query: str) -> list[str]:
    return [item.title for item in engine.search(SearchRequest(query)).items]


def test_other_pages_follow_where_few_answer(engine: SearchEngine) -> None:
    """They treat the same in other words; what has all words comes first."""
    assert _titles(engine, "treatment for intractable hiccups") == ["Betol", "Aetol"]


def test_nothing_follows_in_an_exact_search(engine: SearchEngine) -> None:
    """Only what was typed."""
    assert [item.title for item in engine.search(SearchRequest("intractable hiccups", exact=True)).items] == ["Betol"]


def test_a_finding_counts_for_more_than_common_words(engine: SearchEngine) -> None:
    """Pages that have only the words around it come after those that have the finding."""
    assert set(_titles(engine, "hiccups xerophagia meals")[:3]) == {"Aetol", "Betol", "Cetol"}


def test_a_drug_without_a_page_is_answered_by_no_other(engine: SearchEngine) -> None:
    """Missed doses of other drugs say nothing of it, and no page is said to mention it."""
    page = engine.search(SearchRequest("apixaban missed dose"))
    assert page.items == ()
    assert [note.message for note in page.notes if note.kind == "no-monograph"] == [
        "No monograph for apixaban · no page mentions it."
    ]


def test_of_two_drugs_that_no_section_joins_both_pages_are_shown(engine: SearchEngine) -> None:
    """A name in quotes is a name: its page is not left out for the other's."""
    assert set(_titles(engine, 'wobbles Cetol with "Aetol"')) == {"Aetol", "Cetol"}
