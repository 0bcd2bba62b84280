"""The description of the API is what the API does; browsers can search from their own box."""

from xml.etree import ElementTree as ET

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings

from web.openapi import document

API = schemathesis.openapi.from_dict(document(200))


@pytest.fixture(scope="module", autouse=True)
def served(app: Flask) -> None:
    """The description is proved on the real application."""
    API.app = app


@API.parametrize()
@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case: schemathesis.Case, app: Flask) -> None:
    """Whatever arguments are made up, valid or not: a described status, media type and object, and never a fault of ours."""
    case.call_and_validate(app=app, headers={"Host": "localhost", "Accept-Encoding": "identity"})


def test_the_description_is_kept_by_etag(client: FlaskClient) -> None:
    """It holds nothing of a query, so a client may ask whether it changed."""
    first = client.get("/openapi.json")
    assert first.get_json()["openapi"].startswith("3.1")
    assert client.get("/openapi.json", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_every_api_route_is_described(app: Flask) -> None:
    """No route of the API is left out, and none is described that is not there."""
    routes = {
        str(rule).replace("<path:identifier>", "{id}") for rule in app.url_map.iter_rules() if "/api/" in str(rule)
    }
    assert {path for path in document(200)["paths"] if path.startswith("/api/")} == routes


def test_browsers_learn_where_to_search(client: FlaskClient) -> None:
    """The description is well formed XML and names a search and a suggestion address of this server, which answer."""
    root = ET.fromstring(client.get("/opensearch.xml").get_data())  # noqa: S314 # our own page
    urls = [url.attrib for url in root if url.tag.endswith("Url")]
    assert [url["type"] for url in urls] == ["text/html", "application/x-suggestions+json"]
    for url in urls:
        address = url["template"].replace("{searchTerms}", "deno")
        assert address.startswith("http://localhost/")
        assert client.get(address).status_code == 200


def test_browser_suggestions_have_the_shape_browsers_read(client: FlaskClient) -> None:
    """[query, names, descriptions], as many of one as of the other."""
    text, names, descriptions = client.get("/opensearch/suggest?q=deno").get_json()
    assert text == "deno"
    assert names[0] == "Denosumab"
    assert len(names) == len(descriptions)
