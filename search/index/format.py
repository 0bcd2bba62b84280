"""The format of an index: its folders, the codes in its arrays, and the fingerprint of the program that wrote it.

An index with another fingerprint is built anew, never misread. Everything that decides what is stored, besides the pages,
is hashed whole: packages with all their files, never a list of files kept by hand, which is soon incomplete. Knows nothing
of what the files do.
"""

import hashlib
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

WHOOSH_FOLDER: Final = "whoosh"
ARRAYS_FOLDER: Final = "arrays"

FIELD_BASE: Final = (0, 1 << 28, 1 << 29)
"""First position of names, heading, text: the three fields share one line of positions, far enough apart that no phrase reaches from
one field into the next. A page has at most 1 MB, so no field reaches the next one's base."""

NO_TERM: Final = -1
"""The number of a surface or stem that no page holds."""

BY_NAME: Final = 1
"""A flag of a posting: the section has the term in the names of its page alone."""

ROLE_SHIFT: Final = 1
"""From this bit on, the flags of a posting hold the roles that the section gives the term, as bits of `StatementRole`."""

PROGRAM: Final = (
    "analysis", "index", "model/kinds.py", "model/monographs.py", "reading", "statements", "storage", "tables.py", "weights.py",
)  # fmt: skip
"""Packages and modules of `search` that decide what an index holds. A test follows a build and sees that it uses no others."""

LIBRARIES: Final = ("markdown", "numpy", "PyStemmer", "PyYAML", "whoosh")
"""Libraries whose version can change what a page says, how a word is stemmed, or how a file is written."""

_SUFFIXES: Final = (".py", ".tsv")


@cache
def fingerprint() -> str:
    """Hash of the program's files that decide what is stored, of the libraries' versions and of Python's tables of Unicode."""
    digest = hashlib.sha256()
    for name, content in sources():
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    for library in LIBRARIES:
        digest.update(f"{library} {version(library)}\n".encode())
    digest.update(unicodedata.unidata_version.encode())
    return digest.hexdigest()


def sources() -> Iterator[tuple[str, bytes]]:
    """(path under `search`, content) of every module and table of `PROGRAM`."""
    package = files("search")
    for name in PROGRAM:
        entry = package.joinpath(name)
        yield from _below(entry, f"{name}/") if entry.is_dir() else [(name, entry.read_bytes())]


def _below(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    """The modules and tables below a folder, in the order of their paths; what Python compiled is none."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        name = f"{path}{entry.name}"
        if entry.is_dir():
            yield from _below(entry, f"{name}/")
        elif name.endswith(_SUFFIXES):
            yield name, entry.read_bytes()
