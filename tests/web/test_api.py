"""The JSON API: the same answers as the façade, key for key."""

import json

from flask import Flask
from flask.testing import FlaskClient

from search import SearchEngine, SearchRequest


def test_search_is_the_object_of_the_facade(client: FlaskClient, app: Flask) -> None:
    """`/api/v1/search` is `ResultPage.to_dict()` and nothing else, in the same order of keys."""
    response = client.get("/api/v1/search?q=nausea+-empty&section=side-effects&exact=1&without=n7&page=1")
    request = SearchRequest("nausea -empty", sections=("side-effects",), exact=True, without=("n7",))
    assert json.dumps(response.json) == json.dumps(app.extensions["engine"].search(request).to_dict())


def test_blank_sections_are_ignored_and_repeated_ones_joined(client: FlaskClient) -> None:
    """section= may be blank or repeated; the answer lists the kinds in their own order."""
    found = _json(client, "/api/v1/search?q=paracetamol&section=&section=faqs&section=uses&section=faqs")
    assert found["query"]["sections"] == ["uses", "faqs"]


def test_urls_of_hits_open(client: FlaskClient) -> None:
    """Each url of an answer is an address of this server."""
    for item in _json(client, "/api/v1/search?q=nausea")["items"]:
        assert client.get(item["url"]).status_code == 200
        assert item["sections"][0]["url"].startswith(item["url"] + "#")


def test_suggestions_have_their_kind(client: FlaskClient) -> None:
    """`/api/v1/suggest` gives text, kind and detail, as the façade does; nothing for nothing, 400 for too much."""
    found = _json(client, "/api/v1/suggest?q=deno")
    assert found["query"] == "deno"
    assert found["suggestions"][0] | {"detail": ""} == {"text": "Denosumab", "kind": "drug", "detail": ""}
    assert _json(client, "/api/v1/suggest")["suggestions"] == []
    assert client.get("/api/v1/suggest?q=" + "x" * 201).status_code == 400


def test_a_monograph_has_its_sections_and_notices(client: FlaskClient, engine: SearchEngine) -> None:
    """`/api/v1/monographs/<id>` holds the whole page; links and text are those of the façade."""
    monograph = engine.monograph("d/denosumab")
    assert monograph is not None
    found = _json(client, "/api/v1/monographs/d/denosumab")
    assert [s["text"] for s in found["sections"]] == [s.text for s in monograph.sections]
    assert found["sections"][1]["url"] == f"/m/d/denosumab#{monograph.sections[1].anchor}"
    assert {n["kind"] for n in found["notices"]} == {"disclaimer", "note"}
    assert found["reviewed"] is False


def test_ready_says_what_is_served(client: FlaskClient, engine: SearchEngine) -> None:
    """`/readyz` gives generation, time and counts."""
    info = engine.info()
    assert _json(client, "/readyz") == {
        "generation": info.generation,
        "built_at": info.built_at,
        "monographs": 4,
        "sections": info.sections,
        "refused": None,
        "failing": None,
    }


def test_health_needs_no_index(client_without_index: FlaskClient) -> None:
    """`/healthz` answers for the process alone."""
    assert _json(client_without_index, "/healthz") == {"status": "ok"}


def test_search_time_is_told(client: FlaskClient) -> None:
    """Server-Timing carries the milliseconds of the search."""
    assert client.get("/api/v1/search?q=nausea").headers["Server-Timing"].startswith("search;dur=")


def _json(client: FlaskClient, address: str) -> dict:  # type: ignore[type-arg] # any JSON object
    response = client.get(address)
    assert response.status_code == 200, response.text
    found: dict = response.json  # type: ignore[type-arg,assignment]
    return found
