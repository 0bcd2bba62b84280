"""Monographs to a published generation, and the arrays opened again."""

from search.index.build import ARRAYS_FOLDER, IndexReport, WHOOSH_FOLDER, build_index, is_current
from search.index.fingerprint import fingerprint
from search.index.postings import BOTH, CLAIMED, DENIED, NO_TERM, Postings, TermSpace, open_postings
from search.index.schema import build_schema, to_monograph, to_section
from search.index.update import refuse_great_loss, update_index
from search.index.verify import differences
from search.index.words import analysed

__all__ = ["ARRAYS_FOLDER", "BOTH", "CLAIMED", "DENIED", "IndexReport", "NO_TERM", "Postings", "TermSpace", "WHOOSH_FOLDER", "analysed", "build_index", "build_schema", "differences", "fingerprint", "is_current", "open_postings", "refuse_great_loss", "to_monograph", "to_section", "update_index"]
