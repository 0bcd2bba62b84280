"""The JSON that docs/query-language.md describes, key for key: nothing missing, nothing more."""

from typing import Any

import jsonschema
import pytest
from flask.testing import FlaskClient

from web.schemas import MONOGRAPH, PROBLEM, READY, RESULT, SUGGESTIONS, Schema

SEARCHES = [
    "q=nausea",
    "q=nausea&page=2",
    "q=low+calcium",
    "q=paracetamol",
    "q=paracetamol&section=faqs&section=uses&exact=1&without=n1",
    "q=hypocalcemia&section=uses",
    "q=nausea+-vomiting",
    "q=nau*",
    "q=qwzx",
    "q=nausea+qwzx",
    "q=",
    "q=drug:nothing+nausea",
    "q=script+frobnication",
]


@pytest.mark.parametrize("query", SEARCHES)
def test_a_search_has_exactly_the_keys_of_the_design(client: FlaskClient, query: str) -> None:
    """Every key of the description and no other, hits or none."""
    _check(client, f"/api/v1/search?{query}", RESULT)


@pytest.mark.parametrize("query", SEARCHES)
def test_matches_lie_inside_their_text_in_order(client: FlaskClient, query: str) -> None:
    """Ranges are half-open, in code points of the text sent, and never overlap."""
    for item in _check(client, f"/api/v1/search?{query}", RESULT)["items"]:
        marked = [(item["title"], item["title_matches"])]
        for section in item["sections"]:
            marked.append((section["heading"], section["heading_matches"]))
            marked += [(excerpt["text"], excerpt["matches"]) for excerpt in section["excerpts"]]
        for text, matches in marked:
            edges = [edge for start, end, _ in matches for edge in (start, end)]
            assert edges == sorted(edges)
            assert all(start < end for start, end, _ in matches)
            assert all(0 <= edge <= len(text) for edge in edges)


@pytest.mark.parametrize(
    "identifier", ["d/denosumab", "p/paracetamol", "p/paracetamol-caffeine", "h/hostile%20%26%20co%20%2B%20100%25"]
)
def test_a_monograph_has_exactly_its_keys(client: FlaskClient, identifier: str) -> None:
    """The documented keys and no other."""
    _check(client, f"/api/v1/monographs/{identifier}", MONOGRAPH)


@pytest.mark.parametrize("text", ["deno", "nau", "", "x"])
def test_suggestions_have_exactly_their_keys(client: FlaskClient, text: str) -> None:
    """Each with its text, kind and detail."""
    _check(client, f"/api/v1/suggest?q={text}", SUGGESTIONS)


def test_ready_and_problems_have_exactly_their_keys(client: FlaskClient) -> None:
    """`readyz` and problem+json are objects of known keys."""
    _check(client, "/readyz", READY)
    _check(client, "/api/v1/search?q=a&page=0", PROBLEM, code=400)


def _check(client: FlaskClient, address: str, schema: Schema, code: int = 200) -> dict[str, Any]:
    response = client.get(address)
    assert response.status_code == code, response.text
    found: dict[str, Any] = response.get_json(force=True)
    jsonschema.Draft202012Validator(schema).validate(found)
    return found
