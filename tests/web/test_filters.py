"""Filters beside the results: by section, by class, by a word to leave out; each gives as much as it says, and can be taken off."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from search import Settings, build_index
from tests.support.builders import monograph
from tests.support.page import page_at
from web import create_app


def test_every_filter_gives_as_much_as_it_says(tmp_path: Path) -> None:
    """The count beside each kind, and each drug class of two pages or more, is what choosing it alone gives."""
    pages = [
        monograph("Atenolol", ("uses", "Uses", "angina"), ("faqs", "FAQs", "angina"), drug_class="Beta blocker"),
        monograph("Bisoprolol", ("faqs", "FAQs", "angina"), drug_class="Beta blocker"),
        monograph("Nifedipine", ("uses", "Uses", "angina"), drug_class="Calcium channel blocker"),
    ]
    build_index(pages, tmp_path / "index")
    client = create_app(Settings(index_root=tmp_path / "index")).test_client()
    filters = page_at(client, "/search?q=angina").all("a", class_="ui-filter")
    assert [link.words for link in filters] == ["Uses 2 sections", "FAQs 2 sections", "Beta blocker 2 monographs"]
    for link in filters:
        said = " ".join(link.words.split()[-2:])
        found = page_at(client, link.attributes["href"]).one("p", role="status").words
        assert said in found.split(" · "), link.words


def test_classes_add_up_with_sections(client: FlaskClient) -> None:
    """Two classes are joined by OR and limit the sections counted; each can be taken off, and one link clears everything."""
    both = "/search?q=nausea&section=side-effects&class=analgesic&class=RANKL+inhibitor"
    page = page_at(client, both)
    assert sorted(card.words for card in page.all("p", class_="ui-class")) == ["Analgesic", "RANKL inhibitor"]
    chosen = [link for link in page.all("a", aria_current="true") if "monograph" in link.words]
    assert [link.words.split(",")[0] for link in chosen] == ["Analgesic 1 monograph", "RANKL inhibitor 1 monograph"]
    assert parse_qs(urlsplit(chosen[0].attributes["href"]).query)["class"] == ["RANKL inhibitor"]
    assert page.one("p", role="status").words == "2 monographs · 2 sections"
    clear = next(link for link in page.all("a") if link.words == "Clear filters")
    assert clear.attributes["href"] == "/search?q=nausea"


def test_a_class_that_hides_every_hit_says_so(client: FlaskClient) -> None:
    """A class without hits stays in sight as chosen, the note counts what it hides, and the JSON answer repeats the class."""
    page = page_at(client, "/search?q=hypocalcemia&class=nsaid")
    assert "Nothing under nsaid, but" in page.text
    assert any(link.words.startswith("nsaid 0 monographs, chosen") for link in page.all("a", aria_current="true"))
    answer = client.get("/api/v1/search?q=hypocalcemia&class=nsaid").json
    assert answer["query"]["classes"] == ["nsaid"]  # type: ignore[index] # an answer of ours is an object
    assert "classes" not in client.get("/api/v1/search?q=hypocalcemia").json["query"]  # type: ignore[index] # as above


def test_filters_add_up_and_can_be_taken_off(client: FlaskClient) -> None:
    """Several kinds are joined by OR; a chosen one is announced, its link takes it off, and all can be cleared."""
    page = page_at(client, "/search?q=paracetamol&section=uses&section=faqs")
    chosen = page.all("a", aria_current="true")
    assert [link.words.split()[0] for link in chosen] == ["Uses", "FAQs"]
    assert all("choose again to show all" in link.words for link in chosen)
    assert _sections(chosen[0].attributes["href"]) == ["faqs"]
    other = next(link for link in page.all("a", class_="ui-filter") if "aria-current" not in link.attributes)
    assert len(_sections(other.attributes["href"])) == 3
    clear = next(link for link in page.all("a") if link.words == "Clear filters")
    assert clear.attributes["href"] == "/search?q=paracetamol"


def test_a_filter_that_hides_every_hit_says_so(client: FlaskClient) -> None:
    """An emptied result says that other sections match, and links to them."""
    page = page_at(client, "/search?q=hypocalcemia&section=uses")
    assert "Filtered" in page.text
    assert "Nothing under the chosen filters" in page.text
    assert any(link.attributes["href"] == "/search?q=hypocalcemia" for link in page.all("a"))


def _sections(address: str) -> list[str]:
    return parse_qs(urlsplit(address).query).get("section", [])


@pytest.mark.parametrize(
    ("word", "query"),
    [
        ("vomiting", "nausea -vomiting"),
        ("stomach pain", 'nausea -"stomach pain"'),
        ('-"x', "nausea -x"),
        ("  a  b ", 'nausea -"a b"'),
    ],
)
def test_a_word_is_left_out_by_the_form_beside_the_results(client: FlaskClient, word: str, query: str) -> None:
    """The form leads to the address that says the same in the query language, filters kept."""
    response = client.get("/search", query_string={"q": "nausea", "section": "side-effects", "not": word})
    assert response.status_code == 303
    asked = parse_qs(urlsplit(response.headers["Location"]).query)
    assert asked == {"q": [query], "section": ["side-effects"]}


@pytest.mark.parametrize("word", ["", "  ", '"', "-"])
def test_nothing_left_out_is_the_same_search(client: FlaskClient, word: str) -> None:
    """An empty box changes nothing."""
    assert client.get("/search", query_string={"q": "nausea", "not": word}).status_code == 200
