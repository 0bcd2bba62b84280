"""The command `monograph-search`: thin click commands over the façade. Exit codes: docs/operations.md.

Knows nothing of Whoosh or arrays. `serve` starts gunicorn as a process; nothing of the web is imported here.
"""

import json
import time
from pathlib import Path
from typing import Any

import click

from search.commands import evaluate as evaluate_command
from search.commands import maintenance as upkeep
from search.commands import output as show
from search.commands.options import CORES, with_settings
from search.commands.server import SERVE_FIELDS, refuse_what_cannot_be_served, run_server
from search.commands.watch import Watch
from search.engine import SearchEngine
from search.errors import IndexDamagedError, IndexMissingError
from search.index import analysed, build_index, is_current, refuse_great_loss, update_index
from search.model import KINDS, Problem, SearchRequest
from search.reading import Reading, corpus_hash, list_pages, page_hashes, read_pages
from search.settings import Settings
from search.storage import noted


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="monograph-search")
def main() -> None:
    """Search drug monographs by section.

    Start with `monograph-search index`, then `monograph-search serve`, and open the address it prints. Every command takes
    --corpus DIR (the folder of monographs) and --index DIR (the folder of the index).
    """


@main.command()
@with_settings("corpus_root", "index_root", "max_page_bytes")
@click.option("--if-stale", is_flag=True, help="Do nothing when no page has changed since the index was built.")
@click.option("--full", is_flag=True, help="Read every page anew, also those that did not change.")
@click.option(
    "--watch", type=click.IntRange(1), metavar="SECONDS", help="Look so often whether pages changed, and index them."
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def index(settings: Settings, *, if_stale: bool, full: bool, watch: int | None, as_json: bool) -> None:
    """Index all monographs beside the index that is served, and put the new one in its place; unchanged pages are taken over."""
    if watch is not None:
        Watch(settings).run(watch)
    with noted(settings.index_root):
        _index(settings, if_stale=if_stale, full=full, as_json=as_json)


def _index(settings: Settings, *, if_stale: bool, full: bool, as_json: bool) -> None:
    pages = list_pages(settings.corpus_root)
    hashes = page_hashes(pages, settings.max_page_bytes)
    pages_hash = corpus_hash(hashes)
    if if_stale and is_current(settings.index_root, pages_hash):
        show.line(f"The index of {settings.corpus_root} is up to date.", as_json=as_json)
        return
    problems: list[Problem] = []
    reading = Reading(settings.max_page_bytes, CORES, problems.append)
    began = time.perf_counter()
    with show.progress(len(pages), quiet=as_json) as advance:
        if full:
            read = read_pages(pages, analysed, reading)
            report = build_index(read, settings.index_root, lambda _: advance(), pages_hash)
        else:
            refuse_great_loss(pages, settings.corpus_root, settings.index_root)
            report = update_index(pages, hashes, settings.index_root, reading, lambda _: advance())
    seconds = time.perf_counter() - began
    show.index_report(report, [p for p in problems if p.fatal], pages=len(pages), seconds=seconds, as_json=as_json)


@main.command()
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
    engine.info()
    began = time.perf_counter()
    found = engine.search(request)
    milliseconds = (time.perf_counter() - began) * 1000
    if as_json:
        click.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=2))
    else:
        show.results(found)
    click.echo(f"{milliseconds:.1f} ms", err=True)


@main.command()
@with_settings(*SERVE_FIELDS)
def serve(settings: Settings) -> None:
    """Serve the pages and the JSON API until it is stopped with Ctrl-C."""
    refuse_what_cannot_be_served(settings)
    try:
        built = SearchEngine(settings.index_root, vocabulary=settings.vocabulary).info()
        held = f"{built.monographs} monographs, index of {built.built_at}"
    except (IndexMissingError, IndexDamagedError) as error:
        held = f"answering 503 until there is an index ({error})"
    click.echo(f"Monograph Search on http://{settings.address}/ · {held}")
    run_server(settings)


@main.command()
@click.argument("collection", type=click.Path(path_type=Path))
@with_settings("corpus_root", "vocabulary", "max_query_chars")
@click.option("--through-search", "by_search", is_flag=True, help="Rank by the real search.")
@click.option("--plain", is_flag=True, help="Rank by BM25F alone: no feedback, synonyms or spelling.")
@click.option("--titles", is_flag=True, help="Rank by the words of titles alone.")
@click.option("--per-query", is_flag=True, help="Print each query as well.")
@click.option("--json", "as_json", is_flag=True, help="Print the means as JSON.")
@click.option("--run-out", type=click.Path(path_type=Path), metavar="FILE", help="Write the run in TREC form.")
@click.option(
    "--baseline", type=click.Path(path_type=Path), metavar="RUN", help="Compare with this run, by a paired test."
)
def evaluate(settings: Settings, collection: Path, **options: Any) -> None:
    """Measure the ranking on a judged COLLECTION (a folder with queries.jsonl and qrels.tsv).

    Its documents are in corpus.jsonl; where there is none, they are the monographs of --corpus.
    """
    evaluate_command.evaluate(collection, settings, evaluate_command.Options(**options))


for command in upkeep.COMMANDS:
    main.add_command(command)
