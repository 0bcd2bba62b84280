"""The command `evaluate`: a judged collection → figures, a run, a comparison. What is measured, and how, is in `evaluation`."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from search.engine import SearchEngine
from search.errors import CollectionError
from search.evaluation import (
    DEPTH,
    MEASURES,
    Collection,
    Figures,
    Ranker,
    Run,
    Setting,
    by_titles,
    measure,
    paired_test,
    read_collection,
    read_documents,
    read_run,
    run_collection,
    through_search,
    write_run,
)
from search.index import build_index
from search.reading import read_corpus
from search.settings import Settings

PLAIN: Final = Setting(feedback=None, synonym_share=0.0, spelling=False)


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks of an evaluation."""

    by_search: bool
    plain: bool
    titles: bool
    per_query: bool
    as_json: bool
    run_out: Path | None
    baseline: Path | None


def evaluate(folder: Path, settings: Settings, options: Options) -> None:
    """Evaluate a collection and print what was asked.

    Raises:
        CollectionError: a file of the collection, or the baseline, cannot be read.
        SearchError: ir-measures is not installed.
    """
    collection = read_collection(folder)
    with _index_of(collection, settings) as engine:
        run = _run(collection, engine, settings, options)
        simpler = None if options.as_json else _simpler(collection, engine, options)
    figures = measure(collection, run)
    if options.run_out is not None:
        write_run(run, options.run_out)
    if options.as_json:
        click.echo(json.dumps({name: round(figures.means[name], 4) for name in MEASURES}))
        return
    if options.per_query:
        for query, values in figures.by_query.items():
            click.echo("\t".join([query, *(f"{values[name]:.4f}" for name in MEASURES)]))
    click.echo(_line(figures))
    if simpler is not None:
        label, other = simpler
        click.echo(f"{_line(measure(collection, other))}\t({label}, same run)")
    if options.baseline is not None:
        _compare(figures, measure(collection, read_run(options.baseline)))


@contextmanager
def _index_of(collection: Collection, settings: Settings) -> Iterator[SearchEngine]:
    """An index of the collection's own documents, or of the monographs it judges, for as long as it is needed."""
    with tempfile.TemporaryDirectory() as folder:
        own = collection.documents
        build_index(read_documents(own) if own else read_corpus(settings.corpus_root), Path(folder))
        yield SearchEngine(Path(folder), DEPTH, settings.vocabulary)


def _run(collection: Collection, engine: SearchEngine, settings: Settings, options: Options) -> Run:
    if options.by_search:
        return run_collection(collection, lambda text: through_search(engine, text, settings.max_query_chars))
    if options.titles:
        return _by_titles(collection, engine)
    return run_collection(collection, Ranker(engine.snapshot(), PLAIN if options.plain else None).rank)


def _simpler(collection: Collection, engine: SearchEngine, options: Options) -> tuple[str, Run] | None:
    """What the run must do better than, from the same index; None where the run is that itself."""
    if options.plain or options.titles:
        return None
    if options.by_search:
        return "words of titles alone", _by_titles(collection, engine)
    return "BM25F alone", run_collection(collection, Ranker(engine.snapshot(), PLAIN).rank)


def _by_titles(collection: Collection, engine: SearchEngine) -> Run:
    titles = {monograph.id: monograph.title for monograph in engine.snapshot().monographs}
    return run_collection(collection, lambda text: by_titles(titles, text))


def _line(figures: Figures) -> str:
    return "\t".join(f"{name} {figures.means[name]:.4f}" for name in MEASURES)


def _compare(figures: Figures, other: Figures) -> None:
    """Each measure against the baseline's, with the p of a paired randomisation test."""
    if figures.by_query.keys() != other.by_query.keys():
        raise CollectionError("the baseline is of other queries", source="--baseline")
    for name in MEASURES:
        mine, theirs = ([values[name] for values in found.by_query.values()] for found in (figures, other))
        difference = figures.means[name] - other.means[name]
        click.echo(f"{name}\t{difference:+.4f}\tp {paired_test(mine, theirs):.4f}")
