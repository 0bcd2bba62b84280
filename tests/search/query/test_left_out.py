"""A class that is named to have others than its drugs: their pages are left out, and a note names them."""

import pytest

from search import ResultPage, SearchEngine, SearchRequest
from tests.support.builders import engine_over, monograph


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    """An NSAID, another painkiller, a penicillin and another antibiotic."""
    return engine_over(
        tmp_path_factory.mktemp("index"),
        monograph(
            "Ibuprofen",
            ("uses", "Uses", "Treats headache."),
            ("precautions", "Precautions", "Do not use: kidney failure."),
        ),
        monograph("Paracetamol", ("uses", "Uses", "Treats headache. Any NSAID may be taken as well.")),
        monograph("Amoxicillin", ("uses", "Uses", "Treats chest infection.")),
        monograph("Doxycycline", ("uses", "Uses", "Treats chest infection, also in penicillin allergy.")),
        monograph("Denosumab", ("side-effects", "Side Effects", "Chest infection.")),
        monograph("Warfarin", ("interactions", "Interactions", "NSAIDs: bleeding.")),
    )


def _titles(page: ResultPage) -> list[str]:
    return [item.title for item in page.items]


@pytest.mark.parametrize(
    "query",
    [
        "painkiller no nsaid",
        "painkiller not an NSAID",
        "painkiller other than nsaids",
        "something for headache no nsaid",
        "analgesic avoid nsaid",
        "painkiller cant take nsaids",
    ],
)
def test_its_drugs_are_left_out(engine: SearchEngine, query: str) -> None:
    """Others are shown, and a note says which are not."""
    page = engine.search(SearchRequest(query))
    assert "Ibuprofen" not in _titles(page)
    assert _titles(page)[0] == "Paracetamol"
    assert next(note.message for note in page.notes if note.kind == "left-out").count("Ibuprofen") == 1


@pytest.mark.parametrize(
    "query", ["antibiotic penicillin allergy", "chest infection pen allergic", "penicillin allergy chest infection"]
)
def test_what_somebody_is_allergic_to_is_no_treatment(engine: SearchEngine, query: str) -> None:
    """An antibiotic in penicillin allergy is none of the penicillins."""
    assert _titles(engine.search(SearchRequest(query))) == ["Doxycycline"]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("nsaid", "Ibuprofen"),
        ("no nsaids in kidney failure", "Ibuprofen"),
        ("penicillin allergy", "Doxycycline"),
        ("warfarin no nsaid", "Warfarin"),
        ('painkiller "no nsaid"', None),
    ],
)
def test_elsewhere_it_is_asked_for(engine: SearchEngine, query: str, first: str | None) -> None:
    """Where nothing else is wanted, where it is what is warned of, beside a drug, in quotes."""
    page = engine.search(SearchRequest(query))
    assert not any("left out" in note.message for note in page.notes)
    assert first is None or first in _titles(page)


def test_it_can_be_asked_for_again(engine: SearchEngine) -> None:
    """By the id of the note."""
    page = engine.search(SearchRequest("painkiller no nsaid"))
    (note,) = (note for note in page.notes if note.kind == "left-out")
    again = engine.search(SearchRequest("painkiller no nsaid", without=(note.id,)))
    assert "Ibuprofen" in _titles(again)
