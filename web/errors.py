"""Turns errors into answers: a page that says what to do, or `application/problem+json` (RFC 9457) for programs.

QueryError                                            400
HTTPException (not found, method, host, body …)       its own code
IndexMissingError, IndexDamagedError, IndexBusyError  503, with Retry-After
anything else                                         500, with the number of the request, which the log has too

Knows nothing of views.
"""

import logging
from typing import Final, NamedTuple

from flask import Flask, Response, current_app, g, json, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, HTTPException, InternalServerError, ServiceUnavailable

from search import IndexBusyError, IndexDamagedError, IndexMissingError, QueryError
from web.logs import frames

RETRY_AFTER_SECONDS: Final = 10
"""After which a client may try again when there is no index: some thousand pages are indexed in about this time."""

PROBLEM_PATHS: Final = ("/api/", "/healthz", "/readyz")
"""How the paths begin that programs read; their errors are problem+json."""

_log = logging.getLogger(__name__)


class _Words(NamedTuple):
    """The title of an error, and the detail where the error itself has none."""

    title: str
    detail: str


_WORDS: Final = {
    400: _Words("This search cannot be answered", "The address holds something that this program does not understand."),
    404: _Words(
        "Page not found", "There is nothing at this address. It may have been mistyped, or the page was renamed."
    ),
    405: _Words("Method not allowed", "This address can only be read (GET)."),
    413: _Words("Request too large", "Nothing on this server takes a request body."),
    500: _Words("Something went wrong", "The mistake is ours and has been noted. Trying again may help."),
    503: _Words("Search is not available", "The index cannot be read at the moment."),
}

_NO_INDEX: Final = "No index has been built yet. Whoever runs this server builds it with: monograph-search index"
_DAMAGED: Final = (
    "The index is damaged and is not used. Whoever runs this server builds a new one with: monograph-search index"
)


def install(app: Flask) -> None:
    """Answer all errors of an application."""
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(QueryError, query_error)
    for error in (IndexMissingError, IndexDamagedError, IndexBusyError):
        app.register_error_handler(error, no_index)
    app.register_error_handler(Exception, unexpected)


def query_error(error: QueryError) -> ResponseReturnValue:
    """A request that breaks a rule: 400, with the message that says which rule."""
    return http_error(BadRequest(str(error)))


def no_index(error: IndexMissingError | IndexDamagedError | IndexBusyError) -> ResponseReturnValue:
    """No index to answer from: 503. The log has the full message; the page leaves it out, as its paths help no reader."""
    _log.error("%s", error)
    detail = _DAMAGED if isinstance(error, IndexDamagedError) else _NO_INDEX
    return http_error(ServiceUnavailable(detail, retry_after=RETRY_AFTER_SECONDS))


def unexpected(error: Exception) -> ResponseReturnValue:
    """A fault in this program: 500. The page shows the number of the request, and the log has the stack under that number.

    Neither shows the query.
    """
    identifier: str = g.request_id
    route = request.url_rule.rule if request.url_rule else "no route"
    _log.error("error %s on %s\n%s", identifier, route, frames(error))
    return http_error(InternalServerError(), identifier)


def http_error(error: HTTPException, identifier: str | None = None) -> ResponseReturnValue:
    """Any HTTP error, with its own headers (`Retry-After`, `Allow`).

    Args:
        error: what was raised; one that holds a finished response, as a redirect does, is returned as it is.
        identifier: number of the request, to be shown.
    """
    if error.response is not None or error.code is None:
        return error
    response = _answer(error, error.code, identifier)
    for name, value in error.get_headers(request.environ):
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def _answer(error: HTTPException, code: int, identifier: str | None) -> Response:
    """The error as a problem for the paths that programs read, as a page for all others."""
    words = _WORDS.get(code, _Words(error.name, "The request could not be answered."))
    own = error.description not in (None, type(error).description)
    detail = error.description or words.detail if own else words.detail
    if request.path.startswith(PROBLEM_PATHS):
        return _problem(code, words.title, detail, identifier)
    page = render_template("error.html", code=code, title=words.title, detail=detail, identifier=identifier)
    return make_response(page, code)


def _problem(code: int, title: str, detail: str, identifier: str | None) -> Response:
    body: dict[str, str | int] = {"type": "about:blank", "title": title, "status": code, "detail": detail}
    if identifier:
        body["instance"] = f"urn:uuid:{identifier}"
    return current_app.response_class(json.dumps(body), code, mimetype="application/problem+json")
