"""A clipped name that may be several drugs is asked about, and nothing is shown meanwhile (docs/safety-rules.md#rule-21)."""

import pytest

from search import SearchEngine, SearchRequest
from search.engine.engine import thesaurus
from tests.support.builders import engine_over, monograph


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    """Pages that clipped names would find by a brand, a word of the text, or the beginning of a name."""
    uses = ("uses", "Usage", "Allergy.")
    return engine_over(
        tmp_path_factory.mktemp("index"),
        monograph("Chlorphenamine", uses, brands=("Chlor-Trimeton",)),
        monograph("Prednisolone", uses, brands=("Pred Forte",)),
        monograph(
            "Medroxyprogesterone", ("uses", "Usage", "The criteria met at each visit."), brands=("Depo-Provera",)
        ),
    )


@pytest.mark.parametrize(
    "query", ["chlor", "Chlor", "PRED", "chlor allergy", "allergy met", "pred chlor", "chlor Chlor", "depo"]
)
def test_a_clipped_name_asks_and_shows_nothing(engine: SearchEngine, query: str) -> None:
    """In any case of letters, alone or beside other words: no hit, and one note for each such name, which offers them all."""
    page = engine.search(SearchRequest(query))
    assert page.total_sections == 0
    clipped = [*dict.fromkeys(word for word in query.lower().split() if word != "allergy")]
    assert [note.typed.lower() for note in page.notes if note.kind == "which-drug"] == clipped
    for note in page.notes:
        assert note.options is not None
        assert len(note.options) > 1


def test_drugs_without_a_page_are_offered_too(engine: SearchEngine) -> None:
    """A choice among the pages that happen to be here would be a guess."""
    (note,) = engine.search(SearchRequest("chlor")).notes
    offered = {option.query for option in note.options or ()}
    assert {"chlorphenamine", "chlorpromazine", "chlordiazepoxide"} <= offered


def test_what_was_typed_beside_it_stays(engine: SearchEngine) -> None:
    """Choosing a drug keeps the dose, the finding, and every other word as it was."""
    (note,) = engine.search(SearchRequest("chlor 4 mg chlorine -rash")).notes[:1]
    assert note.options is not None
    assert note.options[0].query == "chlorphenamine 4 mg chlorine -rash"


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("chlorphenamine", "Chlorphenamine"),
        ("Chlor-Trimeton", "Chlorphenamine"),
        ("pred forte", "Prednisolone"),
        ("depo provera", "Medroxyprogesterone"),
        ('"met"', "Medroxyprogesterone"),
    ],
)
def test_a_whole_name_or_a_quoted_word_is_searched(engine: SearchEngine, query: str, title: str) -> None:
    """Only a name that is clipped asks: a longer name that holds it does not, and quotes take a word as it stands."""
    assert engine.search(SearchRequest(query)).items[0].title == title


def test_what_is_offered_is_searched_by_name() -> None:
    """Each candidate is no clipped name itself, so that taking an offer never asks again."""
    known = thesaurus(None)
    for row in known.vocabulary.short_names:
        for candidate in row.candidates:
            assert known.short_name(tuple(candidate.lower().split())) is None, candidate
