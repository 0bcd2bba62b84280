"""Sets up the templates: how Jinja reads them, and the filters and words that all of them may use."""

from typing import Final

from flask import Flask
from jinja2 import StrictUndefined

from search import KIND_LABELS, STATUS_LABELS
from web.formats import counted, day, moment
from web.labels import CAUTIONS, EXCERPT_LABELS, NOTE_LABELS, SWITCHABLE, TIER_LABELS
from web.marking import marked

SITE_NAME: Final = "Monograph Search"


def install(app: Flask) -> None:
    """Set up the templates of an application. A name that a template uses and nobody gave is an error."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(marked=marked, day=day, moment=moment, counted=counted)
    app.jinja_env.globals.update(
        site_name=SITE_NAME,
        excerpt_labels=EXCERPT_LABELS,
        kind_labels=KIND_LABELS,
        status_labels=STATUS_LABELS,
        tier_labels=TIER_LABELS,
        note_labels=NOTE_LABELS,
        cautions=CAUTIONS,
        switchable=SWITCHABLE,
    )
