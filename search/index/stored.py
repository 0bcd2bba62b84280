"""Reads what an index stores beside its words: monographs and sections, as values. Shared by threads; the one reader of Whoosh.

Knows nothing of requests; the generation must have been verified before (Whoosh reads pickles, so an index folder is code).
"""

import threading
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from whoosh import index as whoosh_index

from search.index.format import WHOOSH_FOLDER
from search.index.postings import Postings
from search.index.schema import build_schema, to_section
from search.model import Section, StoredMonograph

SECTIONS_HELD: Final = 2048
"""Sections kept after reading: about 4 MB of the real pages."""


class StoredTexts:
    """The stored monographs and sections of one generation.

    Args:
        generation: its folder.
        postings: its arrays, which number the Whoosh documents.
    """

    def __init__(self, generation: Path, postings: Postings) -> None:
        self._reader = open_whoosh(generation).reader()
        self._section = _section_reader(self._reader, postings.section_document)
        self._monograph_document = postings.monograph_document

    def monographs(self) -> tuple[StoredMonograph, ...]:
        """All monographs, in the order of their numbers."""
        stored = (self._reader.stored_fields(int(document)) for document in self._monograph_document)
        return tuple(StoredMonograph.from_record(fields["monograph"]) for fields in stored)

    def section(self, number: int) -> Section:
        """A section by its number; those read lately are held."""
        return self._section(number)

    def close(self) -> None:
        """Give back the files."""
        self._reader.close()


def open_whoosh(generation: Path) -> Any:
    """The Whoosh index of a generation, with our schema: the pickled one would break when a module moves."""
    return whoosh_index.open_dir(str(generation / WHOOSH_FOLDER), schema=build_schema())


def _section_reader(reader: Any, documents: npt.NDArray[np.uint32]) -> Callable[[int], Section]:
    """Reads a section by its number. The lock is for Whoosh's stored fields, whose readers share one position in a file."""
    lock = threading.Lock()

    @lru_cache(maxsize=SECTIONS_HELD)
    def section(number: int) -> Section:
        with lock:
            stored = reader.stored_fields(int(documents[number]))
        return to_section(stored)

    return section
