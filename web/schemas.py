"""The objects of the JSON API as JSON Schema (2020-12), key for key.

`openapi` publishes them, and tests check answers against them. Knows nothing of how an object is made.
"""

from typing import Any

from search import EXCERPT_ROLES, KIND_LABELS, KINDS, NOTE_KINDS, REASONS, ROLES, STATUS_LABELS, TIERS

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
MAYBE_TEXT: Schema = {"type": ["string", "null"]}
COUNT: Schema = {"type": "integer", "minimum": 0}
FLAG: Schema = {"type": "boolean"}


def listed(of: Schema) -> Schema:
    """The schema of a list of values of one schema."""
    return {"type": "array", "items": of}


def keys(properties: dict[str, Schema], optional: tuple[str, ...] = ()) -> Schema:
    """The schema of an object with these keys and no others; all are required except the optional ones."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


MATCHES = listed({"type": "array", "items": {"anyOf": [COUNT, {"enum": list(REASONS)}]}, "minItems": 3, "maxItems": 3})
"""Lists of [from, to, why]. `prefixItems` would say so more exactly, but schemathesis 4.32 takes it for the older `items`."""
NOTE = keys(
    {
        "id": TEXT,
        "kind": {"enum": list(NOTE_KINDS)},
        "typed": TEXT,
        "message": TEXT,
        "searched": listed(TEXT),
        "options": listed(keys({"label": TEXT, "query": TEXT})),
    },
    optional=("searched", "options"),
)
SECTION_HIT = keys(
    {
        "anchor": {"type": "string", "pattern": "^[a-z0-9-]{1,60}$"},
        "kind": {"enum": list(KINDS)},
        "heading": TEXT,
        "heading_path": listed(TEXT),
        "heading_matches": MATCHES,
        "url": {"type": "string", "pattern": "^/m/[^?]+#[a-z0-9-]+$"},
        "score": {"type": "number"},
        "tier": {"enum": list(TIERS)},
        "why": listed({"enum": list(REASONS)}),
        "excerpts": listed(keys({"text": TEXT, "role": {"enum": [*EXCERPT_ROLES, None]}, "matches": MATCHES})),
    }
)
ITEM = keys(
    {
        "id": TEXT,
        "title": TEXT,
        "title_matches": MATCHES,
        "names": listed(TEXT),
        "drug_class": MAYBE_TEXT,
        "ingredients": listed(TEXT),
        "url": {"type": "string", "pattern": "^/m/[^?#]+$"},
        "matched_name": MAYBE_TEXT,
        "status": {"enum": [None, *STATUS_LABELS]},
        "reviewed": FLAG,
        "notice": MAYBE_TEXT,
        "more_sections": COUNT,
        "sections": {**listed(SECTION_HIT), "minItems": 1, "maxItems": 3},
        "member_of": listed(TEXT),
    }
)
RESULT = keys(
    {
        "query": keys(
            {
                "text": TEXT,
                "sections": listed({"enum": list(KINDS)}),
                "exact": FLAG,
                "without": listed(TEXT),
                "page": {"type": "integer", "minimum": 1},
                "classes": listed(TEXT),
            },
            optional=("classes",),
        ),
        "notes": listed(NOTE),
        "finding": {"anyOf": [keys({role.replace("-", "_"): COUNT for role in ROLES}), {"type": "null"}]},
        "total": keys({"monographs": COUNT, "sections": COUNT}),
        "pages": COUNT,
        "section_counts": listed(
            keys(
                {
                    "kind": {"enum": list(KINDS)},
                    "label": {"enum": list(KIND_LABELS.values())},
                    "sections": COUNT,
                    "monographs": COUNT,
                }
            )
        ),
        "items": listed(ITEM),
        "related": listed(ITEM),
        "generation": {"type": "string", "pattern": "^g-[0-9]{8}-[0-9a-f]{12}$"},
    }
)
MONOGRAPH = keys(
    {
        "id": TEXT,
        "title": TEXT,
        "generic_name": TEXT,
        "names": listed(keys({"text": TEXT, "kind": {"enum": ["title", "generic", "brand", "alias"]}, "region": TEXT})),
        "ingredients": listed(TEXT),
        "drug_class": MAYBE_TEXT,
        "status": {"enum": [None, *STATUS_LABELS]},
        "reviewed": FLAG,
        "updated": MAYBE_TEXT,
        "source": TEXT,
        "notices": listed(keys({"kind": {"enum": ["disclaimer", "note"]}, "heading": TEXT, "text": TEXT})),
        "sections": listed(
            keys(
                {
                    "anchor": TEXT,
                    "kind": {"enum": list(KINDS)},
                    "heading": TEXT,
                    "heading_path": listed(TEXT),
                    "level": {"type": "integer", "minimum": 1},
                    "text": TEXT,
                    "html": TEXT,
                    "url": TEXT,
                }
            )
        ),
    }
)
READY = keys(
    {
        "generation": TEXT,
        "built_at": TEXT,
        "monographs": COUNT,
        "sections": COUNT,
        "refused": {"type": ["string", "null"]},
        "failing": {"anyOf": [{"type": "null"}, keys({"since": TEXT, "reason": TEXT})]},
    }
)
PROBLEM = keys({"type": TEXT, "title": TEXT, "status": COUNT, "detail": TEXT})
SUGGESTIONS = keys(
    {
        "query": TEXT,
        "suggestions": listed(
            keys({"text": TEXT, "kind": {"enum": ["drug", "brand", "class", "symptom"]}, "detail": TEXT})
        ),
    }
)
