"""Lists of monographs by letter and class, and what stands near a page."""

import pytest
from flask.testing import FlaskClient

from search import SearchEngine
from tests.support.page import page_at
from web.browse import letter_of
from web.links import slug_of


def test_every_monograph_stands_under_one_letter(client: FlaskClient, engine: SearchEngine) -> None:
    """The letters of the first page lead to all monographs, each once."""
    letters = [e.attributes["href"] for e in page_at(client, "/browse").all("a") if e.inside[-1] == "li"]
    letters = [address for address in letters if "/class/" not in address]
    titles = [
        e.words
        for address in letters
        for e in page_at(client, address).all("a")
        if e.attributes["href"].startswith("/m/")
    ]
    assert sorted(titles) == sorted(item.title for item in engine.listing())


def test_every_class_leads_to_its_pages(client: FlaskClient) -> None:
    """A class lists as many pages as its number says."""
    for link in page_at(client, "/browse").all("a"):
        if "/browse/class/" in link.attributes["href"]:
            page = page_at(client, link.attributes["href"])
            assert page.one("h1").words == link.words
            assert [e for e in page.all("a") if e.attributes["href"].startswith("/m/")]


@pytest.mark.parametrize("address", ["/browse/zz", "/browse/A1", "/browse/class/no-such-class", "/browse/%00"])
def test_an_unknown_letter_or_class_is_not_found(client: FlaskClient, address: str) -> None:
    """404, and the message says what there is."""
    assert client.get(address).status_code == 404


def test_a_monograph_shows_its_class_and_look_alikes(client: FlaskClient, engine: SearchEngine) -> None:
    """The class of a page is a link to the others of the class."""
    item = next(item for item in engine.listing() if item.drug_class)
    page = page_at(client, f"/m/{item.id}")
    assert [
        e for e in page.all("a") if e.attributes["href"].startswith("/browse/class/") and e.words == item.drug_class
    ]


@pytest.mark.parametrize(
    ("title", "letter"), [("Aspirin", "a"), ("zinc", "z"), ("5-Fluorouracil", "0-9"), ("Ünit", "0-9"), ("", "0-9")]
)
def test_letters(title: str, letter: str) -> None:
    """What begins with no letter from a to z stands under 0-9."""
    assert letter_of(title) == letter


def test_a_class_as_an_address() -> None:
    """Letters and digits, joined by hyphens."""
    assert slug_of("beta blocker (β1), 5-HT3") == "beta-blocker-1-5-ht3"
