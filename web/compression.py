"""Gzip for text over a kilobyte, where the browser takes it. Knows nothing of what the text says.

No answer holds a secret beside what a stranger typed, so that lengths give nothing away (BREACH needs both).
"""

import gzip
from functools import lru_cache
from typing import Final

from flask import Flask, Response, request

LEVEL: Final = 6
LEAST_BYTES: Final = 1024
"""Below, the header of gzip and the work are more than what is saved."""

_TYPES: Final = (
    "text/",
    "application/json",
    "application/javascript",
    "application/problem+json",
    "application/x-suggestions+json",
    "image/svg+xml",
)


def install(app: Flask) -> None:
    """Compress the answers of an app."""
    app.after_request(compress)


def compress(response: Response) -> Response:
    """The same answer, compressed if that is asked for and worth it; a stream stays a stream."""
    if not (response.mimetype or "").startswith(_TYPES):
        return response
    response.vary.add("Accept-Encoding")
    static = request.endpoint == "static" and response.status_code == 200
    if response.status_code in (204, 206, 304) or "Content-Encoding" in response.headers:
        return response
    if not request.accept_encodings["gzip"] or (response.is_streamed and not static):
        return response
    response.direct_passthrough = False
    data = response.get_data()
    response.close()  # the file it was read from
    if len(data) >= LEAST_BYTES:
        response.set_data(_held(data) if static else gzip.compress(data, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


@lru_cache(maxsize=32)
def _held(data: bytes) -> bytes:
    """A static file, compressed once a process, and as far as it goes."""
    return gzip.compress(data, 9, mtime=0)
