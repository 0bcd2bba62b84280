"""Monographs → a published generation: the Whoosh index, the arrays, the list of pages, and the manifest that describes all.

The only writer of Whoosh indexes; `update` decides what need not be written again. Knows nothing of queries, ranking or the
command line.
"""

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from whoosh import index as whoosh_index

from search.errors import IndexDamagedError, IndexMissingError, SearchError
from search.index.array_writer import Entry, entry_of, spellings, write_arrays
from search.index.format import ARRAYS_FOLDER, WHOOSH_FOLDER, fingerprint
from search.index.schema import build_schema, documents
from search.index.words import Analysed, analysed
from search.model import KINDS, Monograph
from search.storage import Build, IndexedPage, builder, content_hash, open_generation, write_page_list

_WRITER_MB: Final = 256
"""Postings that Whoosh holds before it spills a run to disk. More is faster on large corpora (measured: 10 s for 512, 14.5 s for 128)
but the whole build is to stay below 500 MB for 2,057 pages."""

WRITER: Final = MappingProxyType({"limitmb": _WRITER_MB, "compound": False})
"""How Whoosh writes. No compound files: Whoosh copies each part of one into memory, in every worker, when it opens it."""

Progress = Callable[[Monograph], None]


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a build did: counts, pages that were read anew, and the size of the generation in bytes."""

    generation: str
    monographs: int
    sections: int
    sections_by_kind: dict[str, int]
    no_such_product: int
    read: int
    bytes: int


def is_current(index_root: Path, corpus_hash: str) -> bool:
    """Whether the live generation is intact, was built by this program, and from pages with this hash."""
    try:
        generation = open_generation(index_root, fingerprint())
    except (IndexMissingError, IndexDamagedError):
        return False
    return generation.refused is None and generation.manifest.corpus_hash == corpus_hash


def build_index(
    monographs: Iterable[Monograph | Analysed],
    index_root: Path,
    progress: Progress | None = None,
    corpus_hash: str = "",
) -> IndexReport:
    """Build a generation from nothing, beside the live one, and make it live.

    Args:
        monographs: in any order, each id once; analysed by another process, or to be analysed here.
        index_root: the folder of generations; made when missing.
        progress: called after each monograph.
        corpus_hash: what `reading.corpus_hash` says of the files, kept to tell later whether they changed.

    Raises:
        IndexBusyError: another builder holds the lock.
        SearchError: an id occurs twice, or the disk refuses.
    """
    fingerprint()  # kept from here on: the program may be replaced while it builds, and the index is that of the one that began
    with builder(index_root) as build, uncollected():
        folder, arrays = build.path / WHOOSH_FOLDER, build.path / ARRAYS_FOLDER
        folder.mkdir()
        arrays.mkdir()
        written = GenerationWriter()
        index = whoosh_index.create_in(str(folder), build_schema())
        with ThreadPoolExecutor(1) as sorter:
            with index.writer(**WRITER) as writer:
                written.add(monographs, writer, progress)
                # Sorting arrays leaves Python free for Whoosh, which writes its postings meanwhile.
                sorting = sorter.submit(written.write_arrays, arrays)
            sorting.result()
        index.close()
        return publish(build, written.entries, written.pages, read=len(written.pages), corpus_hash=corpus_hash)


class GenerationWriter:
    """Writes monographs to Whoosh, and keeps their words for the arrays.

    Args:
        first: the number that Whoosh gives the next document.
    """

    def __init__(self, first: int = 0) -> None:
        self.entries: list[Entry] = []
        self.pages: list[IndexedPage] = []
        self._next = first

    def add(self, monographs: Iterable[Monograph | Analysed], writer: Any, progress: Progress | None) -> None:
        """Write the documents of monographs, and keep their words for the arrays."""
        known: set[str] = set()
        for item in monographs:
            page = analysed(item) if isinstance(item, Monograph) else item
            monograph = page.monograph
            if monograph.id in known:
                raise SearchError(f"{monograph.source}: the id {monograph.id!r} occurs twice; rename one of the files")
            known.add(monograph.id)
            for document in documents(page):
                writer.add_document(**document)
            entry = entry_of(page, self._next)
            self._next += 1 + len(entry.sections)
            self.entries.append(entry)
            self.pages.append(indexed_page(page))
            if progress is not None:
                progress(monograph)

    def write_arrays(self, folder: Path) -> None:
        """Write the arrays of what was added, and of nothing else."""
        entries = sorted(self.entries, key=lambda entry: entry.id)
        write_arrays(entries, spellings([entry.words for entry in entries if entry.words]), folder)


def indexed_page(page: Analysed) -> IndexedPage:
    """How a page stands in the list of pages of a generation."""
    monograph = page.monograph
    no_such = monograph.status == "no-such-product"
    return IndexedPage(monograph.id, monograph.source, monograph.sha256, page.digest, no_such)


def publish(
    build: Build, entries: Sequence[Entry], pages: Sequence[IndexedPage], *, read: int, corpus_hash: str
) -> IndexReport:
    """Add the list of pages, publish the generation, and report it.

    Args:
        build: the generation in the making; its Whoosh index and arrays are written.
        entries: its monographs.
        pages: the pages it was made of.
        read: how many of them were read anew.
        corpus_hash: what `reading.corpus_hash` says of the files.
    """
    write_page_list(pages, build.path)
    kinds = Counter(KINDS[kind] for entry in entries for kind in entry.kinds)
    generation = build.publish(
        fingerprint=fingerprint(),
        content_hash=content_hash(pages),
        corpus_hash=corpus_hash,
        monographs=len(pages),
        sections=kinds.total(),
    )
    return IndexReport(
        generation=generation.name,
        monographs=len(pages),
        sections=kinds.total(),
        sections_by_kind=dict(kinds),
        no_such_product=sum(page.no_such_product for page in pages),
        read=read,
        bytes=sum(file.stat().st_size for file in generation.path.rglob("*") if file.is_file()),
    )


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the collector of cycles: Whoosh makes millions of tuples and no cycles, and an eighth of a build went into looking."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
