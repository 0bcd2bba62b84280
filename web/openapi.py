"""Descriptions for programs: of the JSON API (OpenAPI 3.1), and of search from a browser's own search box (OpenSearch 1.1).

The objects that answers consist of are in `schemas`.
"""

from functools import cache
from typing import Any, Final

from flask import Blueprint, Response, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue

from search import KINDS, MAX_CLASSES
from web import schemas
from web.caching import revalidated
from web.current import engine, settings
from web.request_args import MAX_WITHOUT, plain_text

blueprint = Blueprint("openapi", __name__)

_OBJECTS: Final = {
    "Result": schemas.RESULT,
    "Monograph": schemas.MONOGRAPH,
    "Suggestions": schemas.SUGGESTIONS,
    "Ready": schemas.READY,
    "Problem": schemas.PROBLEM,
}

_TEXT_KINDS: Final = "The name or finding to search, in the language of /help. At most `maxLength` characters."


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The OpenAPI document."""
    return revalidated(jsonify(document(settings().max_query_chars)))


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """The OpenSearch description. Its addresses are absolute, as the format requires."""
    response = make_response(render_template("opensearch.xml", root=request.url_root.rstrip("/")))
    response.mimetype = "application/opensearchdescription+xml"
    return revalidated(response)


@blueprint.get("/opensearch/suggest")
def suggest() -> ResponseReturnValue:
    """Suggestions as OpenSearch has them: [query, [names], [what each name is]]."""
    text = plain_text(request.args)
    names = engine().suggest(text)
    response = jsonify([text, [name.text for name in names], [f"{name.kind} {name.detail}".strip() for name in names]])
    response.mimetype = "application/x-suggestions+json"
    return response


@cache
def document(max_chars: int) -> dict[str, Any]:
    """The OpenAPI document, for a server that takes queries of at most `max_chars` code points."""
    query = {"type": "string", "maxLength": max_chars}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Monograph Search",
            "version": "1",
            "description": "Search over drug monographs by section. Read only; answers to a query are never stored. "
            "What a page does not mention is not evidence of safety.",
        },
        "paths": {
            "/api/v1/search": {
                "get": _operation("Search", "Result", [_query(query, required=False), *_SEARCH_ARGUMENTS])
            },
            "/api/v1/suggest": {
                "get": _operation("Names that begin so", "Suggestions", [_query(query, required=False)])
            },
            "/api/v1/monographs/{id}": {"get": _operation("One monograph", "Monograph", [_IDENTIFIER])},
            "/readyz": {"get": _operation("What is being served", "Ready", [])},
        },
        "components": {"schemas": _OBJECTS},
    }


def _query(schema: dict[str, Any], *, required: bool) -> dict[str, Any]:
    return {"name": "q", "in": "query", "required": required, "schema": schema, "description": _TEXT_KINDS}


_IDENTIFIER: Final = {
    "name": "id",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "minLength": 1},
    "description": "As in `items[].id`, its slashes left as they are: `d/denosumab`.",
}

_SEARCH_ARGUMENTS: Final[list[dict[str, Any]]] = [
    {
        "name": "section",
        "in": "query",
        "schema": {"type": "array", "items": {"enum": ["", *KINDS]}},
        "description": "Only these kinds of section; repeat it.",
    },
    {
        "name": "class",
        "in": "query",
        "schema": {"type": "array", "items": {"type": "string"}, "maxItems": MAX_CLASSES},
        "description": "Only monographs of these drug classes, as `items[].drug_class` names them; repeat it.",
    },
    {
        "name": "page",
        "in": "query",
        "schema": {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 999_999}, {"const": ""}]},
        "description": "Counts from 1, which is also what blank means.",
    },
    {
        "name": "exact",
        "in": "query",
        "schema": {"enum": ["", "0", "1"], "default": "0"},
        "description": "1: only the words as typed.",
    },
    {
        "name": "without",
        "in": "query",
        "schema": {"type": "array", "items": {"type": "string"}, "maxItems": MAX_WITHOUT},
        "description": "Ids of notes whose effect is switched off; repeat it.",
    },
]


def _operation(summary: str, answer: str, arguments: list[dict[str, Any]]) -> dict[str, Any]:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    faults = {
        "400": "An argument breaks a rule; `detail` says which.",
        "404": "There is no such page or monograph.",
        "503": "There is no index yet, or none that is whole.",
    }
    return {
        "summary": summary,
        "parameters": arguments,
        "responses": {
            "200": {
                "description": "The answer",
                "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{answer}"}}},
            },
            **{code: {"description": words, "content": problem} for code, words in faults.items()},
        },
    }
