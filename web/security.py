"""Security of every request and answer: which hosts are answered to, no request bodies, and the security headers.

Knows nothing of search.
"""

import re
from typing import Final

from flask import Flask, Response, abort, request

from web.current import settings

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Everything comes from this server, and nothing may frame its pages. `data:` is for the images inside Pico's style sheet."""

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
"""A Host header: a name or address, then perhaps a port. IPv6 addresses are in brackets."""


def install(app: Flask) -> None:
    """Check all requests of an application, and set the headers of all its answers."""
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.before_request(refuse_foreign_hosts)
    app.before_request(refuse_bodies)
    app.after_request(add_headers)


def refuse_foreign_hosts() -> None:
    """Answer 400 to a Host header that the settings do not list.

    Otherwise a page elsewhere could let its own name resolve to this server and read its answers (DNS rebinding). Flask's
    TRUSTED_HOSTS would do the same, but never matches an IPv6 address (Werkzeug 3.1).
    """
    host = _HOST.fullmatch(request.headers.get("Host", "").lower())
    name = host[1] if host else ""
    trusted = settings().hosts
    if not any(name == known.removeprefix(".") or (known[0] == "." and name.endswith(known)) for known in trusted):
        abort(400, "This server does not answer to that host name.")


def refuse_bodies() -> None:
    """Answer 413 to any request with a body: nothing on this server reads one."""
    if request.content_length or "Transfer-Encoding" in request.headers:
        abort(413, "Nothing on this server takes a request body.")


def add_headers(response: Response) -> Response:
    """Set the security headers. An answer that says nothing of caching itself (see `caching`) must not be stored."""
    response.headers.update(HEADERS)
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response
