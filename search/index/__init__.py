"""Monographs → a published generation: the Whoosh index of record, the arrays beside it; and both opened again to be read.

The only users of Whoosh. Knows nothing of queries, ranking or the command line.
"""

from search.index.build import IndexReport, build_index, is_current
from search.index.format import ARRAYS_FOLDER, NO_TERM, fingerprint
from search.index.lexicon import WordLexicon
from search.index.postings import Postings, TermSpace, open_postings
from search.index.stored import StoredTexts
from search.index.update import refuse_great_loss, update_index
from search.index.verify import differences
from search.index.words import analysed

__all__ = [
    "ARRAYS_FOLDER",
    "NO_TERM",
    "IndexReport",
    "Postings",
    "StoredTexts",
    "TermSpace",
    "WordLexicon",
    "analysed",
    "build_index",
    "differences",
    "fingerprint",
    "is_current",
    "open_postings",
    "refuse_great_loss",
    "update_index",
]
