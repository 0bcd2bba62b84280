"""The files of a corpus: lists them, reads their bytes, and hashes these to tell later which changed.

Nothing outside the folder is read: links that lead out are skipped, and only plain files are opened. Knows nothing of what a page
says.
"""

import hashlib
import os
import stat
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from search.errors import MonographError
from search.tables import read_table

MAX_PAGE_BYTES: Final = 1_000_000
"""Size of the largest file that is read, unless a setting says otherwise."""


@dataclass(frozen=True, slots=True)
class Page:
    """A file of the corpus: `path` is where it is, `source` its path under the corpus root, with `/`."""

    path: Path
    source: str

    @property
    def identifier(self) -> str:
        """The id of its monograph: `source` without `.md`, in Unicode's NFC."""
        return unicodedata.normalize("NFC", self.source.removesuffix(".md"))


def list_pages(folder: Path) -> tuple[Page, ...]:
    """All pages below a folder, in the order of their ids: `*.md`, but nothing hidden and no file of `no_pages.tsv`.

    Raises:
        MonographError: there is no such folder.
    """
    if not folder.is_dir():
        raise MonographError("there is no such folder of monographs; name one with --corpus DIR", source=str(folder))
    root = folder.resolve()
    no_pages = _no_pages()
    pages: list[Page] = []
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            path = Path(parent, name)
            if name.endswith(".md") and not name.startswith(".") and name.lower() not in no_pages:
                file = _file_inside(path, root)
                if file is not None:
                    pages.append(Page(file, path.relative_to(folder).as_posix()))
    return tuple(sorted(pages, key=lambda page: (page.identifier, page.source)))


@cache
def _no_pages() -> frozenset[str]:
    return frozenset(row["file"] for row in read_table("reading/tables/no_pages.tsv", ("file", "source")))


def _file_inside(path: Path, root: Path) -> Path | None:
    """The file that a path leads to, itself or as a link; None where it leads out of the corpus, or nowhere."""
    if not path.is_symlink():
        return path
    file = Path(os.path.realpath(path))  # unlike Path.resolve, no error for links that go round
    return file if file.is_relative_to(root) and not file.is_symlink() else None


def page_hashes(pages: Sequence[Page], max_bytes: int = MAX_PAGE_BYTES) -> dict[str, str]:
    """Path of each page under the corpus root → the sha256 of its bytes in hexadecimal, or why it cannot be read.

    A page over `max_bytes` is one that cannot be read: with another limit its entry differs, so it is tried again.
    """
    hashes = {}
    for page in pages:
        try:
            hashes[page.source] = hashlib.sha256(page_content(page, max_bytes)).hexdigest()
        except MonographError as error:
            hashes[page.source] = error.reason
    return hashes


def corpus_hash(hashes: Mapping[str, str]) -> str:
    """One sha256 over what `page_hashes` returns, in hexadecimal: it differs when any page changed, came or went."""
    digest = hashlib.sha256()
    for source, content in hashes.items():
        digest.update(f"{source}\0{content}\n".encode(errors="surrogateescape"))
    return digest.hexdigest()


def page_content(page: Page, max_bytes: int) -> bytes:
    """The bytes of a page.

    Args:
        page: one of `list_pages`.
        max_bytes: no more than these are read, and a larger file is refused.

    Raises:
        MonographError: it cannot be opened, is no plain file (a pipe is not waited for), or is over `max_bytes`.
    """
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
