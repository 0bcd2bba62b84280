"""The pages. Each view asks the façade one question and renders the answer; nothing is decided here."""

import time
from dataclasses import asdict
from itertools import islice
from typing import Final

from flask import Blueprint, Response, abort, current_app, g, jsonify, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from search import ResultPage, SearchEngine, SearchRequest
from web import presentation
from web.links import SearchLinks, monograph_address, search_address, slug_of
from web.request_args import left_out, plain_text, search_request
from web.security import revalidated

blueprint = Blueprint("pages", __name__)

EXAMPLES: Final = (
    ("low calcium", "a symptom or finding"),
    ("ringing in the ears", "a symptom in everyday words"),
    ("denosumab", "a drug"),
    ("Prolia", "a brand"),
    ("side effects of denosumab", "what one page says on it"),
    ('"missed dose"', "these words together"),
    ("nausea -vomiting", "with one word, without another"),
    ("warfarin section:interactions", "in one kind of section"),
    ("ibuprofen warfarin", "two drugs together"),
)
"""Searches that home offers, of those that find something in these pages."""

_EXAMPLES_SHOWN: Final = 6


def engine() -> SearchEngine:
    """The one engine of the app."""
    found: SearchEngine = current_app.extensions["engine"]
    return found


def timed_search(asked: SearchRequest) -> ResultPage:
    """Answer a request, and note how long the search took.

    Raises:
        NotFound: a page past the last one; the first page of no hits is there.
    """
    began = time.perf_counter()
    result = engine().search(asked)
    g.search_seconds = time.perf_counter() - began
    if asked.page > max(result.pages, 1):
        abort(404, f"There is no page {asked.page} of this search; the last one is {max(result.pages, 1)}.")
    return result


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """The search box."""
    return revalidated(make_response(_home()))


def _home() -> str:
    found = (example for example in EXAMPLES if engine().search(SearchRequest(example[0])).items)
    return render_template("home.html", info=engine().info(), examples=list(islice(found, _EXAMPLES_SHOWN)))


@blueprint.get("/search")
def search() -> ResponseReturnValue:
    """The results of a query; without one, the search box."""
    if "q" not in request.args:
        return make_response(_home())
    if (fewer := left_out(request.args)) is not None:
        return redirect(search_address(fewer), 303)
    asked = search_request(request.args)
    result = timed_search(asked)
    return render_template(
        "results.html",
        result=result,
        links=SearchLinks(asked),
        info=engine().info(),
        present=presentation,
        monograph_address=monograph_address,
    )


@blueprint.get("/m/<path:identifier>")
def monograph(identifier: str) -> ResponseReturnValue:
    """One monograph, with the words of a query marked where it came from one."""
    text = plain_text(request.args).strip()
    found = engine().monograph(identifier)
    if found is None:
        abort(404, "There is no monograph at this address. It may have been renamed or taken out.")
    marks = engine().marks(identifier, text) if text else {}
    outline = presentation.outline(found.title, found.sections, marks)
    page = render_template(
        "monograph.html",
        monograph=found,
        outline=outline,
        marks=marks,
        text=text,
        near=engine().near(identifier),
        slug_of=slug_of,
        info=engine().info(),
    )
    return make_response(page) if request.args else revalidated(make_response(page))


@blueprint.get("/help")
def help_page() -> ResponseReturnValue:
    """What may be typed, and what it means."""
    return revalidated(make_response(render_template("help.html")))


@blueprint.get("/healthz")
def health() -> Response:
    """The process answers; it says nothing of the index."""
    return jsonify({"status": "ok"})


@blueprint.get("/readyz")
def ready() -> Response:
    """What is being served, whether it is not the newest, and since when it cannot be renewed; 503 until there is an index."""
    info = engine().info()
    return jsonify(
        {
            "generation": info.generation,
            "built_at": info.built_at,
            "monographs": info.monographs,
            "sections": info.sections,
            "refused": info.refused,
            "failing": info.failing and asdict(info.failing),
        }
    )


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """The address browsers try whatever the page says."""
    return current_app.send_static_file("favicon.svg")
