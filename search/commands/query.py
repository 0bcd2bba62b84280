"""The command `query`: one search, printed as a list or as the JSON object of the API. Knows nothing of how it is answered."""

import json
import time

import click

from search.commands.options import with_settings
from search.commands.output import print_results
from search.engine import SearchEngine
from search.model import KINDS, SearchRequest
from search.settings import Settings


@click.command()
@click.argument("text")
@with_settings("corpus_root", "index_root", "vocabulary", "page_size", "max_query_chars")
@click.option(
    "--section", "sections", multiple=True, metavar="KIND", help=f"Only this kind; repeat it. {', '.join(KINDS)}"
)
@click.option("--class", "classes", multiple=True, metavar="NAME", help="Only drugs of this class; repeat it.")
@click.option("--page", type=int, default=1, show_default=True, help="Page of results.")
@click.option("--exact", is_flag=True, help="Search what was typed only.")
@click.option("--without", multiple=True, metavar="NOTE", help="Switch off what this note did; repeat it.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON, as /api/v1/search gives it.")
def query(  # noqa: PLR0913 # click hands over each option
    settings: Settings,
    text: str,
    *,
    sections: tuple[str, ...],
    classes: tuple[str, ...],
    page: int,
    exact: bool,
    without: tuple[str, ...],
    as_json: bool,
) -> None:
    """Search for TEXT. The query language is described in docs/query-language.md.

    TEXT is one argument: put it in quotes, and write `--` before a TEXT that begins with a hyphen.
    """
    request = SearchRequest(text, sections, exact, without, page, classes, settings.max_query_chars)
    engine = SearchEngine(settings.index_root, settings.page_size, settings.vocabulary)
    engine.info()  # opens the index, so that the time printed is that of the search alone
    began = time.perf_counter()
    result = engine.search(request)
    milliseconds = (time.perf_counter() - began) * 1000
    if as_json:
        click.echo(json.dumps(result.to_dict(), ensure_ascii=False, indent=2))
    else:
        print_results(result)
    click.echo(f"{milliseconds:.1f} ms", err=True)
