"""Compresses answers of text with gzip where the browser accepts it. Knows nothing of what the text says.

The length of a compressed answer can reveal a secret that stands beside text of an attacker's choice (the BREACH attack). That
does no harm here, as no answer holds a secret.
"""

import gzip
from functools import lru_cache
from typing import Final

from flask import Flask, Response, request

LEVEL: Final = 6
"""Of gzip, from 1 (fastest) to 9 (smallest), for answers that are made anew each time."""

LEAST_BYTES: Final = 1024
"""An answer of fewer bytes is sent as it is: compressing it would save less than it costs."""

_TYPES: Final = (
    "text/",
    "application/json",
    "application/javascript",
    "application/problem+json",
    "application/x-suggestions+json",
    "image/svg+xml",
)


def install(app: Flask) -> None:
    """Compress the answers of an application."""
    app.after_request(compress)


def compress(response: Response) -> Response:
    """The same answer, compressed where the browser accepts that and it is worth it. What is streamed is left as it is."""
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
    response.close()  # closes the static file that the data was read from
    if len(data) >= LEAST_BYTES:
        response.set_data(_compressed_file(data) if static else gzip.compress(data, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


@lru_cache(maxsize=32)
def _compressed_file(data: bytes) -> bytes:
    """The content of a static file, compressed as far as possible; kept, so that each process does so once."""
    return gzip.compress(data, 9, mtime=0)
