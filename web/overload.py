"""Refuses requests that have waited too long, with 503 and Retry-After, before any other code sees them.

Under more load than the server can bear, the queue grows without end and everybody waits long. Refusing requests above a fixed
age bounds the wait of all that are answered, and a refusal costs a fraction of an answer. Requests are not limited by client
address, because a whole clinic may share one.
"""

import socket
import sys
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from flask import Flask
from werkzeug.exceptions import ServiceUnavailable

from web import metrics
from web.errors import PROBLEM_PATHS, http_error
from web.security import add_headers

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Refusal = tuple[list[tuple[str, str]], bytes]
"""Headers and body of a 503."""

RETRY_AFTER_SECONDS: Final = 2

_BUSY: Final = "Too many searches are under way. Wait a moment, then try again."

_ALWAYS: Final = ("/healthz",)
"""Paths that are never refused: whether the process lives matters most when it is busy."""

_LAST_DATA_RECEIVED: Final = slice(52, 56)
"""Bytes of `tcpi_last_data_recv` in Linux's `struct tcp_info` (linux/tcp.h): milliseconds since the client last sent anything.

That was its request, so this is how long the request has waited, in the kernel's queue and in gunicorn's.
"""

_SOCKET: Final = "gunicorn.socket"
"""Where gunicorn puts the connection into the WSGI environment."""


def install(app: Flask) -> None:
    """Refuse requests to an application that have waited longer than its setting `max_wait`."""
    refusals = cache(lambda path: _refusal(app, path))  # there are two, made when they are first needed
    gate = Gate(
        app.wsgi_app,
        app.extensions["settings"].max_wait,
        lambda path: refusals("/api/" if path.startswith(PROBLEM_PATHS) else "/"),
    )
    app.wsgi_app = gate  # type: ignore[method-assign] # Flask documents this as the way to wrap an application


class Gate:
    """A WSGI application in front of another, which it leaves out when a request has waited too long.

    Args:
        app: the application that answers.
        max_wait: milliseconds that a request may have waited.
        refusal: the answer to a request for a path that has waited longer.
    """

    def __init__(self, app: "WSGIApplication", max_wait: int, refusal: Callable[[str], Refusal]) -> None:
        self._app = app
        self._max_wait = max_wait
        self._refusal = refusal

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Let the application answer, or refuse with 503."""
        if waited(environ.get(_SOCKET)) <= self._max_wait or environ["PATH_INFO"] in _ALWAYS:
            return self._app(environ, start_response)
        if metrics.counting():
            metrics.REJECTED.inc()
        headers, body = self._refusal(environ["PATH_INFO"])
        start_response("503 Service Unavailable", headers)
        return [body]


def waited(connection: Any) -> int:
    """Milliseconds since the last byte of a request arrived; 0 where that is not known (no TCP connection, not Linux)."""
    if connection is None or not sys.platform.startswith("linux"):
        return 0
    try:
        tcp_info = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _LAST_DATA_RECEIVED.stop)
    except OSError:
        return 0
    return int.from_bytes(tcp_info[_LAST_DATA_RECEIVED], sys.byteorder)


def _refusal(app: Flask, path: str) -> Refusal:
    """The answer to a refused request for this path, made by the application as its other errors are."""
    with app.test_request_context(path):
        error = ServiceUnavailable(_BUSY, retry_after=RETRY_AFTER_SECONDS)
        response = add_headers(app.make_response(http_error(error)))
        return list(response.headers.items()), response.get_data()
