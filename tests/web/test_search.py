"""The search page: what is found, said, filtered and linked."""

from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

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
    Settings,
    build_index,
)
from tests.support.builders import monograph
from tests.support.hostile_texts import HOSTILE, random_texts
from tests.support.page import Page
from web import create_app


def search(client: FlaskClient, address: str) -> Page:
    """The page at an address that must answer 200."""
    response = client.get(address)
    assert response.status_code == 200, response.text
    return Page(response.text)


def test_home_shows_the_box_first_with_its_label_and_the_warning(client: FlaskClient) -> None:
    """Home has one labelled box, says what not to type, and what is searched as of when."""
    page = search(client, "/")
    assert page.one("label", for_="ui-q").words == "Search by symptom or drug name"
    box = page.one("input", name="q")
    assert box.attributes["aria-describedby"] == "ui-q-hint"
    assert page.one("span", id="ui-q-hint").words == "Do not type patient identifiers."
    assert "4 monographs" in page.text
    assert page.one("time").attributes["datetime"]


def test_the_form_is_a_plain_form_inside_search(client: FlaskClient) -> None:
    """Pico lays form[role=search] out as one pill, so the role is that of the <search> around it."""
    form = search(client, "/").one("form")
    assert form.inside[-1] == "search"
    assert "role" not in form.attributes
    assert form.attributes["method"] == "get"


def test_search_without_q_is_home(client: FlaskClient) -> None:
    """No q at all shows the box, without a redirect."""
    assert search(client, "/search").one("h1").words == search(client, "/").one("h1").words


@pytest.mark.parametrize("q", ["", "   ", "*", "-nausea"])
def test_nothing_to_search_for_is_a_hint_and_no_error(client: FlaskClient, q: str) -> None:
    """An empty box, a lone star and exclusions alone answer 200 with a hint and no hits."""
    page = search(client, f"/search?q={q}")
    assert "Hint" in page.text
    assert not page.all("article")
    assert page.one("p", role="status").words == "0 monographs · 0 sections"


def test_a_finding_shows_the_section_that_mentions_it_with_marks(client: FlaskClient) -> None:
    """A search for hypocalcemia shows that side effect of denosumab, marked, with a link to its section."""
    page = search(client, "/search?q=hypocalcemia")
    assert [card.words for card in page.all("h2") if "article" in card.inside] == ["Denosumab"]
    assert [mark.words for mark in page.all("mark", class_="exact")] == ["as typed", "Hypocalcemia"]
    address = page.all("a", class_="ui-kind-side-effects")[-1].attributes["href"]
    assert address == "/m/d/denosumab?q=hypocalcemia#side-effects"


def test_the_form_keeps_the_query_and_the_title_names_it(client: FlaskClient) -> None:
    """The query stays in the box, whatever it holds, and the page's title makes sense in a list of visited pages."""
    page = search(client, "/search?q=%22missed+dose%22")
    assert page.one("input", id="ui-q").attributes["value"] == '"missed dose"'
    assert page.one("title").text == '"missed dose" – Monograph Search'


def test_the_count_is_announced_and_equals_the_api(client: FlaskClient) -> None:
    """The live count says how many monographs and sections, the numbers of the JSON answer."""
    total = client.get("/api/v1/search?q=nausea").json["total"]  # type: ignore[index] # an answer of ours is an object
    page = search(client, "/search?q=nausea")
    assert page.one("p", role="status").words == f"{total['monographs']} monographs · {total['sections']} sections"


def test_every_filter_gives_as_much_as_it_says(tmp_path: Path) -> None:
    """The count beside each kind, and each drug class of two pages or more, is what choosing it alone gives."""
    pages = [
        monograph("Atenolol", ("uses", "Uses", "angina"), ("faqs", "FAQs", "angina"), drug_class="Beta blocker"),
        monograph("Bisoprolol", ("faqs", "FAQs", "angina"), drug_class="Beta blocker"),
        monograph("Nifedipine", ("uses", "Uses", "angina"), drug_class="Calcium channel blocker"),
    ]
    build_index(pages, tmp_path / "index")
    client = create_app(Settings(index_root=tmp_path / "index")).test_client()
    filters = search(client, "/search?q=angina").all("a", class_="ui-filter")
    assert [link.words for link in filters] == ["Uses 2 sections", "FAQs 2 sections", "Beta blocker 2 monographs"]
    for link in filters:
        said = " ".join(link.words.split()[-2:])
        found = search(client, link.attributes["href"]).one("p", role="status").words
        assert said in found.split(" · "), link.words


def test_classes_add_up_with_sections(client: FlaskClient) -> None:
    """Two classes are joined by OR and limit the sections counted; each can be taken off, and one link clears everything."""
    both = "/search?q=nausea&section=side-effects&class=analgesic&class=RANKL+inhibitor"
    page = search(client, both)
    assert sorted(card.words for card in page.all("p", class_="ui-class")) == ["Analgesic", "RANKL inhibitor"]
    chosen = [link for link in page.all("a", aria_current="true") if "monograph" in link.words]
    assert [link.words.split(",")[0] for link in chosen] == ["Analgesic 1 monograph", "RANKL inhibitor 1 monograph"]
    assert parse_qs(urlsplit(chosen[0].attributes["href"]).query)["class"] == ["RANKL inhibitor"]
    assert page.one("p", role="status").words == "2 monographs · 2 sections"
    clear = next(link for link in page.all("a") if link.words == "Clear filters")
    assert clear.attributes["href"] == "/search?q=nausea"


def test_a_class_that_hides_every_hit_says_so(client: FlaskClient) -> None:
    """A class without hits stays in sight as chosen, the note counts what it hides, and the JSON answer repeats the class."""
    page = search(client, "/search?q=hypocalcemia&class=nsaid")
    assert "Nothing under nsaid, but" in page.text
    assert any(link.words.startswith("nsaid 0 monographs, chosen") for link in page.all("a", aria_current="true"))
    answer = client.get("/api/v1/search?q=hypocalcemia&class=nsaid").json
    assert answer["query"]["classes"] == ["nsaid"]  # type: ignore[index] # an answer of ours is an object
    assert "classes" not in client.get("/api/v1/search?q=hypocalcemia").json["query"]  # type: ignore[index] # as above


def test_filters_add_up_and_can_be_taken_off(client: FlaskClient) -> None:
    """Several kinds are joined by OR; a chosen one is announced, its link takes it off, and all can be cleared."""
    page = search(client, "/search?q=paracetamol&section=uses&section=faqs")
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
    page = search(client, "/search?q=hypocalcemia&section=uses")
    assert "Filtered" in page.text
    assert "Nothing under the chosen filters" in page.text
    assert any(link.attributes["href"] == "/search?q=hypocalcemia" for link in page.all("a"))


def test_nothing_found_echoes_the_query_and_is_no_evidence_of_safety(client: FlaskClient) -> None:
    """No hits: 200, the query in sight, advice, each word as a link, and the warning."""
    page = search(client, "/search?q=qwzx+zzxq")
    assert page.one("h1").words == "Nothing found for qwzx zzxq"
    assert "Finding nothing is not evidence of safety." in page.text
    assert {"/search?q=qwzx", "/search?q=zzxq"} <= {link.attributes["href"] for link in page.all("a")}


def test_an_exclusion_is_said(client: FlaskClient) -> None:
    """-word removes sections and says that absence is no evidence."""
    page = search(client, "/search?q=nausea+-empty")
    note = next(item for item in page.all("li", class_="ui-note") if item.words.startswith("Excluded"))
    assert "no evidence" in note.words
    assert "ui-caution" in note.attributes["class"]


def test_pages_are_linked_forward_and_back(client: FlaskClient) -> None:
    """Two monographs a page: page 1 links to page 2 as next, which links back as prev and says where it is."""
    first = search(client, "/search?q=nausea")
    assert first.one("a", rel="next").attributes["href"] == "/search?q=nausea&page=2"
    assert not first.all("a", rel="prev")
    second = search(client, "/search?q=nausea&page=2")
    assert second.one("a", rel="prev").attributes["href"] == "/search?q=nausea"
    assert not second.all("a", rel="next")
    assert "Page 2 of 2" in second.text
    assert second.one("title").text == "nausea, page 2 – Monograph Search"


def test_where_the_pages_come_from_is_said_once(client: FlaskClient) -> None:
    """The AI notice and "Reviewed: no" stand before the index date, once a page, however many cards there are."""
    page = search(client, "/search?q=nausea")
    assert len(page.all("article")) == 2
    line = page.one("div", class_="ui-provenance").words
    assert line.startswith("Reviewed: no · AI-generated or crowd-sourced; may not be accurate · index of")
    assert page.text.count("AI-generated") == 1


@pytest.mark.parametrize(
    "address", ["/", "/search?q=nausea", "/search?q=qwzx", "/m/d/denosumab?q=calcium", "/help", "/nothing"]
)
def test_headings_are_in_order_and_ids_are_ours(client: FlaskClient, address: str) -> None:
    """One h1, no level skipped, a skip link, every id unique and ours but for the anchors of sections."""
    page = Page(client.get(address).text)
    levels = [int(e.tag[1]) for e in page.elements if e.tag in ("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    anchors = {e.attributes["id"] for e in page.all("section", class_="ui-section")}
    assert all(identifier.startswith("ui-") for identifier in set(ids) - anchors)
    assert page.one("a", class_="ui-skip").attributes["href"] == "#ui-main"


def test_every_control_has_a_label(client: FlaskClient) -> None:
    """Inputs are labelled by `for` or stand inside their label."""
    page = search(client, "/search?q=nausea")
    labelled = {label.attributes["for"] for label in page.all("label") if "for" in label.attributes}
    for control in (e for e in page.all("input") if e.attributes.get("type") != "hidden"):
        assert control.attributes.get("id") in labelled or "label" in control.inside


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
        excerpts=(Excerpt("does not cause <fits>", ((16, 20, "synonym"),), negated=True),),
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
    page = search(app.test_client(), "/search?q=fits&section=uses&without=n9")
    card = page.all("article")[0].words
    for part in (
        "RANKL inhibitor",
        "Matched by name: Prolia · Also called Brand0, Brand1, Brand2, Brand3, Brand4, Brand5 and 3 more",
        "Note: Withdrawn",
        "Reviewed: yes",
        "Serious side effects Adults › Fits & faints by synonym",
        "negated mention does not cause <fits>",
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


def _sections(address: str) -> list[str]:
    return parse_qs(urlsplit(address).query).get("section", [])


def test_ten_thousand_random_queries(client: FlaskClient) -> None:
    """Any of 10,000 random texts as `q` is answered with 200 or refused with 400, never an error."""
    for number, text in enumerate((*HOSTILE, *random_texts(10_000))):
        path = "/search" if number % 5 == 0 else "/api/v1/search"
        response = client.get(path, query_string={"q": text.encode("utf-8", "surrogatepass")})
        assert response.status_code in (200, 400), text


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
