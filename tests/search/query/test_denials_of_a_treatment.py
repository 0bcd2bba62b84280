"""A drug for one finding that does not cause another: the page treats the one, a section of it denies the other."""

import pytest

from search import SearchEngine, SearchRequest
from tests.support.builders import engine_over, monograph


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    """Two drugs for hay fever, one that denies sleepiness, one that causes it; two that deny or cause it and treat nothing of the kind."""
    return engine_over(
        tmp_path_factory.mktemp("index"),
        monograph(
            "Bilastine",
            ("uses", "Uses", "Treats hay fever."),
            ("side-effects", "Side Effects", "It does not cause drowsiness."),
        ),
        monograph(
            "Chlorphenamine",
            ("uses", "Uses", "Treats hay fever."),
            ("side-effects", "Side Effects", "Drowsiness. Dizziness."),
        ),
        monograph(
            "Fluoxetine",
            ("uses", "Uses", "Treats depression."),
            ("side-effects", "Side Effects", "It does not cause drowsiness. Hay fever."),
        ),
        monograph("Rituximab", ("uses", "Uses", "Treats non-Hodgkin lymphoma.")),
        monograph("Bleomycin", ("uses", "Uses", "Treats Hodgkin lymphoma.")),
    )


def _titles(engine: SearchEngine, query: str) -> list[str]:
    return [item.title for item in engine.search(SearchRequest(query)).items]


@pytest.mark.parametrize(
    "query",
    [
        "hay fever, not drowsy",
        "non drowsy hay fever tablet",
        "something for hay fever that wont make me drowsy",
        "hay fever without drowsiness",
        "hay fever no drowsiness",
    ],
)
def test_the_page_treats_and_a_section_denies(engine: SearchEngine, query: str) -> None:
    """The two need not stand in one section; a page that causes hay fever is none of them, and one that causes drowsiness is only named."""
    page = engine.search(SearchRequest(query))
    assert [item.title for item in page.items] == ["Bilastine"]
    assert [note.message for note in page.notes if note.kind == "left-out"] == [
        "Not shown: 1 page that says that it is caused: Chlorphenamine."
    ]


def test_what_was_left_out_can_be_shown(engine: SearchEngine) -> None:
    """What denies comes before what causes then."""
    page = engine.search(SearchRequest("hay fever, not drowsy", without=("left-out-opposite",)))
    assert [item.title for item in page.items] == ["Bilastine", "Chlorphenamine"]


def test_words_as_typed_stand_in_one_section(engine: SearchEngine) -> None:
    """Nothing is made of a negation there."""
    page = engine.search(SearchRequest("hay fever, not drowsiness", exact=True))
    assert [item.title for item in page.items] == ["Fluoxetine"]


def test_non_within_a_name_denies_nothing(engine: SearchEngine) -> None:
    """A drug for Hodgkin lymphoma is none for the lymphoma that is not."""
    assert _titles(engine, "non hodgkin lymphoma") == ["Rituximab"]


def test_where_no_page_denies_that_is_said(engine: SearchEngine) -> None:
    """Pages that say the opposite are shown then."""
    page = engine.search(SearchRequest("hay fever, not dizzy"))
    assert [item.title for item in page.items] == ["Chlorphenamine"]
    assert [note.message for note in page.notes if note.kind == "not-mentioned"] == [
        "No passage was read as saying that a drug does not cause “dizzy”: what is shown may say the opposite."
    ]


@pytest.mark.parametrize(
    "query", ["hay fever, not drowsy", "does hay fever cause drowsiness", "bilastine not dizzy", "not treats"]
)
def test_where_a_page_denies_or_no_denial_is_asked_it_is_not_said(engine: SearchEngine, query: str) -> None:
    """Nor of a drug that is named, whose own page is spoken of, nor of words that are no finding."""
    notes = engine.search(SearchRequest(query)).notes
    assert not any("was read as saying" in note.message for note in notes)
