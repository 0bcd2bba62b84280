"""The fingerprint of an index: which program wrote it. An index with another one is built anew, never misread.

Everything that decides what is stored, besides the pages, is hashed whole: packages with all their files, never a list of files
kept by hand, which is soon incomplete. Knows nothing of what the files do.
"""

import hashlib
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

LIBRARIES: Final = ("markdown", "numpy", "PyStemmer", "PyYAML", "whoosh")
"""Libraries whose version can change what a page says, how a word is stemmed, or how a file is written."""

_SUFFIXES: Final = (".py", ".tsv")


@cache
def fingerprint() -> str:
    """Hash of the program's files that decide what is stored, of the libraries' versions and of Python's tables of Unicode."""
    digest = hashlib.sha256()
    for name, content in sources(files("search")):
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    for library in LIBRARIES:
        digest.update(f"{library} {version(library)}\n".encode())
    digest.update(unicodedata.unidata_version.encode())
    return digest.hexdigest()


def sources(package: Traversable, path: str = "") -> Iterator[tuple[str, bytes]]:
    """(path under the package, content) of every module and table below it, in the order of their paths."""
    for entry in sorted(package.iterdir(), key=lambda entry: entry.name):
        name = f"{path}{entry.name}"
        if entry.is_dir():
            yield from sources(entry, f"{name}/")
        elif name.endswith(_SUFFIXES):
            yield name, entry.read_bytes()
