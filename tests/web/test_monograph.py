"""The page of a monograph: its sections, its marks, what it says of itself."""

import pytest
from flask.testing import FlaskClient

from search import SearchEngine
from tests.support.page import Page

HOSTILE = "h/hostile & co + 100%"
HOSTILE_ADDRESS = "/m/h/hostile%20&%20co%20+%20100%25"


def test_every_section_has_its_anchor_and_a_place_in_the_contents(client: FlaskClient, engine: SearchEngine) -> None:
    """Anchors on the page are those of the sections, in their order, and the contents link to each."""
    monograph = engine.monograph("d/denosumab")
    assert monograph is not None
    page = Page(client.get("/m/d/denosumab").text)
    anchors = [section.anchor for section in monograph.sections]
    assert [e.attributes["id"] for e in page.all("section", class_="ui-section")] == anchors
    contents = [link.attributes["href"] for link in page.all("a") if "nav" in link.inside and "main" in link.inside]
    assert contents == [f"#{anchor}" for anchor in anchors]


def test_text_on_the_page_is_the_text_of_the_section(client: FlaskClient, engine: SearchEngine) -> None:
    """What a reader sees, with and without marks, is the text that was searched."""
    monograph = engine.monograph("d/denosumab")
    assert monograph is not None
    for address in ("/m/d/denosumab", "/m/d/denosumab?q=bone+missed+dose"):
        bodies = Page(client.get(address).text).all("div", class_="ui-body")
        assert [body.words for body in bodies] == [" ".join(s.text.split()) for s in monograph.sections]


def test_questions_stand_under_a_heading_of_their_own(client: FlaskClient) -> None:
    """FAQs is no section when it holds only questions, but the reader sees it over them."""
    page = Page(client.get("/m/d/denosumab").text)
    assert "FAQs" in [heading.words for heading in page.all("h2")]
    assert "How often is denosumab given?" in [heading.words for heading in page.all("h3")]


def test_words_of_the_query_are_marked_and_the_marks_can_be_cleared(client: FlaskClient) -> None:
    """The argument q carries highlights; a plain link clears them, so it works without scripts."""
    page = Page(client.get("/m/d/denosumab?q=hypocalcemia").text)
    assert [mark.words for mark in page.all("mark")] == ["Hypocalcemia", "low blood calcium"]
    assert page.one("a", id="ui-clear-marks").attributes["href"] == "/m/d/denosumab"
    assert not Page(client.get("/m/d/denosumab").text).all("mark")


def test_absence_of_the_words_is_said(client: FlaskClient) -> None:
    """A page without the words says so, and that it is no evidence of safety."""
    assert "not evidence of safety" in Page(client.get("/m/p/paracetamol?q=qwzx").text).one("p", id="ui-marks").words


def test_the_way_back_to_the_results_is_a_link(client: FlaskClient) -> None:
    """From a search, the page links back to it."""
    page = Page(client.get("/m/d/denosumab?q=low+calcium").text)
    assert page.one("p", class_="ui-back").words == "← Results for “low calcium”"
    assert "/search?q=low+calcium" in [link.attributes["href"] for link in page.all("a")]


def test_the_page_says_what_it_is_and_where_it_comes_from(client: FlaskClient) -> None:
    """Class, generic name, reviewed: no, source file, date of page and of index, and every notice, none folded away."""
    page = Page(client.get("/m/p/paracetamol").text)
    facts = page.one("dl").words
    for fact in ("Paracetamol (acetaminophen)", "Analgesic", "Reviewed no", "p/paracetamol.md", "Updated 1 March 2025"):
        assert fact in facts
    notices = page.one("div", class_="ui-notices")
    assert "AI-generated or crowd-sourced" in notices.words
    assert "no medical advice" in notices.words
    assert "details" not in notices.inside


def test_hostile_markup_is_text(client: FlaskClient) -> None:
    """Markup in title, generic name and text is shown, never run: no script, image or handler of the page's own."""
    page = Page(client.get(HOSTILE_ADDRESS + "?q=script+frobnicated").text)
    assert page.one("h1").words == '<script>alert("title")</script> & Co'
    assert '<script>alert("usage")</script> is written here as text' in page.text
    assert [script.attributes["src"] for script in page.all("script")] == ["/static/site.js"]
    assert not page.all("img")
    assert not any(name.startswith("on") for e in page.elements for name in e.attributes)
    assert not any(e.attributes.get("href", "").startswith("javascript:") for e in page.elements)


def test_marks_count_code_points(client: FlaskClient) -> None:
    """An emoji and escaped characters before a word do not move its mark."""
    page = Page(client.get(HOSTILE_ADDRESS + "?q=frobnicated").text)
    assert "frobnicated" in [mark.words for mark in page.all("mark")]


def test_an_address_with_every_odd_character_leads_back(client: FlaskClient) -> None:
    """The link of a hit opens the page it belongs to, whatever its name holds."""
    page = Page(client.get("/search?q=frobnication").text)
    link = next(a for a in page.all("a") if "#" in a.attributes["href"] and a.attributes["href"].startswith("/m/"))
    assert client.get(link.attributes["href"].partition("#")[0]).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/m/nothing",
        "/m/d/Denosumab",
        "/m/d/denosumab.md",
        "/m/../secret",
        "/m/%2e%2e/%2e%2e/etc/passwd",
        "/m/d%00",
        "/m/d//denosumab",
        "/m/",
    ],
)
def test_unknown_pages_are_404(client: FlaskClient, address: str) -> None:
    """Identifiers are looked up in the index, letter for letter; nothing reaches the file system."""
    assert client.get(address).status_code == 404


def test_a_page_without_query_may_be_kept_and_asked_again(client: FlaskClient) -> None:
    """ETag and 304 without q; with q the answer holds what was typed and is not stored."""
    plain = client.get("/m/d/denosumab")
    assert plain.headers["Cache-Control"] == "no-cache"
    again = client.get("/m/d/denosumab", headers={"If-None-Match": plain.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    marked = client.get("/m/d/denosumab?q=bone")
    assert marked.headers["Cache-Control"] == "no-store"
    assert "ETag" not in marked.headers


def test_title_makes_sense_in_history(client: FlaskClient) -> None:
    """The title of the page is the drug, then the site."""
    assert Page(client.get("/m/d/denosumab?q=bone").text).one("title").text == "Denosumab – Monograph Search"
