"""The command `serve`: checks that the settings can be served, says what will be served and where, and starts the server.

The processes themselves are in `server`. Imports nothing of the web.
"""

import click

from search.commands.options import with_settings
from search.commands.server import SERVE_FIELDS, refuse_what_cannot_be_served, run_server
from search.engine import SearchEngine
from search.errors import IndexDamagedError, IndexMissingError
from search.settings import Settings


@click.command()
@with_settings(*SERVE_FIELDS)
def serve(settings: Settings) -> None:
    """Serve the pages and the JSON API until it is stopped with Ctrl-C."""
    refuse_what_cannot_be_served(settings)
    click.echo(f"Monograph Search on http://{settings.address}/ · {_index_summary(settings)}")
    run_server(settings)


def _index_summary(settings: Settings) -> str:
    """How many monographs the index has and when it was built, or why there is none to answer from."""
    try:
        info = SearchEngine(settings.index_root, vocabulary=settings.vocabulary).info()
    except (IndexMissingError, IndexDamagedError) as error:
        return f"answering 503 until there is an index ({error})"
    return f"{info.monographs} monographs, index of {info.built_at}"
