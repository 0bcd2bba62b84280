"""Search over drug monographs. The façade: what `web` and other programs may use; everything else is internal."""

from search.config import Settings
from search.engine import SearchEngine
from search.errors import (
    IndexBusyError,
    IndexDamagedError,
    IndexMissingError,
    MonographError,
    QueryError,
    SearchError,
    SettingError,
    VocabularyError,
)
from search.indexing import build_index
from search.model import (
    KIND_LABELS,
    KINDS,
    STATUS_LABELS,
    Excerpt,
    IndexInfo,
    Match,
    Monograph,
    MonographHit,
    Note,
    NoteOption,
    ResultPage,
    SearchRequest,
    Section,
    SectionCount,
    SectionHit,
    Suggestion,
)
from search.monographs import read_corpus

__all__ = [
    "KINDS",
    "KIND_LABELS",
    "STATUS_LABELS",
    "Excerpt",
    "IndexBusyError",
    "IndexDamagedError",
    "IndexInfo",
    "IndexMissingError",
    "Match",
    "Monograph",
    "MonographError",
    "MonographHit",
    "Note",
    "NoteOption",
    "QueryError",
    "ResultPage",
    "SearchEngine",
    "SearchError",
    "SearchRequest",
    "Section",
    "SectionCount",
    "SectionHit",
    "SettingError",
    "Settings",
    "Suggestion",
    "VocabularyError",
    "build_index",
    "read_corpus",
]
