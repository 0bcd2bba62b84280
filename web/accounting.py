"""A number, a line in the log and a measurement for each request. None of them hold what was asked, nor on which page."""

import logging
import time
import uuid
from typing import Final

from flask import Flask, Response, g, request

from web import metrics

HEADER: Final = "X-Request-ID"
"""Always our own: a number that a client chose could carry what must not be logged."""

_log = logging.getLogger(__name__)


def install(app: Flask) -> None:
    """Account for every request of an app. First of all that is installed: what refuses a request is accounted for too."""
    app.before_request(begin)
    app.after_request(end)
    if metrics.counting():
        app.teardown_request(leave)


def begin() -> None:
    """Give the request its number."""
    g.request_id, g.began = str(uuid.uuid4()), time.perf_counter()
    if metrics.counting():
        metrics.IN_FLIGHT.inc()


def end(response: Response) -> Response:
    """Name the number in the answer, and log and measure it by the route that answered."""
    seconds = time.perf_counter() - g.began
    response.headers[HEADER] = g.request_id
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
    """The request is answered, however it ended."""
    metrics.IN_FLIGHT.dec()
