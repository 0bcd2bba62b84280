"""Refuses what has waited too long for its turn, with 503 and Retry-After, before anything else looks at it.

A queue that is served in order gives everybody the longest wait; under more load than can be borne it only grows. Cutting it off at
a fixed age bounds the wait of what is served, and costs a fraction of an answer. Not by address: a whole clinic may share one.
"""

import socket
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

from web import metrics

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

RETRY_AFTER_SECONDS: Final = 2

_ALWAYS: Final = ("/healthz",)
"""Whether the process lives is asked most when it is busy."""

_LAST_DATA_RECEIVED: Final = slice(52, 56)
"""`tcpi_last_data_recv` of Linux's `struct tcp_info` (linux/tcp.h): milliseconds since the peer sent anything. That was the
request, so this is how long it has waited, in the kernel's queue and in gunicorn's."""

_OF_GUNICORN: Final = "gunicorn.socket"


class Gate:
    """A WSGI application in front of another.

    Args:
        app: what answers.
        most: milliseconds a request may have waited.
        refusal: (headers, body) of the 503 for a path.
    """

    def __init__(
        self, app: "WSGIApplication", most: int, refusal: Callable[[str], tuple[list[tuple[str, str]], bytes]]
    ) -> None:
        self._app = app
        self._most = most
        self._refusal = refusal

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer, or refuse."""
        if waited(environ.get(_OF_GUNICORN)) <= self._most or environ["PATH_INFO"] in _ALWAYS:
            return self._app(environ, start_response)
        if metrics.counting():
            metrics.REJECTED.inc()
        headers, body = self._refusal(environ["PATH_INFO"])
        start_response("503 Service Unavailable", headers)
        return [body]


def waited(connection: Any) -> int:
    """Milliseconds since the last byte of a request arrived; 0 where the system does not tell (no TCP, no Linux)."""
    if connection is None or not sys.platform.startswith("linux"):
        return 0
    try:
        told = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _LAST_DATA_RECEIVED.stop)
    except OSError:
        return 0
    return int.from_bytes(told[_LAST_DATA_RECEIVED], sys.byteorder)
