"""The pages of search: home, results, a monograph, help.

Each view reads the address, asks the engine, and renders a template. Knows nothing of how an answer is found or made into HTML.
"""

from itertools import islice
from typing import Final

from flask import Blueprint, Response, abort, current_app, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from search import SearchRequest
from web import presentation
from web.caching import revalidated
from web.current import engine, timed_search
from web.links import monograph_address, search_address, slug_of
from web.outline import outline
from web.request_args import left_out, plain_text, search_request
from web.search_links import SearchLinks

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
"""(search, what it shows) of the searches that home may offer; it offers those that find something in this index."""

_EXAMPLES_SHOWN: Final = 6


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """The search box, with examples."""
    return revalidated(make_response(_home()))


def _home() -> str:
    useful = (example for example in EXAMPLES if engine().search(SearchRequest(example[0])).items)
    return render_template("home.html", info=engine().info(), examples=list(islice(useful, _EXAMPLES_SHOWN)))


@blueprint.get("/search")
def search() -> ResponseReturnValue:
    """The results of a search; home where the address has no `q`."""
    if "q" not in request.args:
        return make_response(_home())
    if (narrower := left_out(request.args)) is not None:
        return redirect(search_address(narrower), 303)
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
    """One monograph. Where the reader came from a search, the words of its query are marked."""
    text = plain_text(request.args).strip()
    shown = engine().monograph(identifier)
    if shown is None:
        abort(404, "There is no monograph at this address. It may have been renamed or taken out.")
    marks = engine().marks(identifier, text) if text else {}
    page = render_template(
        "monograph.html",
        monograph=shown,
        outline=outline(shown.title, shown.sections, marks),
        marks=marks,
        text=text,
        near=engine().near(identifier),
        slug_of=slug_of,
        info=engine().info(),
    )
    return make_response(page) if request.args else revalidated(make_response(page))


@blueprint.get("/help")
def help_page() -> ResponseReturnValue:
    """The query language, and what the parts of a page of results mean."""
    return revalidated(make_response(render_template("help.html")))


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """The icon, at the address that browsers try whatever the page says."""
    return current_app.send_static_file("favicon.svg")
