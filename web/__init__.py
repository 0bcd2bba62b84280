"""The web pages and the JSON API, made of the `search` façade and nothing below it.

`create_app` puts the parts together: `views`, `browse`, `overview` (pages), `api` (JSON), `errors` and `security` (every answer).
"""

from typing import Final

from flask import Flask
from jinja2 import StrictUndefined

from search import KIND_LABELS, STATUS_LABELS, SearchEngine, Settings
from web import accounting, api, browse, compression, errors, openapi, overview, presentation, security, views

SITE_NAME: Final = "Monograph Search"


def create_app(settings: Settings) -> Flask:
    """The WSGI application over one index folder.

    The folder need not hold an index yet: until one is published, answers are 503 and say what to do.
    """
    app = Flask(__name__)
    app.extensions["settings"] = settings
    app.extensions["engine"] = SearchEngine(settings.index_root, settings.page_size, settings.vocabulary)
    app.json.sort_keys = False  # type: ignore[attr-defined] # the default provider, which has both
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.url_map.merge_slashes = False  # an address that is not ours is a 404, never a silent redirect
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(site_name=SITE_NAME, kind_labels=KIND_LABELS, status_labels=STATUS_LABELS)
    accounting.install(app)
    presentation.install(app)
    compression.install(app)
    security.install(app)
    errors.install(app)
    app.register_blueprint(views.blueprint)
    app.register_blueprint(browse.blueprint)
    app.register_blueprint(overview.blueprint)
    app.register_blueprint(api.blueprint)
    app.register_blueprint(openapi.blueprint)
    return app
