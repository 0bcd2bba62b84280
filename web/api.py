"""The JSON API: searches, suggestions and monographs as objects.

A search is answered with `ResultPage.to_dict()`, key for key; errors are problem+json (see `errors`).
"""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, abort, jsonify, request
from flask.typing import ResponseReturnValue

from search import Monograph
from web.caching import revalidated
from web.current import engine, timed_search
from web.links import monograph_address
from web.request_args import plain_text, search_request

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@blueprint.get("/search")
def search() -> ResponseReturnValue:
    """A page of results. Takes the same arguments as the page `/search`."""
    return jsonify(timed_search(search_request(request.args)).to_dict())


@blueprint.get("/suggest")
def suggest() -> ResponseReturnValue:
    """Names that begin with what is being typed, or nearly do."""
    text = plain_text(request.args)
    return jsonify({"query": text, "suggestions": [asdict(name) for name in engine().suggest(text)]})


@blueprint.get("/monographs/<path:identifier>")
def monograph(identifier: str) -> ResponseReturnValue:
    """One monograph with all its sections."""
    requested = engine().monograph(identifier)
    if requested is None:
        abort(404, "There is no monograph with this id.")
    return revalidated(jsonify(monograph_object(requested)))


def monograph_object(monograph: Monograph) -> dict[str, Any]:
    """A monograph as the JSON object that docs/query-language.md describes."""
    return {
        "id": monograph.id,
        "title": monograph.title,
        "generic_name": monograph.generic_name,
        "names": [asdict(name) for name in monograph.names],
        "ingredients": monograph.ingredients,
        "drug_class": monograph.drug_class,
        "status": monograph.status,
        "reviewed": monograph.reviewed,
        "updated": monograph.updated,
        "source": monograph.source,
        "notices": [
            {"kind": notice.kind, "heading": notice.heading, "text": notice.text} for notice in monograph.notices
        ],
        "sections": [
            {
                "anchor": section.anchor,
                "kind": section.kind,
                "heading": section.heading,
                "heading_path": section.heading_path,
                "level": section.level,
                "text": section.text,
                "html": section.html,
                "url": monograph_address(monograph.id, section.anchor),
            }
            for section in monograph.sections
        ],
    }
