"""What belongs to the application and the request that are being served: the settings, the engine, a timed search.

Works within a request alone. Knows nothing of addresses or of how an answer is shown.
"""

import time

from flask import abort, current_app, g

from search import ResultPage, SearchEngine, SearchRequest, Settings


def settings() -> Settings:
    """The settings that the application was made with."""
    held: Settings = current_app.extensions["settings"]
    return held


def engine() -> SearchEngine:
    """The one engine of the application, shared by all its threads."""
    held: SearchEngine = current_app.extensions["engine"]
    return held


def timed_search(search: SearchRequest) -> ResultPage:
    """Answer a search, and keep in `g.search_seconds` how long that took, for `accounting`.

    Raises:
        NotFound: the page is past the last one. Page 1 exists even where nothing matches.
    """
    began = time.perf_counter()
    result = engine().search(search)
    g.search_seconds = time.perf_counter() - began
    last = max(result.pages, 1)
    if search.page > last:
        abort(404, f"There is no page {search.page} of this search; the last one is {last}.")
    return result
