"""The command `evaluate`: ranks the queries of a judged collection, and prints how good the ranking is.

How documents are ranked and what is measured is in `search.evaluation`; this module chooses between its parts and prints.
"""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from search.commands.options import with_settings
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

_BM25F_ALONE: Final = Setting(feedback=None, synonym_share=0.0, spelling=False)


@dataclass(frozen=True, slots=True)
class _Options:
    """What the command line asks of an evaluation; one field for each option of `evaluate` that is no setting."""

    by_search: bool
    plain: bool
    titles: bool
    per_query: bool
    as_json: bool
    run_out: Path | None
    baseline: Path | None


@click.command()
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
    _evaluate(read_collection(collection), settings, _Options(**options))


def _evaluate(collection: Collection, settings: Settings, options: _Options) -> None:
    """Rank, measure, and print what was asked.

    Raises:
        CollectionError: a document of the collection, or the baseline, cannot be read.
        SearchError: ir-measures is not installed.
    """
    with _index_of(collection, settings) as engine:
        run = _run(collection, engine, settings, options)
        simpler = None if options.as_json else _simpler_run(collection, engine, options)
    figures = measure(collection, run)
    if options.run_out is not None:
        write_run(run, options.run_out)
    if options.as_json:
        click.echo(json.dumps({name: round(figures.means[name], 4) for name in MEASURES}))
        return
    if options.per_query:
        _print_each_query(figures)
    click.echo(_means_line(figures))
    if simpler is not None:
        label, simpler_run = simpler
        click.echo(f"{_means_line(measure(collection, simpler_run))}\t({label}, same run)")
    if options.baseline is not None:
        _print_comparison(figures, measure(collection, read_run(options.baseline)))


@contextmanager
def _index_of(collection: Collection, settings: Settings) -> Iterator[SearchEngine]:
    """A temporary index of the collection's own documents, or of the monographs where it has none."""
    with tempfile.TemporaryDirectory() as folder:
        own = collection.documents
        build_index(read_documents(own) if own else read_corpus(settings.corpus_root), Path(folder))
        yield SearchEngine(Path(folder), DEPTH, settings.vocabulary)


def _run(collection: Collection, engine: SearchEngine, settings: Settings, options: _Options) -> Run:
    """The collection's queries, ranked in the way that the options choose."""
    if options.by_search:
        return run_collection(collection, lambda text: through_search(engine, text, settings.max_query_chars))
    if options.titles:
        return _run_by_titles(collection, engine)
    return run_collection(collection, Ranker(engine.snapshot(), _BM25F_ALONE if options.plain else None).rank)


def _simpler_run(collection: Collection, engine: SearchEngine, options: _Options) -> tuple[str, Run] | None:
    """(name, run) of the simpler ranking that the chosen one has to beat; None where the chosen one is such a ranking."""
    if options.plain or options.titles:
        return None
    if options.by_search:
        return "words of titles alone", _run_by_titles(collection, engine)
    return "BM25F alone", run_collection(collection, Ranker(engine.snapshot(), _BM25F_ALONE).rank)


def _run_by_titles(collection: Collection, engine: SearchEngine) -> Run:
    titles = {monograph.id: monograph.title for monograph in engine.snapshot().monographs}
    return run_collection(collection, lambda text: by_titles(titles, text))


def _print_each_query(figures: Figures) -> None:
    for query, values in figures.by_query.items():
        click.echo("\t".join([query, *(f"{values[name]:.4f}" for name in MEASURES)]))


def _means_line(figures: Figures) -> str:
    return "\t".join(f"{name} {figures.means[name]:.4f}" for name in MEASURES)


def _print_comparison(figures: Figures, baseline: Figures) -> None:
    """Print by how much each mean differs from the baseline's, with the p of a paired randomisation test."""
    if figures.by_query.keys() != baseline.by_query.keys():
        raise CollectionError("the baseline is of other queries", source="--baseline")
    for name in MEASURES:
        values, baseline_values = (
            [of_query[name] for of_query in either.by_query.values()] for either in (figures, baseline)
        )
        difference = figures.means[name] - baseline.means[name]
        click.echo(f"{name}\t{difference:+.4f}\tp {paired_test(values, baseline_values):.4f}")
