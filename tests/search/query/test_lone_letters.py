"""A lone letter goes to the neighbour that pages or vocabulary know it with, so that it never takes a drug's name away."""

from pathlib import Path

import pytest

from search.engine.engine import SearchEngine
from search.model import Monograph, SearchRequest
from tests.support.builders import engine_over, monograph


def _page(title: str, text: str) -> Monograph:
    return monograph(title, ("about", "About", text))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    """Pages where letters stand with the word before, or with the one behind."""
    return engine_over(
        tmp_path_factory.mktemp("index"),
        _page("Amlodipine", "It closes L-type calcium channels."),
        _page("Valproate", "It acts on a sodium channel and a calcium channel."),
        _page("Propranolol", "Never with another beta blocker."),
        _page("Carbimazole", "A beta blocker is given with it."),
        _page("Adalimumab", "It binds TNF alpha outside the cell."),
        _page("Escitalopram + Propranolol", "It holds propranolol (beta blocker)."),
        _page("Vancomycin", "It treats colitis by Clostridioides difficile."),
    )


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("amlodipine L-type calcium channel", "Amlodipine"),
        ("propranolol beta blocker", "Propranolol"),
        ("propranolol β blocker", "Propranolol"),
        ("propranolol beta", "Propranolol"),
        ("vancomycin C difficile", "Vancomycin"),
        ("TNF alpha cell", "Adalimumab"),
    ],
)
def test_the_letter_goes_where_it_is_known(engine: SearchEngine, query: str, first: str) -> None:
    """All words are met, by the page that is named, and nothing is left out."""
    page = engine.search(SearchRequest(query))
    assert page.items[0].title == first
    assert not {"partial", "not-mentioned"} & {note.kind for note in page.notes}


@pytest.mark.parametrize("query", ["vitamin Q deficiency", '"propranolol beta" blocker'])
def test_a_vitamin_and_a_quoted_phrase_keep_their_letter(engine: SearchEngine, query: str) -> None:
    """What no page holds so is missing; its letter is not looked for elsewhere."""
    page = engine.search(SearchRequest(query))
    assert "Carbimazole" not in [
        item.title for item in page.items if "partial" not in {note.kind for note in page.notes}
    ]


def test_the_class_of_a_drug_is_never_said_to_be_missing(tmp_path: Path) -> None:
    """A page need not name the class it belongs to."""
    engine = engine_over(tmp_path, _page("Propranolol", "It treats tremor."))
    page = engine.search(SearchRequest("propranolol beta blocker"))
    assert "not-mentioned" not in {note.kind for note in page.notes}
