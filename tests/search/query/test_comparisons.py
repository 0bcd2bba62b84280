"""To compare drugs is what pages do not do: no order by how safe a page reads (docs/safety-rules.md#rule-20)."""

import pytest

from search import SearchEngine, SearchRequest
from tests.support.builders import engine_over, monograph


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    """Antidepressants: the last of the alphabet reads safest, the first warns and denies."""
    return engine_over(
        tmp_path_factory.mktemp("index"),
        monograph(
            "Citalopram",
            ("side-effects", "Side Effects", "It does not cause seizures in most people."),
            ("precautions", "Precautions", "Do not use in people with seizures."),
        ),
        monograph("Fluoxetine", ("side-effects", "Side Effects", "Seizures.")),
        monograph(
            "Sertraline", ("side-effects", "Side Effects", "It does not cause seizures. A safe, safe, safest choice.")
        ),
    )


QUERIES = (
    "safest antidepressant seizures",
    "best antidepressant in seizures",
    "antidepressant with least seizures",
    "antidepressant safe in seizures",
    "safe antidepressant seizures",
    "sertraline vs citalopram vs fluoxetine seizures",
)


@pytest.mark.parametrize("query", QUERIES)
def test_drugs_stand_in_the_alphabet_whatever_their_pages_say(engine: SearchEngine, query: str) -> None:
    """The page that reads safest is not first, nor is the one that only denies."""
    assert [item.title for item in engine.search(SearchRequest(query)).items] == [
        "Citalopram",
        "Fluoxetine",
        "Sertraline",
    ]


@pytest.mark.parametrize("query", QUERIES)
def test_that_pages_do_not_compare_is_said_first(engine: SearchEngine, query: str) -> None:
    """Before any other note."""
    notes = engine.search(SearchRequest(query)).notes
    assert notes[0].kind == "compare"
    assert "do not compare" in notes[0].message


@pytest.mark.parametrize("query", QUERIES)
def test_each_drug_shows_its_warning_before_its_denial(engine: SearchEngine, query: str) -> None:
    """Of a page that does both, the section that warns comes first."""
    roles = [section.excerpts[0].role for section in engine.search(SearchRequest(query)).items[0].sections]
    assert roles == ["warns", "denies"]


def test_the_word_safe_in_a_text_is_no_comparison(engine: SearchEngine) -> None:
    """A page is not found, nor put first, for calling its drug safe."""
    (first, *_) = engine.search(SearchRequest("safest antidepressant")).items
    assert first.title == "Citalopram"
