"""Accounts for each request: its number, a line in the log, a measurement, and the time that a search took.

None of these holds a query or the address of a page: of the address only the route is kept, as `/m/<path:identifier>`.
"""

import logging
import time
import uuid
from typing import Final

from flask import Flask, Response, g, request

from web import metrics

HEADER: Final = "X-Request-ID"
"""The header that names the number. One that a client sent is ignored: it could carry what must not be logged."""

_log = logging.getLogger(__name__)


def install(app: Flask) -> None:
    """Account for every request of an application.

    Must be installed before all else, so that requests that something else refuses are accounted for too.
    """
    app.before_request(begin)
    app.after_request(end)
    if metrics.counting():
        app.teardown_request(leave)


def begin() -> None:
    """Number the request, and start its clock."""
    g.request_id, g.began = str(uuid.uuid4()), time.perf_counter()
    if metrics.counting():
        metrics.IN_FLIGHT.inc()


def end(response: Response) -> Response:
    """Put the number and the time of a search into the headers; log and measure the answer by its route."""
    seconds = time.perf_counter() - g.began
    response.headers[HEADER] = g.request_id
    if (search_seconds := g.get("search_seconds")) is not None:
        response.headers["Server-Timing"] = f"search;dur={search_seconds * 1000:.2f}"
    route = request.url_rule.rule if request.url_rule else "none"
    if metrics.counting():
        metrics.ANSWERED.labels(route, response.status_code).observe(seconds)
    if _log.isEnabledFor(logging.INFO):
        fields = {
            "request": g.request_id,
            "method": request.method if request.method in ("GET", "HEAD") else "other",
            "route": route,
            "status": response.status_code,
            "milliseconds": round(seconds * 1000, 1),
        }
        _log.info("answered", extra={"fields": fields})
    return response


def leave(_error: BaseException | None) -> None:
    """Count the request as answered, also when it ended in an error."""
    metrics.IN_FLIGHT.dec()
