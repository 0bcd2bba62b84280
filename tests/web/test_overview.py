"""The overview of a finding, the answer in a line above results, and all hits as CSV."""

import csv
import io
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from search import Settings, build_index
from tests.support.builders import monograph
from tests.support.page import page_at
from web import create_app
from web.spreadsheet import COLUMNS, plain_cell


def _rows(client: FlaskClient, address: str) -> list[list[str]]:
    response = client.get(address)
    assert response.mimetype == "text/csv"
    text = response.get_data(as_text=True)
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_a_symptom_is_answered_in_a_line_that_leads_to_the_pages(client: FlaskClient) -> None:
    """Above results: how many pages list it as what, "not how likely", each number the pages its link shows."""
    page = page_at(client, "/search?q=nausea")
    answer = page.one("p", class_="ui-answer")
    assert "not how likely" in answer.words
    links = [e for e in page.all("a") if e.attributes["href"].startswith("/symptom?") and "as=" in e.attributes["href"]]
    assert links
    for link in links:
        overview = page_at(client, link.attributes["href"])
        assert overview.one("p", role="status").words.split()[0] == link.words.split()[-1]


def test_the_line_says_do_not_use_and_take_care_apart(tmp_path: Path) -> None:
    """In the pages' words and without a grade, each number a link to its pages, and each place with its label there."""
    build_index(
        [
            monograph("Never", ("contraindications", "Contraindications", "Asthma.")),
            monograph("Careful", ("precautions", "Precautions", "Use with care in asthma.")),
        ],
        tmp_path,
    )
    client = create_app(Settings(index_root=tmp_path)).test_client()
    page = page_at(client, "/search?q=asthma")
    assert "say do not use in it 1 take care in it 1" in page.one("p", class_="ui-answer").words
    shown = page_at(client, "/symptom?q=asthma&as=do-not-use")
    assert [e.words for e in shown.all("span") if e.attributes.get("class") == "ui-tag ui-negated"] == ["do not use"]
    assert client.get("/api/v1/search?q=asthma").get_json()["finding"]["take_care"] == 1


def test_a_drug_has_no_such_line(client: FlaskClient) -> None:
    """Where a drug is named nothing is counted."""
    assert not [
        e for e in page_at(client, "/search?q=denosumab+nausea").all("p") if e.attributes.get("class") == "ui-answer"
    ]


def test_the_overview_says_what_each_page_says_and_where(client: FlaskClient) -> None:
    """A row has the drug, its class, its role in words and a link to each section; the notice and date stand above."""
    page = page_at(client, "/symptom?q=nausea")
    assert page.one("h1").words == "Overview of nausea"
    assert "not how likely it is" in page.text
    assert page.one("time").attributes["datetime"]
    assert [e.attributes["scope"] for e in page.all("th")].count("col") == 4
    assert any("#" in e.attributes["href"] for e in page.all("a"))
    assert "Nausea" in [mark.words for mark in page.all("mark")]


@pytest.mark.parametrize("sort", ["title", "class", "role"])
def test_the_overview_is_sorted_by_links(client: FlaskClient, sort: str) -> None:
    """Each order is an address, and the heading says which it is."""
    page = page_at(client, f"/symptom?q=nausea&sort={sort}")
    assert [e.attributes["aria-sort"] for e in page.all("th") if "aria-sort" in e.attributes] == ["ascending"]


@pytest.mark.parametrize("arguments", ["sort=x", "as=x", "as=side-effects"])
def test_an_unknown_order_or_role_is_refused(client: FlaskClient, arguments: str) -> None:
    """400, and the message says what there is."""
    response = client.get(f"/symptom?q=nausea&{arguments}")
    assert response.status_code == 400
    assert "causes, treats, do-not-use, take-care" in response.text


@pytest.mark.parametrize("text", ["denosumab", "qwzx", "", "%3Cqwzx%3E"])
def test_what_is_no_finding_is_said(client: FlaskClient, text: str) -> None:
    """A drug, an unknown word or nothing gives no empty table but what to type."""
    page = page_at(client, f"/symptom?q={text}")
    assert "No overview" in page.text
    assert not page.all("table")


def test_csv_has_every_section_of_the_search(client: FlaskClient) -> None:
    """As many lines as the search counts sections, each with the notice, the query and the index."""
    rows = _rows(client, "/search.csv?q=nausea")
    total = client.get("/api/v1/search?q=nausea").get_json()["total"]["sections"]
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) - 1 == total
    column = {name: number for number, name in enumerate(COLUMNS)}
    assert all(row[column["query"]] == "nausea" and row[column["index"]] for row in rows[1:])
    assert all(row[column["reviewed"]] in ("yes", "no") for row in rows[1:])


def test_csv_takes_the_filters_of_the_search(client: FlaskClient) -> None:
    """`section=` narrows it as it narrows the page."""
    rows = _rows(client, "/search.csv?q=nausea&section=side-effects")
    assert {row[COLUMNS.index("section kind")] for row in rows[1:]} == {"Side effects"}


def test_csv_is_a_download_that_is_not_stored(client: FlaskClient) -> None:
    """It has a file name, and no cache keeps it."""
    response = client.get("/search.csv?q=nausea")
    assert response.headers["Content-Disposition"] == 'attachment; filename="monograph-search.csv"'
    assert response.headers["Cache-Control"] == "no-store"


@given(st.text(max_size=20))
def test_no_cell_is_a_formula(text: str) -> None:
    """Whatever a page says, a cell begins with nothing that a spreadsheet runs, and says the same."""
    cell = plain_cell(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert cell.removeprefix("'") == text.removeprefix("'")
