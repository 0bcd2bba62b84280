"""A folder of pages → monographs: lists the files, reads them in several processes, and reports what cannot be read.

Nothing outside the folder is read: links that lead out are skipped, and only plain files are opened. Knows nothing of Markdown.
"""

import hashlib
import os
import stat
import unicodedata
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Final, TypeVar

from search.errors import MonographError
from search.model import Monograph, Problem
from search.reading.markdown import parse_monograph

__all__ = [
    "AS_IT_IS",
    "MAX_PAGE_BYTES",
    "Page",
    "Reading",
    "as_read",
    "corpus_hash",
    "list_pages",
    "page_hashes",
    "parse_monograph",
    "read_corpus",
    "read_page",
    "read_pages",
]

T = TypeVar("T")

MAX_PAGE_BYTES: Final = 1_000_000

_NO_PAGES: Final = frozenset(("readme.md", "index.md"))
_WORKERS_FROM: Final = 200
"""Pages from which starting more processes is worth their half second."""

_CHUNK: Final = 32
"""Pages a process reads at a time. One chunk more than there are processes is under way, so readers never run far ahead."""


def _unsaid(problem: Problem) -> None:
    """For callers that ask for no problems."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How pages are read.

    `max_bytes` of one file. `workers`: processes; more than one only from a program that guards its main module
    (`if __name__ == "__main__"`). `problem` is called with what keeps a page from being read (`Problem.fatal`).
    """

    max_bytes: int = MAX_PAGE_BYTES
    workers: int = 1
    problem: Callable[[Problem], None] = _unsaid


AS_IT_IS: Final = Reading()


@dataclass(frozen=True, slots=True)
class Page:
    """A file of the corpus: where it is, and its path under the corpus root."""

    path: Path
    source: str

    @property
    def identifier(self) -> str:
        """The id of its monograph: the path without `.md`, in NFC."""
        return unicodedata.normalize("NFC", self.source.removesuffix(".md"))


def list_pages(folder: Path) -> tuple[Page, ...]:
    """All pages below a folder, in the order of their ids: `*.md`, but no README, no index, nothing hidden.

    Raises:
        MonographError: there is no such folder.
    """
    if not folder.is_dir():
        raise MonographError("there is no such folder of monographs; name one with --corpus DIR", source=str(folder))
    root = folder.resolve()
    found: list[Page] = []
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            path = Path(parent, name)
            if name.endswith(".md") and not name.startswith(".") and name.lower() not in _NO_PAGES:
                file = _file_inside(path, root)
                if file is not None:
                    found.append(Page(file, path.relative_to(folder).as_posix()))
    return tuple(sorted(found, key=lambda page: (page.identifier, page.source)))


def _file_inside(path: Path, root: Path) -> Path | None:
    """The file itself, where a path is a link; None where it leads out of the corpus, or nowhere."""
    if not path.is_symlink():
        return path
    file = Path(os.path.realpath(path))  # unlike Path.resolve, no error for links that go round
    return file if file.is_relative_to(root) and not file.is_symlink() else None


def page_hashes(pages: Sequence[Page], max_bytes: int = MAX_PAGE_BYTES) -> dict[str, str]:
    """The sha256 of the bytes of each page, by its path under the corpus root; or why it cannot be read.

    A page over `max_bytes` is one that cannot be read: with another limit its entry differs, and it is tried again.
    """
    hashes = {}
    for page in pages:
        try:
            hashes[page.source] = hashlib.sha256(_content(page, max_bytes)).hexdigest()
        except MonographError as error:
            hashes[page.source] = error.reason
    return hashes


def corpus_hash(hashes: Mapping[str, str]) -> str:
    """Hash over what `page_hashes` says of all pages, to tell later whether any changed."""
    digest = hashlib.sha256()
    for source, content in hashes.items():
        digest.update(f"{source}\0{content}\n".encode(errors="surrogateescape"))
    return digest.hexdigest()


def read_page(page: Page, max_bytes: int = MAX_PAGE_BYTES) -> Monograph:
    """Read one page.

    Raises:
        MonographError: it cannot be opened, is no plain file, is over `max_bytes`, not UTF-8, or its front matter is broken.
    """
    content = _content(page, max_bytes)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise MonographError("the file is not UTF-8; save it as UTF-8", source=page.source, line=line) from error
    return parse_monograph(page.identifier, text, source=page.source, sha256=hashlib.sha256(content).hexdigest())


def _content(page: Page, max_bytes: int) -> bytes:
    """The bytes of a page, read without waiting for a pipe and without reading more than is allowed."""
    try:
        # A page that became a link since it was listed is not followed.
        descriptor = os.open(page.path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise MonographError("is no plain file; it was skipped", source=page.source)
            content = file.read(max_bytes + 1)
    except OSError as error:
        raise MonographError(f"cannot be read: {error.strerror}", source=page.source) from error
    if len(content) > max_bytes:
        raise MonographError(f"the file is over {max_bytes} bytes; split it", source=page.source)
    return content


def read_corpus(
    folder: Path, *, max_bytes: int = MAX_PAGE_BYTES, problems: Callable[[Problem], None] | None = None
) -> Iterator[Monograph]:
    """All monographs of a folder, in the order of their ids; pages that cannot be read are reported and skipped.

    Raises:
        MonographError: there is no such folder.
    """
    return read_pages(list_pages(folder), as_read, Reading(max_bytes, problem=problems or _unsaid))


def as_read(monograph: Monograph) -> Monograph:
    """For `read_pages`: the monograph itself."""
    return monograph


def read_pages(
    pages: Sequence[Page],
    convert: Callable[[Monograph], T],
    reading: Reading = AS_IT_IS,
) -> Iterator[T]:
    """What becomes of the monographs of these pages, in their order.

    Args:
        pages: what `list_pages` found.
        convert: made of each monograph, in the process that reads it: a function of a module.
        reading: how.
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
    workers, max_bytes = reading.workers, reading.max_bytes
    if workers == 1 or len(pages) < _WORKERS_FROM:
        yield from (_read_or_problem(page, convert, max_bytes) for page in pages)
        return
    # "spawn": the caller may have threads (a progress bar), and forking those is not safe.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        chunks = (pages[first : first + _CHUNK] for first in range(0, len(pages), _CHUNK))
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
    except Exception as error:  # noqa: BLE001 # a mistake of ours on one page may not keep staff from all others; it is reported
        reason = f"this program failed on it ({type(error).__name__}); please report it with the page"
        return Problem("unreadable", reason, page.source, fatal=True)
