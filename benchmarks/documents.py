"""The sections of a corpus as the documents that all engines index.

They are written once for each size, as JSON lines, so that the time to parse Markdown is in no engine's build.
"""

import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from benchmarks.growth import grow
from benchmarks.rivals import Document
from search.index.words import searched_texts
from search.model import KINDS, Monograph
from search.reading.corpus import read_corpus

SEED: Final = 20261123


def pages_of(real: Path, times: int, folder: Path) -> Path:
    """A folder with the real pages and, above one time their number, with grown ones; it is made unless it exists."""
    if not folder.is_dir():
        shutil.copytree(real, folder)
        monographs = list(read_corpus(real))
        grow(monographs, len(monographs) * times, folder / "grown", SEED)
    return folder


def documents_of(monographs: Iterable[Monograph]) -> Iterator[Document]:
    """Each section as a document, numbered from 0."""
    number = 0
    for owner, monograph in enumerate(monographs):
        for section in monograph.sections:
            yield Document(number, owner, KINDS.index(section.kind), *searched_texts(monograph, section))
            number += 1


def write_documents(monographs: Iterable[Monograph], file: Path) -> None:
    """Write documents as JSON lines."""
    with file.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(document) + "\n" for document in documents_of(monographs))


def read_documents(file: Path) -> Iterator[Document]:
    """Read what `write_documents` wrote."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield Document(*json.loads(line))
