"""What do the pages of a folder say? Lists its files and reads each into a monograph, with its problems as data.

Must not know the index, queries or what a drug is beyond what its page says.
"""

from search.reading.corpus import AS_IT_IS, Reading, as_read, read_corpus, read_pages
from search.reading.pages import Page, corpus_hash, list_pages, page_hashes

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
