"""This search behind the interface of the others: `SearchEngine.search` with all features, and without its cache of answers."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from benchmarks.queries import BenchQuery
from benchmarks.rivals import Document, Page
from search.engine.answering import answer
from search.engine.engine import SearchEngine
from search.model import KINDS, SearchRequest


class Ours:
    """Opens an index that `monograph-search index` built."""

    name = "ours"

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        raise NotImplementedError("monograph-search index builds it")

    def open(self, folder: Path) -> None:
        self.engine = SearchEngine(folder, answer_bytes=0)

    def page(self, asked: BenchQuery) -> Page | None:
        found = self.engine.search(SearchRequest(asked.text, asked.kinds))
        counts = Counter({KINDS.index(count.kind): count.sections for count in found.section_counts})
        shown = [[excerpt.text for section in item.sections for excerpt in section.excerpts] for item in found.items]
        return Page(found.total_sections, found.total_monographs, counts, shown)

    def plain(self, asked: BenchQuery) -> int | None:
        found = answer(SearchRequest(asked.text, asked.kinds), self.engine.snapshot()).ranking.all_found
        best = np.argsort(-found.scores, kind="stable")[:10]
        return len(found.sections[best])
