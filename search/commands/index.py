"""The command `index`: reads the monographs, builds an index, and publishes it in place of the one that is served.

Knows nothing of how pages are parsed or how an index is written.
"""

import time

import click

from search.commands.options import CORES, with_settings
from search.commands.output import print_index_report, print_message, progress
from search.commands.watch import Watch
from search.index import analysed, build_index, is_current, refuse_great_loss, update_index
from search.model import Problem
from search.reading import Reading, corpus_hash, list_pages, page_hashes, read_pages
from search.settings import Settings
from search.storage import noted


@click.command()
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
        print_message(f"The index of {settings.corpus_root} is up to date.", as_json=as_json)
        return
    problems = list[Problem]()
    reading = Reading(settings.max_page_bytes, CORES, problems.append)
    began = time.perf_counter()
    with progress(len(pages), quiet=as_json) as advance:
        if full:
            monographs = read_pages(pages, analysed, reading)
            report = build_index(monographs, settings.index_root, lambda _: advance(), pages_hash)
        else:
            refuse_great_loss(pages, settings.corpus_root, settings.index_root)
            report = update_index(pages, hashes, settings.index_root, reading, lambda _: advance())
    seconds = time.perf_counter() - began
    skipped = [problem for problem in problems if problem.fatal]
    print_index_report(report, skipped, pages=len(pages), seconds=seconds, as_json=as_json)
