"""Answers that a browser may keep, because nothing in them depends on a query. All others are `no-store` (see `security`)."""

from flask import Response, request


def revalidated(response: Response) -> Response:
    """Let the browser keep this answer, on the condition that it asks each time whether the answer is still the same.

    Becomes a 304 without a body when the browser's copy is current.
    """
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag(weak=True)  # weak, because the same page may be sent compressed or not
    response.make_conditional(request)
    return response
