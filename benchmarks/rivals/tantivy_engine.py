"""tantivy (Rust), through its Python binding.

Counts are aggregations over fast fields. As tantivy cannot group by score, a page takes two searches: one for the best hits, four
times as many each time until they are of ten monographs, and one limited to these ten for the best sections of each.
"""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import tantivy

from benchmarks.queries import BenchQuery
from benchmarks.rivals import GROUPS_SHOWN, SNIPPET_CHARS, WEIGHTS, Document, Page, first_groups

_MEMORY: Final = 300_000_000
_FIELDS: Final = list(WEIGHTS)


class Tantivy:
    """One segment, English stemmer, boosts by field."""

    name = "tantivy"

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        index = tantivy.Index(_schema(), str(folder))
        writer = index.writer(_MEMORY, 1)
        for document in documents:
            writer.add_document(tantivy.Document.from_dict(document._asdict(), index.schema))
        writer.commit()
        writer.wait_merging_threads()
        self.open(folder)

    def open(self, folder: Path) -> None:
        self.index = tantivy.Index.open(str(folder))
        self.index.reload()
        self.searcher = self.index.searcher()

    def page(self, asked: BenchQuery) -> Page | None:
        query = self._query(asked)
        counted: Any = self.searcher.aggregate(
            query,
            {"kinds": {"terms": {"field": "kind", "size": 20}}, "monographs": {"cardinality": {"field": "monograph"}}},
        )
        counts = Counter({int(b["key"]): b["doc_count"] for b in counted["kinds"]["buckets"]})
        groups = self._groups(query)
        snippets = tantivy.SnippetGenerator.create(self.searcher, query, self.index.schema, "text")
        snippets.set_max_num_chars(SNIPPET_CHARS)
        shown = [[self._snippet(snippets, address) for address in group] for group in groups.values()]
        return Page(counts.total(), int(counted["monographs"]["value"]), counts, shown)

    def plain(self, asked: BenchQuery) -> int | None:
        return len(self.searcher.search(self._query(asked), limit=10, count=False).hits)

    def _groups(self, query: Any) -> dict[int, list[Any]]:
        limit = 3 * GROUPS_SHOWN
        while True:
            hits = self.searcher.search(query, limit=limit, count=False).hits
            addresses = [address for _, address in hits]
            monographs = self.searcher.fast_field_values("monograph", addresses)
            first = list(dict.fromkeys(monographs))[:GROUPS_SHOWN]
            if len(hits) < limit:
                return first_groups(zip(monographs, addresses, strict=True))
            if len(first) == GROUPS_SHOWN:
                break
            limit *= 4
        of_first = tantivy.Query.term_set_query(self.index.schema, "monograph", first)
        within = tantivy.Query.boolean_query(
            [(tantivy.Occur.Must, query), (tantivy.Occur.Must, tantivy.Query.const_score_query(of_first, 0.0))]
        )
        addresses = [address for _, address in self.searcher.search(within, limit=1000, count=False).hits]
        return first_groups(zip(self.searcher.fast_field_values("monograph", addresses), addresses, strict=True))

    def _snippet(self, snippets: Any, address: Any) -> str:
        snippet = snippets.snippet_from_doc(self.searcher.doc(address))
        snippet.highlighted()
        return str(snippet.fragment())

    def _query(self, asked: BenchQuery) -> Any:
        if asked.group == "phrase":
            text = f'"{" ".join(asked.words)}"'
        elif asked.group == "prefix":
            return self._prefix(asked.words[0])
        else:
            text = (" OR " if asked.any else " AND ").join(asked.words)
        query = self.index.parse_query(text, _FIELDS, WEIGHTS)
        if not asked.kinds:
            return query
        kinds = tantivy.Query.term_set_query(self.index.schema, "kind", list(asked.kind_numbers))
        limited = tantivy.Query.const_score_query(kinds, 0.0)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, limited)])

    def _prefix(self, start: str) -> Any:
        queries = [
            tantivy.Query.boost_query(tantivy.Query.regex_query(self.index.schema, field, f"{start}.*"), boost)
            for field, boost in WEIGHTS.items()
        ]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", fast=True)
    builder.add_unsigned_field("monograph", fast=True, indexed=True)
    builder.add_unsigned_field("kind", fast=True, indexed=True)
    for field in _FIELDS:
        builder.add_text_field(field, stored=field == "text", tokenizer_name="en_stem")
    return builder.build()
