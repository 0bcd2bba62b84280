"""The web pages and the JSON API. Uses the façade `search` and nothing below it.

`create_app` puts the parts together. Pages: `views`, `browse`, `overview`. Answers for programs: `api`, `spreadsheet`, `openapi`,
`health`. On every request and answer: `accounting`, `compression`, `security`, `errors`, `overload`.
"""

from flask import Flask

from search import SearchEngine, Settings
from web import (
    accounting,
    api,
    browse,
    compression,
    errors,
    health,
    openapi,
    overload,
    overview,
    security,
    spreadsheet,
    templating,
    views,
)


def create_app(settings: Settings) -> Flask:
    """The WSGI application for one index folder.

    The folder need not hold an index yet: until one is published, every search is answered with 503 and what to do about it.
    """
    app = Flask(__name__)
    app.extensions["settings"] = settings
    app.extensions["engine"] = SearchEngine(settings.index_root, settings.page_size, settings.vocabulary)
    app.json.sort_keys = False  # type: ignore[attr-defined] # the default provider, which has both
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.url_map.merge_slashes = False  # an unknown address is a 404, never a silent redirect
    # Accounting comes first: so it counts also what the others refuse, and sees each answer last.
    for part in (accounting, templating, compression, security, errors, overload):
        part.install(app)
    for pages in (views, health, browse, overview, spreadsheet, api, openapi):
        app.register_blueprint(pages.blueprint)
    return app
