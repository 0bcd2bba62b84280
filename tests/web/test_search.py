"""The search page: what is found, said and linked."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search import (
    Excerpt,
    MonographHit,
    Note,
    NoteOption,
    ResultPage,
    SearchEngine,
    SearchRequest,
    SectionCount,
    SectionHit,
)
from tests.support.hostile_texts import HOSTILE, random_texts
from tests.support.page import page_at


def test_home_shows_the_box_first_with_its_label_and_the_warning(client: FlaskClient) -> None:
    """Home has one labelled box, says what not to type, and what is searched as of when."""
    page = page_at(client, "/")
    assert page.one("label", for_="ui-q").words == "Search by symptom or drug name"
    box = page.one("input", name="q")
    assert box.attributes["aria-describedby"] == "ui-q-hint"
    assert page.one("span", id="ui-q-hint").words == "Do not type patient identifiers."
    assert "4 monographs" in page.text
    assert page.one("time").attributes["datetime"]


def test_the_form_is_a_plain_form_inside_search(client: FlaskClient) -> None:
    """Pico lays form[role=search] out as one pill, so the role is that of the <search> around it."""
    form = page_at(client, "/").one("form")
    assert form.inside[-1] == "search"
    assert "role" not in form.attributes
    assert form.attributes["method"] == "get"


def test_search_without_q_is_home(client: FlaskClient) -> None:
    """No q at all shows the box, without a redirect."""
    assert page_at(client, "/search").one("h1").words == page_at(client, "/").one("h1").words


@pytest.mark.parametrize("q", ["", "   ", "*", "-nausea"])
def test_nothing_to_search_for_is_a_hint_and_no_error(client: FlaskClient, q: str) -> None:
    """An empty box, a lone star and exclusions alone answer 200 with a hint and no hits."""
    page = page_at(client, f"/search?q={q}")
    assert "Hint" in page.text
    assert not page.all("article")
    assert page.one("p", role="status").words == "0 monographs · 0 sections"


def test_a_finding_shows_the_section_that_mentions_it_with_marks(client: FlaskClient) -> None:
    """A search for hypocalcemia shows that side effect of denosumab, marked, with a link to its section."""
    page = page_at(client, "/search?q=hypocalcemia")
    assert [card.words for card in page.all("h2") if "article" in card.inside] == ["Denosumab"]
    assert [mark.words for mark in page.all("mark", class_="exact")] == ["as typed", "Hypocalcemia"]
    address = page.all("a", class_="ui-kind-side-effects")[-1].attributes["href"]
    assert address == "/m/d/denosumab?q=hypocalcemia#side-effects"


def test_the_form_keeps_the_query_and_the_title_names_it(client: FlaskClient) -> None:
    """The query stays in the box, whatever it holds, and the page's title makes sense in a list of visited pages."""
    page = page_at(client, "/search?q=%22missed+dose%22")
    assert page.one("input", id="ui-q").attributes["value"] == '"missed dose"'
    assert page.one("title").text == '"missed dose" – Monograph Search'


def test_the_count_is_announced_and_equals_the_api(client: FlaskClient) -> None:
    """The live count says how many monographs and sections, the numbers of the JSON answer."""
    total = client.get("/api/v1/search?q=nausea").json["total"]  # type: ignore[index] # an answer of ours is an object
    page = page_at(client, "/search?q=nausea")
    assert page.one("p", role="status").words == f"{total['monographs']} monographs · {total['sections']} sections"


def test_nothing_found_echoes_the_query_and_is_no_evidence_of_safety(client: FlaskClient) -> None:
    """No hits: 200, the query in sight, advice, each word as a link, and the warning."""
    page = page_at(client, "/search?q=qwzx+zzxq")
    assert page.one("h1").words == "Nothing found for qwzx zzxq"
    assert "Finding nothing is not evidence of safety." in page.text
    assert {"/search?q=qwzx", "/search?q=zzxq"} <= {link.attributes["href"] for link in page.all("a")}


def test_an_exclusion_is_said(client: FlaskClient) -> None:
    """-word removes sections and says that absence is no evidence."""
    page = page_at(client, "/search?q=nausea+-empty")
    note = next(item for item in page.all("li", class_="ui-note") if item.words.startswith("Excluded"))
    assert "no evidence" in note.words
    assert "ui-caution" in note.attributes["class"]


def test_pages_are_linked_forward_and_back(client: FlaskClient) -> None:
    """Two monographs a page: page 1 links to page 2 as next, which links back as prev and says where it is."""
    first = page_at(client, "/search?q=nausea")
    assert first.one("a", rel="next").attributes["href"] == "/search?q=nausea&page=2"
    assert not first.all("a", rel="prev")
    second = page_at(client, "/search?q=nausea&page=2")
    assert second.one("a", rel="prev").attributes["href"] == "/search?q=nausea"
    assert not second.all("a", rel="next")
    assert "Page 2 of 2" in second.text
    assert second.one("title").text == "nausea, page 2 – Monograph Search"


def test_where_the_pages_come_from_is_said_once(client: FlaskClient) -> None:
    """The AI notice and "Reviewed: no" stand before the index date, once a page, however many cards there are."""
    page = page_at(client, "/search?q=nausea")
    assert len(page.all("article")) == 2
    line = page.one("div", class_="ui-provenance").words
    assert line.startswith("Reviewed: no · AI-generated or crowd-sourced; may not be accurate · index of")
    assert page.text.count("AI-generated") == 1


def _rich_result(asked: SearchRequest) -> ResultPage:
    """An answer that uses every part there is, as later vocabularies will."""
    section = SectionHit(
        anchor="a",
        kind="serious-side-effects",
        heading="Fits & faints",
        heading_path=("Denosumab", "Adults"),
        heading_matches=((0, 4, "synonym"),),
        score=1.0,
        tier="synonym",
        why=("synonym",),
        excerpts=(Excerpt("does not cause <fits>", ((16, 20, "synonym"),), role="denies"),),
    )
    hit = MonographHit(
        id="d/denosumab",
        title="Denosumab",
        title_matches=(),
        names=tuple(f"Brand{n}" for n in range(9)),
        drug_class="RANKL inhibitor",
        ingredients=("denosumab",),
        matched_name="Prolia",
        status="withdrawn",
        reviewed=True,
        notice=None,
        more_sections=2,
        sections=(section,),
    )
    notes = (
        Note("n1", "synonym", "fits", "Also searched: seizures", searched=("seizures",)),
        Note(
            "n2",
            "spelling",
            "fitz",
            "Did you mean",
            searched=("seizures",),
            options=(NoteOption("fits", "fits -faint"),),
        ),
        Note("n3", "a-kind-to-come", "x", "Said all the same"),
    )
    counts = (SectionCount("serious-side-effects", 1, 1),)
    return ResultPage(asked, notes, 1, 1, 1, counts, (hit,), (hit,), "g-00000001-000000000000")


def test_every_part_of_a_hit_and_of_a_note_is_shown(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Class, names, matched name, status, review, path, tier, negation, more sections, related, every note."""
    monkeypatch.setattr(SearchEngine, "search", lambda _, asked: _rich_result(asked))
    page = page_at(app.test_client(), "/search?q=fits&section=uses&without=n9")
    card = page.all("article")[0].words
    for part in (
        "RANKL inhibitor",
        "Matched by name: Prolia · Also called Brand0, Brand1, Brand2, Brand3, Brand4, Brand5 and 3 more",
        "Note: Withdrawn",
        "Reviewed: yes",
        "Serious side effects Adults › Fits & faints by synonym",
        "says it does not does not cause <fits>",
        "2 more sections",
    ):
        assert part in card
    assert "Reviewed: no, unless a result says otherwise" in page.one("div", class_="ui-provenance").words
    assert page.one("p", class_="ui-legend").words == "Marks: synonym"
    assert "Similar names, not counted above" in page.text
    notes = [note.words for note in page.all("li", class_="ui-note")]
    assert notes[0] == "Synonyms Also searched: seizures Search without this"
    assert notes[2] == "Note Said all the same"
    addresses = {link.words: link.attributes["href"] for link in page.all("a", class_="ui-option")}
    assert addresses["Search without this"].endswith("&without=n9&without=n2")
    assert addresses["fits"] == "/search?q=fits+-faint"
    assert addresses["Search with everything"] == "/search?q=fits&section=uses"


def test_ten_thousand_random_queries(client: FlaskClient) -> None:
    """Any of 10,000 random texts as `q` is answered with 200 or refused with 400, never an error."""
    for number, text in enumerate((*HOSTILE, *random_texts(10_000))):
        path = "/search" if number % 5 == 0 else "/api/v1/search"
        response = client.get(path, query_string={"q": text.encode("utf-8", "surrogatepass")})
        assert response.status_code in (200, 400), text


def test_a_clipped_name_is_asked_about(client: FlaskClient) -> None:
    """The heading asks, the note offers every drug with the rest of the query, and no list says that nothing exists."""
    page = page_at(client, "/search?q=chlor+4+mg")
    assert page.one("h1").words == "Which drug is meant by chlor 4 mg?"
    assert "Nothing is shown until a drug is chosen" in page.text
    assert "Nothing found" not in page.text
    assert any("q=chlorpromazine+4+mg" in link.attributes["href"] for link in page.all("a"))
