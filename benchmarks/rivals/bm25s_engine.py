"""bm25s: the ten best sections with any of the words. It has no phrases, prefixes, counts or snippets, and so no `page`."""

from collections.abc import Iterable
from pathlib import Path

import bm25s
import Stemmer

from benchmarks.queries import BenchQuery
from benchmarks.rivals import Document, Page


class Bm25s:
    """Names, heading and text in one field."""

    name = "bm25s"

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        texts = [f"{document.names}\n{document.heading}\n{document.text}" for document in documents]
        tokens = bm25s.tokenize(texts, stopwords=[], stemmer=Stemmer.Stemmer("english"), show_progress=False)
        retriever = bm25s.BM25()
        retriever.index(tokens, show_progress=False)
        retriever.save(str(folder))
        self.open(folder)

    def open(self, folder: Path) -> None:
        self.retriever = bm25s.BM25.load(str(folder), mmap=True)
        self.stemmer = Stemmer.Stemmer("english")

    def page(self, asked: BenchQuery) -> Page | None:
        del asked
        return None

    def plain(self, asked: BenchQuery) -> int | None:
        if asked.kinds or asked.group in ("phrase", "prefix"):
            return None
        found, _ = self.retriever.retrieve(
            [self.stemmer.stemWords(asked.words)], k=10, show_progress=False, n_threads=0, backend_selection="numpy"
        )
        return int(found.shape[1])
