"""Errors as answers: a page that says what to do, or `application/problem+json` (RFC 9457) for programs.

QueryError                                          400
HTTPException (not found, method, host, body …)     its own code
IndexMissingError, IndexDamagedError, IndexBusyError 503, with Retry-After
anything else                                       500, with an id that the log has too
"""

import logging
from functools import cache
from typing import Final, NamedTuple

from flask import Flask, Response, current_app, g, json, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, HTTPException, InternalServerError, ServiceUnavailable

from search import IndexBusyError, IndexDamagedError, IndexMissingError, QueryError
from web import overload
from web.logs import frames
from web.security import add_headers

RETRY_AFTER_SECONDS: Final = 10
"""An index of some thousand pages is built in about this time."""

PROBLEM_PATHS: Final = ("/api/", "/healthz", "/readyz")
"""Addresses that programs read."""

_log = logging.getLogger(__name__)


class _Words(NamedTuple):
    """Title of an error, and what to say where nothing better is known."""

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
_BUSY: Final = "Too many searches are under way. Wait a moment, then try again."
_DAMAGED: Final = (
    "The index is damaged and is not used. Whoever runs this server builds a new one with: monograph-search index"
)


def install(app: Flask) -> None:
    """Answer all errors of an app."""
    page, problem = cache(lambda: busy(app, "/")), cache(lambda: busy(app, "/api/"))

    def refusal(path: str) -> tuple[list[tuple[str, str]], bytes]:
        return problem() if path.startswith(PROBLEM_PATHS) else page()

    most = app.extensions["settings"].max_wait
    app.wsgi_app = overload.Gate(app.wsgi_app, most, refusal)  # type: ignore[method-assign] # how Flask has it done
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(QueryError, query_error)
    for error in (IndexMissingError, IndexDamagedError, IndexBusyError):
        app.register_error_handler(error, no_index)
    app.register_error_handler(Exception, unexpected)


def query_error(error: QueryError) -> ResponseReturnValue:
    """A request that breaks a rule: 400, in the words of the rule."""
    return http_error(BadRequest(str(error)))


def no_index(error: IndexMissingError | IndexDamagedError | IndexBusyError) -> ResponseReturnValue:
    """No index to answer from. The log names the file; the page does not, as it says nothing to a reader."""
    _log.error("%s", error)
    detail = _DAMAGED if isinstance(error, IndexDamagedError) else _NO_INDEX
    return http_error(ServiceUnavailable(detail, retry_after=RETRY_AFTER_SECONDS))


def unexpected(error: Exception) -> ResponseReturnValue:
    """A mistake of ours: the reader gets the number of the request, the log the stack under the same, neither the query."""
    identifier: str = g.request_id
    route = request.url_rule.rule if request.url_rule else "no route"
    _log.error("error %s on %s\n%s", identifier, route, frames(error))
    return http_error(InternalServerError(), identifier)


def busy(app: Flask, path: str) -> tuple[list[tuple[str, str]], bytes]:
    """Headers and body of the answer to what waited too long (`overload`), as a page or a problem by its path."""
    with app.test_request_context("/api/" if path.startswith(PROBLEM_PATHS) else "/"):
        error = ServiceUnavailable(_BUSY, retry_after=overload.RETRY_AFTER_SECONDS)
        response = add_headers(app.make_response(http_error(error)))
        return list(response.headers.items()), response.get_data()


def http_error(error: HTTPException, identifier: str | None = None) -> ResponseReturnValue:
    """An error as a page, or as a problem where programs ask."""
    if error.response is not None or error.code is None:
        return error
    response = _answer(error, error.code, identifier)
    for name, value in error.get_headers(request.environ):
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def _answer(error: HTTPException, code: int, identifier: str | None) -> Response:
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
