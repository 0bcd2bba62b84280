"""What guards every answer: headers, the hosts we answer to, what a request may not carry. Knows no search."""

import re
from typing import Final

from flask import Flask, Response, abort, current_app, g, request

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Pages use what this server sends, and nothing inline. `data:` is for the images inside Pico's style sheet."""

HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "X-Robots-Tag": "noindex, nofollow",
}

_HOST: Final = re.compile(r"(\[[0-9a-f:.]+\]|[^:]+)(?::[0-9]{1,5})?")


def install(app: Flask) -> None:
    """Guard all requests and answers of an app."""
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.before_request(refuse_foreign_hosts)
    app.before_request(refuse_bodies)
    app.after_request(add_headers)


def refuse_foreign_hosts() -> None:
    """Answer only to the names of the settings, so that no page elsewhere can read this server under a name of its own.

    Flask's TRUSTED_HOSTS would do, but never matches an IPv6 address (Werkzeug 3.1).
    """
    host = _HOST.fullmatch(request.headers.get("Host", "").lower())
    name = host[1] if host else ""
    trusted = current_app.extensions["settings"].hosts
    if not any(name == known.removeprefix(".") or (known[0] == "." and name.endswith(known)) for known in trusted):
        abort(400, "This server does not answer to that host name.")


def refuse_bodies() -> None:
    """Nothing here reads a body, so none is accepted."""
    if request.content_length or "Transfer-Encoding" in request.headers:
        abort(413, "Nothing on this server takes a request body.")


def add_headers(response: Response) -> Response:
    """Set the headers of every answer. What may be kept says so itself; all else is not stored."""
    response.headers.update(HEADERS)
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    if (seconds := g.get("search_seconds")) is not None:
        response.headers["Server-Timing"] = f"search;dur={seconds * 1000:.2f}"
    return response


def revalidated(response: Response) -> Response:
    """An answer that holds nothing of a query: a browser may keep it, and asks whether it is still the one.

    Turns into 304 when the browser's is.
    """
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag(weak=True)  # the same page, compressed or not
    response.make_conditional(request)
    return response
