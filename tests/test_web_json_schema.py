"""The JSON of DESIGN §8, key for key: nothing missing, nothing more."""

from typing import Any

import jsonschema
import pytest
from flask.testing import FlaskClient

from search import KIND_LABELS, KINDS, STATUS_LABELS

Schema = dict[str, Any]

WHY = ["name", "exact", "form", "synonym", "spelling", "prefix", "class", "scattered", "related"]
NOTE_KINDS = (
    "synonym name spelling partial ignored hint lookalike ambiguous no-monograph not-mentioned excluded filtered "
    "section-hint related"
).split()

TEXT: Schema = {"type": "string"}
MAYBE_TEXT: Schema = {"type": ["string", "null"]}
COUNT: Schema = {"type": "integer", "minimum": 0}
FLAG: Schema = {"type": "boolean"}


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def _object(properties: dict[str, Schema], optional: tuple[str, ...] = ()) -> Schema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


MATCHES = _list({"type": "array", "prefixItems": [COUNT, COUNT, {"enum": WHY}], "items": False, "minItems": 3})
NOTE = _object(
    {
        "id": TEXT,
        "kind": {"enum": NOTE_KINDS},
        "typed": TEXT,
        "message": TEXT,
        "searched": _list(TEXT),
        "options": _list(_object({"label": TEXT, "query": TEXT})),
    },
    optional=("searched", "options"),
)
SECTION_HIT = _object(
    {
        "anchor": {"type": "string", "pattern": "^[a-z0-9-]{1,60}$"},
        "kind": {"enum": list(KINDS)},
        "heading": TEXT,
        "heading_path": _list(TEXT),
        "heading_matches": MATCHES,
        "url": {"type": "string", "pattern": "^/m/[^?]+#[a-z0-9-]+$"},
        "score": {"type": "number"},
        "tier": {"enum": ["typed", "synonym", "class", "scattered", "related"]},
        "why": _list({"enum": WHY}),
        "excerpts": _list(_object({"text": TEXT, "negated": FLAG, "matches": MATCHES})),
    }
)
ITEM = _object(
    {
        "id": TEXT,
        "title": TEXT,
        "title_matches": MATCHES,
        "names": _list(TEXT),
        "drug_class": MAYBE_TEXT,
        "ingredients": _list(TEXT),
        "url": {"type": "string", "pattern": "^/m/[^?#]+$"},
        "matched_name": MAYBE_TEXT,
        "status": {"enum": [None, *STATUS_LABELS]},
        "reviewed": FLAG,
        "notice": MAYBE_TEXT,
        "more_sections": COUNT,
        "sections": {**_list(SECTION_HIT), "minItems": 1, "maxItems": 3},
    }
)
RESULT = _object(
    {
        "query": _object(
            {
                "text": TEXT,
                "sections": _list({"enum": list(KINDS)}),
                "exact": FLAG,
                "without": _list(TEXT),
                "page": {"type": "integer", "minimum": 1},
            }
        ),
        "notes": _list(NOTE),
        "total": _object({"monographs": COUNT, "sections": COUNT}),
        "pages": COUNT,
        "section_counts": _list(
            _object(
                {
                    "kind": {"enum": list(KINDS)},
                    "label": {"enum": list(KIND_LABELS.values())},
                    "sections": COUNT,
                    "monographs": COUNT,
                }
            )
        ),
        "items": _list(ITEM),
        "related": _list(ITEM),
        "generation": {"type": "string", "pattern": "^g-[0-9]{8}-[0-9a-f]{12}$"},
    }
)
MONOGRAPH = _object(
    {
        "id": TEXT,
        "title": TEXT,
        "generic_name": TEXT,
        "names": _list(
            _object({"text": TEXT, "kind": {"enum": ["title", "generic", "brand", "alias"]}, "region": TEXT})
        ),
        "ingredients": _list(TEXT),
        "drug_class": MAYBE_TEXT,
        "status": {"enum": [None, *STATUS_LABELS]},
        "reviewed": FLAG,
        "updated": MAYBE_TEXT,
        "source": TEXT,
        "notices": _list(_object({"kind": {"enum": ["disclaimer", "note"]}, "heading": TEXT, "text": TEXT})),
        "sections": _list(
            _object(
                {
                    "anchor": TEXT,
                    "kind": {"enum": list(KINDS)},
                    "heading": TEXT,
                    "heading_path": _list(TEXT),
                    "level": {"type": "integer", "minimum": 1},
                    "text": TEXT,
                    "html": TEXT,
                    "url": TEXT,
                }
            )
        ),
    }
)
READY = _object({"generation": TEXT, "built_at": TEXT, "monographs": COUNT, "sections": COUNT})
PROBLEM = _object({"type": TEXT, "title": TEXT, "status": COUNT, "detail": TEXT})

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
    """Every key of DESIGN §8 and no other, hits or none."""
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
