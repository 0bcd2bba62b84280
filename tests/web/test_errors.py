"""Errors: the right code, a page that says what to do, problem+json for programs, and no query in the log."""

import logging
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search import SearchEngine, Settings
from tests.support.page import Page
from web import create_app

BAD = [
    "q=" + "x" * 201,
    "q=a&page=0",
    "q=a&page=-1",
    "q=a&page=one",
    "q=a&page=1.5",
    "q=a&page=%D9%A1",
    "q=a&page=99999999999999999999",
    "q=a&section=nonsense",
    "q=a&exact=maybe",
    "q=a" + "".join(f"&without=n{n}" for n in range(33)),
]


@pytest.mark.parametrize("query", BAD, ids=lambda query: query[:24])
def test_a_broken_rule_is_400_with_its_reason(client: FlaskClient, query: str) -> None:
    """Every bad argument answers 400 in both worlds, with the same words."""
    problem = client.get(f"/api/v1/search?{query}")
    assert problem.status_code == 400
    assert problem.content_type == "application/problem+json"
    body = problem.json
    assert body is not None
    assert body.keys() == {"type", "title", "status", "detail"}
    assert body["status"] == 400
    page = client.get(f"/search?{query}")
    assert page.status_code == 400
    assert " ".join(body["detail"].split()) in Page(page.text).text


def test_an_error_keeps_the_query_in_the_box(client: FlaskClient) -> None:
    """Too long a text is there to be shortened."""
    page = Page(client.get("/search?q=" + "ab" * 150).text)
    assert page.one("input", name="q").attributes["value"] == "ab" * 150
    assert "300 characters" in page.text


def test_a_page_past_the_end_is_404(client: FlaskClient) -> None:
    """Past the last page: 404 that names the last; page 1 of no hits: 200."""
    assert "the last one is 2" in Page(client.get("/search?q=nausea&page=3").text).text
    assert client.get("/search?q=nausea&page=3").status_code == 404
    assert client.get("/api/v1/search?q=nausea&page=3").status_code == 404
    assert client.get("/search?q=qwzx&page=2").status_code == 404
    assert client.get("/search?q=qwzx").status_code == 200


def test_unknown_addresses_are_404(client: FlaskClient) -> None:
    """A page for people, a problem for programs, and no redirect to something near."""
    assert Page(client.get("/serach").text).one("h1").words == "Page not found"
    for address in ("/api/v1/nothing", "/api/v1/monographs/nothing", "/api/", "/api/v1/search/"):
        response = client.get(address)
        assert (response.status_code, response.content_type) == (404, "application/problem+json")
    assert client.get("/search/").status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("address", ["/", "/search?q=a", "/m/d/denosumab", "/api/v1/search?q=a", "/readyz"])
def test_only_reading_is_allowed(client: FlaskClient, method: str, address: str) -> None:
    """Other methods answer 405 and say which are allowed."""
    response = client.open(address, method=method)
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD"}


@pytest.mark.parametrize("address", ["/", "/search", "/search?q=a", "/m/d/denosumab"])
def test_without_an_index_pages_say_what_to_do(client_without_index: FlaskClient, address: str) -> None:
    """503 with Retry-After and the command that builds an index."""
    response = client_without_index.get(address)
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert "monograph-search index" in Page(response.text).text


@pytest.mark.parametrize("address", ["/api/v1/search?q=a", "/api/v1/monographs/d/denosumab", "/readyz"])
def test_without_an_index_programs_get_a_problem(client_without_index: FlaskClient, address: str) -> None:
    """503 as problem+json with Retry-After."""
    response = client_without_index.get(address)
    assert (response.status_code, response.content_type) == (503, "application/problem+json")
    assert response.headers["Retry-After"]


def test_bad_requests_are_400_even_without_an_index(client_without_index: FlaskClient) -> None:
    """What is wrong with a request is said first."""
    assert client_without_index.get("/search?q=a&page=x").status_code == 400


def test_help_needs_no_index(client_without_index: FlaskClient) -> None:
    """The help page is there before the index."""
    assert client_without_index.get("/help").status_code == 200


def test_a_mistake_of_ours_is_logged_without_the_query(
    index_root: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """500 has an id that the log has too; neither message nor address nor query gets into the log."""
    secret = "secret" + "word"  # in one piece, it would stand in the stack as a line of this file

    def fail(*_: object) -> None:
        try:
            int(secret)
        except ValueError as error:
            raise LookupError(f"no such term: {secret}") from error

    client = create_app(Settings(index_root=index_root)).test_client()
    monkeypatch.setattr(SearchEngine, "search", fail)
    with caplog.at_level(logging.DEBUG):
        response = client.get(f"/api/v1/search?q={secret}")
    assert response.status_code == 500
    assert response.json is not None
    identifier = response.json["instance"].removeprefix("urn:uuid:")
    assert identifier in caplog.text
    assert "ValueError" in caplog.text
    assert "LookupError" in caplog.text
    assert secret not in caplog.text
    assert secret not in response.text
    page = client.get(f"/search?q={secret}")
    assert page.status_code == 500
    assert "To report it, quote" in Page(page.text).text


def test_any_text_is_answered(client: FlaskClient) -> None:
    """Syntax, control characters, broken UTF-8 and markup are 200 and shown as text."""
    for q in (
        "AND ( %22",
        "%00",
        "%FF%FE",
        "%3Cscript%3Ealert(1)%3C/script%3E",
        "%F0%9F%A6%B4",
        "a%0D%0AX-Y: z",
        "%25",
        "%3Cb",
    ):
        response = client.get("/search", query_string=f"q={q}")
        assert response.status_code == 200, q
        assert len(Page(response.text).all("script")) == 1
        assert "X-Y" not in response.headers
