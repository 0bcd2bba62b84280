"""Builds the next generation from the pages that changed, and takes over from the live one what did not.

What comes out says the same as a build from nothing, and gives the same answers. Knows nothing of queries or the command line.
"""

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from search.errors import IndexDamagedError, IndexMissingError, SearchError
from search.index.array_writer import Entry, spellings, write_arrays
from search.index.build import (
    WRITER,
    GenerationWriter,
    IndexReport,
    Progress,
    build_index,
    publish,
    uncollected,
)
from search.index.format import ARRAYS_FOLDER, WHOOSH_FOLDER, fingerprint
from search.index.postings import Postings, open_postings
from search.index.schema import to_section
from search.index.stored import open_whoosh
from search.index.words import Analysed, Occurrences, analysed, occurrences_of
from search.model import StoredMonograph
from search.reading import AS_IT_IS, Page, Reading, corpus_hash, read_pages
from search.storage import Generation, IndexedPage, builder, open_generation, read_page_list

MAX_SEGMENTS: Final = 8
MAX_STALE: Final = 0.1
"""Above so many segments, or where so much would be deleted or read anew, the index is built from nothing.

Ten Whoosh segments in place of one made its own searcher 1.5 times slower at the median, 3.3 times at the 95th percentile."""


@dataclass(frozen=True, slots=True)
class _Change:
    """What is different since a generation: pages to read, and what is taken over or gone of the pages it lists."""

    generation: Generation
    changed: tuple[Page, ...]
    kept: tuple[IndexedPage, ...]
    gone: tuple[IndexedPage, ...]


def refuse_great_loss(pages: Sequence[Page], corpus_root: Path, index_root: Path) -> None:
    """Refuse to index a folder that has lost most of its pages: more likely it is not mounted, or the wrong one, than meant.

    Raises:
        SearchError: less than half of the monographs that are served have a page.
    """
    try:
        served = open_generation(index_root, fingerprint()).manifest.monographs
    except (IndexMissingError, IndexDamagedError):
        return
    if 2 * len(pages) < served:
        raise SearchError(
            f"{corpus_root}: {len(pages)} pages are left of {served}, so nothing was changed; "
            "if that is meant, run `monograph-search index --full`"
        )


def update_index(
    pages: Sequence[Page],
    hashes: Mapping[str, str],
    index_root: Path,
    reading: Reading = AS_IT_IS,
    progress: Progress | None = None,
) -> IndexReport:
    """Make a generation of these pages live; read only those that changed, where that is less work.

    Args:
        pages: what `list_pages` found.
        hashes: what `page_hashes` says of them.
        index_root: the folder of generations; made when missing.
        reading: how the pages are read.
        progress: called after each monograph that was read.

    Raises:
        IndexBusyError: another builder holds the lock.
        SearchError: the disk refuses.
    """
    change = _change(pages, hashes, index_root)
    read = read_pages(pages if change is None else change.changed, analysed, reading)
    if change is None:
        return build_index(read, index_root, progress, corpus_hash(hashes))
    with builder(index_root) as build, uncollected():
        (build.path / ARRAYS_FOLDER).mkdir()
        before = open_postings(change.generation.path / ARRAYS_FOLDER)
        stale, written = _change_whoosh(build.path, before, change, read, progress)
        entries = sorted([*_kept(before, change), *written.entries], key=lambda entry: entry.id)
        write_arrays(entries, _spellings_now(before, stale, written.entries), build.path / ARRAYS_FOLDER, before)
        pages_now = (*change.kept, *written.pages)
        return publish(build, entries, pages_now, read=len(written.pages), corpus_hash=corpus_hash(hashes))


def _change_whoosh(
    build: Path, before: Postings, change: _Change, read: Iterator[Analysed], progress: Progress | None
) -> tuple[list[Occurrences], GenerationWriter]:
    """Copy the Whoosh index of the generation before, delete the pages that are gone, and add a segment of those read anew.

    Returns:
        The words of the pages that are gone, and what was written.
    """
    shutil.copytree(change.generation.path / WHOOSH_FOLDER, build / WHOOSH_FOLDER)
    index = open_whoosh(build)
    stale = _stale_words(index, before, change)
    written = GenerationWriter(first=index.doc_count_all())
    with _unmerged(index) as writer:
        for page in change.gone:
            writer.delete_by_term("id", page.id)
        written.add(read, writer, progress)
    _check_documents(index, written.entries)
    index.close()
    return stale, written


def _spellings_now(before: Postings, stale: Sequence[Occurrences], entries: Sequence[Entry]) -> Counter[str]:
    """The unfolded spellings of the generation before, less those of pages that are gone, and those of pages analysed anew."""
    counts = Counter(dict(zip(before.written, before.written_sections.tolist(), strict=True)))
    fresh = spellings([entry.words for entry in entries if entry.words])
    return +((counts - spellings(stale)) + fresh)


def _change(pages: Sequence[Page], hashes: Mapping[str, str], index_root: Path) -> _Change | None:
    """What is different since the live generation; None where building from nothing is better."""
    try:
        generation = open_generation(index_root, fingerprint())
    except (IndexMissingError, IndexDamagedError):
        return None
    if generation.refused is not None or len({page.identifier for page in pages}) < len(pages):
        return None
    listed = read_page_list(generation.path)
    kept = tuple(page for page in listed if hashes.get(page.source) == page.sha256)
    same = {page.source for page in kept}
    gone = tuple(page for page in listed if page.source not in same)
    changed = tuple(page for page in pages if page.source not in same)
    with open_whoosh(generation.path).reader() as reader:
        segments = sum(1 for _ in reader.leaf_readers())
        live = reader.doc_count() / max(reader.doc_count_all(), 1)
    if segments >= MAX_SEGMENTS or live < 1 - MAX_STALE or len(changed) + len(gone) > MAX_STALE * len(listed):
        return None
    return _Change(generation, changed, kept, gone)


def _kept(before: Postings, change: _Change) -> Iterator[Entry]:
    """The entries of pages that did not change."""
    numbers = _numbers(change)
    first_section = np.searchsorted(before.section_monograph, np.arange(len(numbers) + 1)).tolist()
    for page in change.kept:
        number = numbers[page.id]
        sections = slice(first_section[number], first_section[number + 1])
        documents, kinds = before.section_document[sections].tolist(), before.section_kind[sections].tolist()
        yield Entry(page.id, int(before.monograph_document[number]), tuple(documents), tuple(kinds), None, number)


def _numbers(change: _Change) -> dict[str, int]:
    return {identifier: n for n, identifier in enumerate(sorted(page.id for page in (*change.kept, *change.gone)))}


def _stale_words(index: Any, before: Postings, change: _Change) -> list[Occurrences]:
    """The words of the pages that are gone, as they were when the generation was made of them."""
    numbers = _numbers(change)
    stale = []
    with index.reader() as reader:
        for page in change.gone:
            number = numbers[page.id]
            sections = np.flatnonzero(before.section_monograph == number)
            stored = [reader.stored_fields(int(before.section_document[section])) for section in sections]
            record = reader.stored_fields(int(before.monograph_document[number]))["monograph"]
            stale.append(occurrences_of(StoredMonograph.from_record(record).with_sections(map(to_section, stored))))
    return stale


@contextmanager
def _unmerged(index: Any) -> Iterator[Any]:
    """A Whoosh writer that adds a segment and leaves the others as they are."""
    writer = index.writer(**WRITER)
    try:
        yield writer
    except BaseException:
        writer.cancel()
        raise
    writer.commit(merge=False)


def _check_documents(index: Any, entries: Sequence[Entry]) -> None:
    """Whoosh numbers new documents behind all others; the arrays rely on it."""
    with index.reader() as reader:
        for entry in entries:
            if reader.stored_fields(entry.document).get("id") != entry.id:
                raise SearchError(f"Whoosh numbered {entry.id} otherwise; run `monograph-search index --full`")
