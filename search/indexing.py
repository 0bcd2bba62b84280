"""Monographs → a published generation: the Whoosh index, the arrays decoded from it, and the manifest that describes both.

The only writer of Whoosh indexes. Knows nothing of queries, ranking or the command line.
"""

import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from whoosh import index as whoosh_index

from search.decoding import write_postings
from search.errors import IndexDamagedError, IndexMissingError, SearchError
from search.generations import Build, builder, open_generation
from search.model import Monograph
from search.schema import build_schema, monograph_document, to_document

WHOOSH_FOLDER: Final = "whoosh"
ARRAYS_FOLDER: Final = "arrays"

_WRITER_MB: Final = 256
"""Postings that Whoosh holds before it spills a run to disk. More is faster on large corpora (TRAPS: 10 s for 512, 14.5 s for 128)
but the whole build is to stay below 500 MB for 2,057 pages."""

_FINGERPRINTED: Final = (
    "analysis.py", "folding.py", "schema.py", "decoding.py", "weighting.py", "negation.py",
    "vocabulary/uk_us_folds.tsv", "vocabulary/fold_exceptions.tsv", "vocabulary/stem_exceptions.tsv",
    "vocabulary/function_words.tsv", "vocabulary/word_families.tsv", "vocabulary/negation.tsv",
)  # fmt: skip
"""What decides the content of an index besides the pages. Another fingerprint: the index is rebuilt, never misread."""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a build did: counts, seconds, and the size of the generation in bytes."""

    generation: str
    monographs: int
    sections: int
    sections_by_kind: dict[str, int]
    no_such_product: int
    seconds: float
    bytes: int


@cache
def fingerprint() -> str:
    """Hash of the analyzer, the schema and the array format of this program."""
    digest = hashlib.sha256()
    for name in _FINGERPRINTED:
        digest.update(files("search").joinpath(name).read_bytes())
    return digest.hexdigest()


def build_index(
    monographs: Iterable[Monograph],
    index_root: Path,
    progress: Callable[[Monograph], None] | None = None,
    corpus_hash: str = "",
) -> IndexReport:
    """Build a generation beside the live one and make it live.

    Args:
        monographs: in any order, each id once; read one by one, never held together.
        index_root: the folder of generations; made when missing.
        progress: called after each monograph.
        corpus_hash: what `corpus_files.corpus_hash` says of the files, kept to tell later whether they changed.

    Raises:
        IndexBusyError: another builder holds the lock.
        SearchError: an id occurs twice, or the disk refuses.
    """
    began = time.perf_counter()
    with builder(index_root) as build:
        tally = _Tally(progress)
        _write_whoosh(tally.watch(monographs), build)
        generation = build.publish(
            fingerprint=fingerprint(),
            content_hash=tally.content_hash(),
            corpus_hash=corpus_hash,
            monographs=len(tally.digests),
            sections=tally.kinds.total(),
        )
    return IndexReport(
        generation=generation.name,
        monographs=len(tally.digests),
        sections=tally.kinds.total(),
        sections_by_kind=dict(tally.kinds),
        no_such_product=tally.no_such_product,
        seconds=time.perf_counter() - began,
        bytes=sum(file.stat().st_size for file in generation.path.rglob("*") if file.is_file()),
    )


def is_current(index_root: Path, corpus_hash: str) -> bool:
    """Whether the live generation is intact, was built by this program, and from pages with this hash."""
    try:
        generation = open_generation(index_root, fingerprint())
    except (IndexMissingError, IndexDamagedError):
        return False
    return generation.refused is None and generation.manifest.corpus_hash == corpus_hash


class _Tally:
    """Counts and hashes what passes by, so that monographs need not be held."""

    def __init__(self, progress: Callable[[Monograph], None] | None) -> None:
        self.digests: dict[str, str] = {}
        self.kinds: Counter[str] = Counter()
        self.no_such_product = 0
        self._progress = progress

    def watch(self, monographs: Iterable[Monograph]) -> Iterator[tuple[Monograph, dict[str, Any]]]:
        """Each monograph with its record."""
        for monograph in monographs:
            if monograph.id in self.digests:
                raise SearchError(f"{monograph.source}: the id {monograph.id!r} occurs twice; rename one of the files")
            record = asdict(monograph)
            canonical = json.dumps(record, ensure_ascii=False, sort_keys=True)
            del record["sections"]
            self.digests[monograph.id] = hashlib.sha256(canonical.encode()).hexdigest()
            self.kinds.update(section.kind for section in monograph.sections)
            self.no_such_product += monograph.status == "no-such-product"
            yield monograph, record
            if self._progress is not None:
                self._progress(monograph)

    def content_hash(self) -> str:
        """Hash over all monographs in the order of their ids: the same content, the same hash."""
        return hashlib.sha256("".join(d for _, d in sorted(self.digests.items())).encode()).hexdigest()


def _write_whoosh(monographs: Iterable[tuple[Monograph, dict[str, Any]]], build: Build) -> None:
    folder, arrays = build.path / WHOOSH_FOLDER, build.path / ARRAYS_FOLDER
    folder.mkdir()
    arrays.mkdir()
    index = whoosh_index.create_in(str(folder), build_schema())
    with index.writer(limitmb=_WRITER_MB) as writer:
        for monograph, record in monographs:
            writer.add_document(**monograph_document(monograph, record))
            for section in monograph.sections:
                writer.add_document(**to_document(monograph, section))
    with index.reader() as reader:
        write_postings(reader, arrays)
    index.close()
