"""Keeps generations of an index: each is built beside the live one, published in one step, and never changed afterwards.

    index/
    ├── g-00000007-7f3a0c11d2e4/   one generation; `manifest.json` has the sha256 of every file in it
    ├── CURRENT                    one line: the name of the generation that is served
    ├── .lock                      flocked by the one builder; says who that is
    └── tmp-…                      not finished, or being removed; left over, unless its builder holds the lock

At whatever moment a process is killed, CURRENT names a complete generation. Knows nothing of Whoosh, NumPy or monographs.
"""

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from search.errors import IndexDamagedError, IndexMissingError
from search.storage.files import SCRATCH, locked, remove, scratch, swap, sync, sync_tree, system_errors, utc_now, write
from search.storage.manifest import FORMAT_VERSION, MANIFEST, MEND, Manifest, damaged, digests, verify

CURRENT: Final = "CURRENT"
"""Name of the file that names the live generation."""

LOCK: Final = ".lock"
"""Name of the file that the one builder locks."""

_NAME: Final = re.compile(r"g-([0-9]{8})-[0-9a-f]{12}")

_KEPT: Final = 2
"""How many good generations stay: the live one, and one to fall back to, on which open requests can end."""

_TRIES: Final = 8
"""How often opening starts again when another generation was published meanwhile. Each time takes two publications within one
opening, so this is a bound and no expectation."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Generation:
    """A published generation, every file of it checked.

    `refused`: why the generation that CURRENT names is not served, where this is an older one in its place; else None.
    """

    path: Path
    name: str
    manifest: Manifest
    refused: str | None = None


class Build:
    """A generation that is being built: write files and folders below `path`, then `publish`. Made by `builder`."""

    def __init__(self, index_root: Path) -> None:
        self._root = index_root
        self.path = scratch(index_root)
        self.path.mkdir()

    def publish(
        self, *, fingerprint: str, content_hash: str, corpus_hash: str, monographs: int, sections: int
    ) -> Generation:
        """Make what was written below `path` the live generation. A power cut at any moment leaves the old one or this one.

        Args:
            fingerprint: hash of the program that wrote the files.
            content_hash: hash of what they say, in hexadecimal; its first 12 digits end the generation's name.
            corpus_hash: hash of the pages they were read from.
            monographs: how many they hold.
            sections: how many those have.

        Raises:
            ValueError: called twice, or the content hash is not hexadecimal.
        """
        if not self.path.name.startswith(SCRATCH):
            raise ValueError(f"{self.path} is published already")
        previous = _live(self._root)
        name = f"g-{_last_sequence(self._root) + 1:08d}-{content_hash[:12]}"
        if not _NAME.fullmatch(name):
            raise ValueError(f"content_hash {content_hash!r} is not hexadecimal")
        manifest = Manifest(
            FORMAT_VERSION, fingerprint, content_hash, corpus_hash, monographs, sections, utc_now(), digests(self.path)
        )
        write(self.path / MANIFEST, manifest.to_json())
        sync_tree(self.path)
        self.path = self.path.rename(self._root / name)
        sync(self._root)
        swap(self._root / CURRENT, f"{name}\n")
        _prune(self._root, preferred=(name, previous))
        return Generation(self.path, name, manifest)


@contextmanager
def builder(index_root: Path) -> Iterator[Build]:
    """Hold the lock of an index folder, remove what killed builders left, and yield a `Build`; removed if not published.

    Args:
        index_root: the folder of generations, on a local disk; created when missing.

    Raises:
        IndexBusyError: another builder holds the lock; says who.
        SearchError: the disk is full, or the system refuses.
    """
    with _locked(index_root):
        _clear(index_root)
        build = Build(index_root)
        try:
            yield build
        finally:
            if build.path.name != _live(index_root):
                remove(build.path)


def current_name(index_root: Path) -> str:
    """The name of the live generation, by CURRENT: one small file, read at each request.

    Raises:
        IndexMissingError: nothing has been published yet.
        IndexDamagedError: CURRENT holds something else than the name of a generation.
    """
    path = index_root / CURRENT
    with system_errors(path):
        try:
            name = path.read_bytes().decode("ascii", errors="replace").removesuffix("\n")
        except FileNotFoundError:
            raise IndexMissingError(f"{index_root}: there is no index yet; {MEND}") from None
    if not _NAME.fullmatch(name):
        raise damaged(path, f"holds {name[:60]!r}, which names no generation")
    return name


def open_generation(index_root: Path, fingerprint: str) -> Generation:
    """The live generation, every file checked; where it is damaged or another program's, the newest other good one.

    Such a fallback shows in `Generation.refused`, and as a warning in the log.

    The files stay until two more generations have been published. A caller that opens them later than that finds them
    gone, and calls this again.

    Args:
        index_root: the folder of generations.
        fingerprint: hash of this program; a generation with another one is refused.

    Raises:
        IndexMissingError: nothing has been published yet.
        IndexDamagedError: no generation is good; names the damaged file of the live one.
        SearchError: the system refuses to read.
    """
    with system_errors(index_root):
        for _ in range(_TRIES):
            name = current_name(index_root)
            try:
                return Generation(index_root / name, name, verify(index_root / name, fingerprint))
            except IndexDamagedError as error:
                damage = error
            if current_name(index_root) != name:
                continue
            others = (other for other in _names(index_root) if other != name)
            if spare := next(_good(index_root, others, fingerprint, str(damage)), None):
                _log.warning("%s. Serving %s, built %s, instead.", damage, spare.name, spare.manifest.built_at)
                return spare
            if current_name(index_root) == name:
                break
    raise damage


def rollback(index_root: Path, fingerprint: str) -> Generation:
    """Make the newest good generation before the live one live again.

    Args:
        index_root: the folder of generations.
        fingerprint: hash of this program; a generation with another one is passed over.

    Raises:
        IndexBusyError: a builder holds the lock.
        IndexMissingError: there is no earlier good generation.
    """
    with _locked(index_root):
        live = current_name(index_root)
        earlier = next(_good(index_root, (name for name in _names(index_root) if name < live), fingerprint), None)
        if earlier is None:
            raise IndexMissingError(f"{index_root}: no good generation before {live}; mend the corpus, then {MEND}")
        swap(index_root / CURRENT, f"{earlier.name}\n")
    return earlier


def _good(
    index_root: Path, names: Iterable[str], fingerprint: str | None, refused: str | None = None
) -> Iterator[Generation]:
    """The generations of `names` that pass `verify`, in that order."""
    for name in names:
        try:
            yield Generation(index_root / name, name, verify(index_root / name, fingerprint), refused)
        except IndexDamagedError as error:
            _log.info("passed over: %s", error)


def _names(index_root: Path) -> list[str]:
    """The names of all generations, newest first, good or not."""
    return sorted((path.name for path in index_root.iterdir() if _NAME.fullmatch(path.name)), reverse=True)


def _live(index_root: Path) -> str:
    """The name of the live generation; "" where there is none, or CURRENT is damaged."""
    try:
        return current_name(index_root)
    except (IndexMissingError, IndexDamagedError):
        return ""


def _last_sequence(index_root: Path) -> int:
    """The highest number of a generation so far. CURRENT counts too, so that it never falls when a folder was deleted."""
    known = (_NAME.fullmatch(name) for name in (*_names(index_root), _live(index_root)))
    return max((int(match[1]) for match in known if match), default=0)


@contextmanager
def _locked(index_root: Path) -> Iterator[None]:
    with system_errors(index_root):
        index_root.mkdir(parents=True, exist_ok=True)
        with locked(index_root / LOCK):
            yield


def _clear(index_root: Path) -> None:
    """Remove what killed builders left behind; only for a caller that holds the lock."""
    for path in index_root.glob(f"{SCRATCH}*"):
        remove(path)
    _prune(index_root, preferred=(_live(index_root),))


def _prune(index_root: Path, preferred: tuple[str, ...]) -> None:
    """Keep the live generation and `_KEPT` good ones, those of `preferred` before the newest; remove the others."""
    names = _names(index_root)
    order = dict.fromkeys([name for name in preferred if name in names] + names)
    kept = {_live(index_root), *(good.name for good in islice(_good(index_root, order, None), _KEPT))}
    for name in names:
        if name not in kept:
            remove(index_root / name)
