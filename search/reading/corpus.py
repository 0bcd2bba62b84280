"""Reads the pages of a corpus into monographs, in several processes, and reports those that cannot be read.

Knows nothing of Markdown (`markdown`) or of how files are opened (`pages`).
"""

import hashlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Final, TypeVar

from search.errors import MonographError, VocabularyError
from search.model import Monograph, Problem
from search.reading.markdown import parse_monograph
from search.reading.pages import MAX_PAGE_BYTES, Page, list_pages, page_content

T = TypeVar("T")

_WORKERS_FROM: Final = 200
"""The number of pages from which starting more processes is worth the half second that they take to start."""

_CHUNK: Final = 32
"""The number of pages a process reads at a time. No more chunks than processes and one are under way, so that what is read and
not yet used stays small."""


def _unsaid(problem: Problem) -> None:
    """Takes the problems of callers that ask for none."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How pages are read.

    Attributes:
        max_bytes: size of the largest file that is read, in bytes.
        workers: number of processes; more than one only from a program that guards its main module
            (`if __name__ == "__main__"`).
        problem: called with each problem that keeps a page from being read (`Problem.fatal`).
    """

    max_bytes: int = MAX_PAGE_BYTES
    workers: int = 1
    problem: Callable[[Problem], None] = _unsaid


AS_IT_IS: Final = Reading()
"""One process, the usual limit, problems not reported."""


def read_page(page: Page, max_bytes: int = MAX_PAGE_BYTES) -> Monograph:
    """Read one page.

    Args:
        page: one of `list_pages`.
        max_bytes: size of the largest file that is read, in bytes.

    Raises:
        MonographError: it cannot be opened, is no plain file, is over `max_bytes`, not UTF-8, or its front matter is broken.
    """
    content = page_content(page, max_bytes)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise MonographError("the file is not UTF-8; save it as UTF-8", source=page.source, line=line) from error
    return parse_monograph(page.identifier, text, source=page.source, sha256=hashlib.sha256(content).hexdigest())


def read_corpus(
    folder: Path, *, max_bytes: int = MAX_PAGE_BYTES, problems: Callable[[Problem], None] | None = None
) -> Iterator[Monograph]:
    """All monographs of a folder, in the order of their ids; pages that cannot be read are reported and skipped.

    Args:
        folder: the corpus root.
        max_bytes: size of the largest file that is read, in bytes.
        problems: called with each problem that keeps a page from being read.

    Raises:
        MonographError: there is no such folder.
    """
    return read_pages(list_pages(folder), as_read, Reading(max_bytes, problem=problems or _unsaid))


def as_read(monograph: Monograph) -> Monograph:
    """The monograph itself: for `read_pages` where nothing is to be made of it."""
    return monograph


def read_pages(
    pages: Sequence[Page],
    convert: Callable[[Monograph], T],
    reading: Reading = AS_IT_IS,
) -> Iterator[T]:
    """What `convert` makes of the monographs of these pages, in their order.

    A page that cannot be read, and one with the id of an earlier page, is reported and skipped.

    Args:
        pages: what `list_pages` returns, or some of it.
        convert: called with each monograph in the process that reads it, so it must be a function of a module.
        reading: how pages are read.

    Raises:
        VocabularyError: a table that pages are read by has a bad line; file and line are named.
    """
    seen: dict[str, str] = {}
    for page, read in zip(pages, _read_all(pages, convert, reading), strict=True):
        if isinstance(read, Problem):
            reading.problem(read)
        elif page.identifier in seen:
            message = f"its id {page.identifier!r} is that of {seen[page.identifier]}; rename one of them"
            reading.problem(Problem("unreadable", message, page.source, fatal=True))
        else:
            seen[page.identifier] = page.source
            yield read


def _read_all(pages: Sequence[Page], convert: Callable[[Monograph], T], reading: Reading) -> Iterator[T | Problem]:
    """What becomes of each page, in their order: a value, or why it cannot be read."""
    workers, max_bytes = reading.workers, reading.max_bytes
    if workers == 1 or len(pages) < _WORKERS_FROM:
        yield from (_read_or_problem(page, convert, max_bytes) for page in pages)
        return
    # "spawn": the caller may have threads (a progress bar), and forking those is not safe.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        chunks = (pages[start : start + _CHUNK] for start in range(0, len(pages), _CHUNK))
        waiting = deque(pool.submit(_read_chunk, chunk, convert, max_bytes) for chunk in islice(chunks, workers + 1))
        while waiting:
            yield from waiting.popleft().result()
            waiting.extend(pool.submit(_read_chunk, chunk, convert, max_bytes) for chunk in islice(chunks, 1))


def _read_chunk(pages: Sequence[Page], convert: Callable[[Monograph], T], max_bytes: int) -> list[T | Problem]:
    return [_read_or_problem(page, convert, max_bytes) for page in pages]


def _read_or_problem(page: Page, convert: Callable[[Monograph], T], max_bytes: int) -> T | Problem:
    try:
        return convert(read_page(page, max_bytes))
    except MonographError as error:
        return Problem("unreadable", error.reason, error.source, error.line, fatal=True)
    except VocabularyError:
        raise  # a table that every page is read by: no page can be, and the build must say so
    except Exception as error:  # noqa: BLE001 # a bug on one page may not keep all others from staff; it is reported
        reason = f"this program failed on it ({type(error).__name__}); please report it with the page"
        return Problem("unreadable", reason, page.source, fatal=True)
