"""The commands `check`, `verify` and `rollback`, which look after the monographs and the index.

Knows nothing of how a monograph is parsed or how an index is stored.
"""

from pathlib import Path

import click

from search.commands.options import BAD_CONTENT, CORES, with_settings
from search.commands.output import print_problems, print_rollback, print_verification
from search.errors import IndexDamagedError
from search.index import differences, fingerprint
from search.model import Problem
from search.reading import Reading, as_read, list_pages, read_pages
from search.settings import Settings
from search.storage import open_generation, rollback
from search.vocabulary import Thesaurus, load_vocabulary


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@with_settings("corpus_root", "index_root", "vocabulary", "max_page_bytes")
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
def check(settings: Settings, folder: Path | None, *, as_json: bool) -> None:
    """List what is odd about the monographs in FOLDER (default: the corpus), by file and line.

    The vocabulary is checked as well. Exit code 1 when a page could not be read at all.
    """
    Thesaurus(load_vocabulary(settings.vocabulary))  # raises a VocabularyError where a table is wrong
    pages = list_pages(folder or settings.corpus_root)
    problems = list[Problem]()
    read = 0
    for monograph in read_pages(pages, as_read, Reading(settings.max_page_bytes, CORES, problems.append)):
        problems.extend(monograph.problems)
        read += 1
    print_problems(problems, pages=len(pages), read=read, as_json=as_json)
    if any(problem.fatal for problem in problems):
        raise click.exceptions.Exit(BAD_CONTENT)


@click.command()
@with_settings("index_root")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def verify(settings: Settings, *, as_json: bool) -> None:
    """Check every file of the index that is served against its manifest, and the arrays against what Whoosh holds.

    Exit code 1 when they differ, 3 when no index is intact.
    """
    generation = open_generation(settings.index_root, fingerprint())
    if generation.refused is not None:
        raise IndexDamagedError(f"{generation.refused}. {generation.name} is served instead")
    words = list(differences(generation.path))
    print_verification(generation.name, len(generation.manifest.files), words, as_json=as_json)
    if words:
        raise click.exceptions.Exit(BAD_CONTENT)


@click.command("rollback")
@with_settings("index_root")
@click.option("--json", "as_json", is_flag=True, help="Print what is served now as JSON.")
def rollback_command(settings: Settings, *, as_json: bool) -> None:
    """Serve the index before the one that is served now; the next `index` builds anew."""
    print_rollback(rollback(settings.index_root, fingerprint()), as_json=as_json)
