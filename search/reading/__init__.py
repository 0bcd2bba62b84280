"""A folder of pages to monographs."""

from search.reading.corpus import (
    AS_IT_IS,
    Page,
    Reading,
    as_read,
    corpus_hash,
    list_pages,
    page_hashes,
    read_corpus,
    read_pages,
)

__all__ = [
    "AS_IT_IS",
    "Page",
    "Reading",
    "as_read",
    "corpus_hash",
    "list_pages",
    "page_hashes",
    "read_corpus",
    "read_pages",
]
