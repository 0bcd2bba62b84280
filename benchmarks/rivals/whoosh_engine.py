"""Whoosh 2.7.4's own searcher: one segment, stems as terms (so that all forms of a word match), character positions stored.

Counts and groups are facets on sortable columns (`groupedby`); excerpts are made by `PinpointFragmenter`, which analyses no text
again.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from whoosh import analysis, fields, formats, highlight, index, query
from whoosh.columns import RefBytesColumn

from benchmarks.queries import BenchQuery
from benchmarks.rivals import SNIPPET_CHARS, WEIGHTS, Document, Page, first_groups
from search.analysis.stemming import stem
from search.analysis.tokens import analyse


class StemAnalyzer(analysis.Analyzer):  # type: ignore[misc] # Whoosh ships no types
    """The analysis of this search with stems as terms. As Whoosh requires, one token object is filled anew for each word."""

    def __call__(self, value: str, *, positions: bool = False, chars: bool = False, **_: Any) -> Iterator[Any]:
        """Yield the token of each word, with its stem as text."""
        token = analysis.Token(positions, chars, removestops=False)
        token.boost = 1.0
        token.stopped = False
        for ours in analyse(value):
            token.text = token.original = stem(ours.surface)
            token.pos, token.startchar, token.endchar = ours.position, ours.start, ours.end
            yield token


class _Field(fields.FieldType):  # type: ignore[misc] # Whoosh ships no types
    def __init__(self, *, stored: bool = False) -> None:
        self.analyzer = StemAnalyzer()
        self.format = formats.Characters()
        self.scorable = True
        self.stored = stored


class WhooshSearcher:
    """An index of the same sections, with a searcher."""

    name = "Whoosh"

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        """Index all sections in one segment."""
        sortable = {"stored": True, "sortable": RefBytesColumn()}
        texts = {field: _Field(stored=field == "text") for field in WEIGHTS}
        schema = fields.Schema(monograph=fields.ID(**sortable), kind=fields.ID(**sortable), **texts)
        with index.create_in(str(folder), schema).writer(limitmb=512) as writer:
            for d in documents:
                writer.add_document(
                    monograph=str(d.monograph), kind=str(d.kind), names=d.names, heading=d.heading, text=d.text
                )
        self.open(folder)

    def open(self, folder: Path) -> None:
        """Open an index that `build` wrote."""
        self.searcher = index.open_dir(str(folder)).searcher()

    def page(self, asked: BenchQuery) -> Page | None:
        """A page of results: ten monographs of up to three sections each, highlighted, with all counts."""
        results = self.searcher.search(
            self._query(asked), limit=None, groupedby=["kind", "monograph"], filter=self._kinds(asked)
        )
        results.fragmenter = highlight.PinpointFragmenter(maxchars=SNIPPET_CHARS, surround=60)
        groups = first_groups((hit["monograph"], place) for place, hit in enumerate(results))
        shown = [[results[place].highlights("text") for place in group] for group in groups.values()]
        counts = Counter({int(kind): len(hits) for kind, hits in results.groups("kind").items()})
        return Page(len(results), len(results.groups("monograph")), counts, shown)

    def plain(self, asked: BenchQuery) -> int | None:
        """Find the ten best sections and nothing else; how many were found, at most ten."""
        return len(self.searcher.search(self._query(asked), limit=10, filter=self._kinds(asked)))

    def _kinds(self, asked: BenchQuery) -> Any:
        return query.Or([query.Term("kind", str(number)) for number in asked.kind_numbers]) if asked.kinds else None

    def _query(self, asked: BenchQuery) -> query.Query:
        if asked.group == "prefix":
            return query.Or([query.Prefix(field, asked.words[0]) for field in WEIGHTS])
        stems = [stem(word) for word in asked.words]
        if asked.group == "phrase":
            return query.Or([query.Phrase(field, stems) for field in WEIGHTS])
        terms = [query.Or([query.Term(field, word) for field in WEIGHTS]) for word in stems]
        return query.Or(terms) if asked.any else query.And(terms)
