"""Generations of an index: built beside the live one, published in one step, never changed afterwards.

    index/
    ├── g-00000007-7f3a0c11d2e4/   one generation; `manifest.json` has the sha256 of every file in it
    ├── CURRENT                    one line: the name of the generation that is served
    ├── .lock                      flocked by the one builder; says who that is
    └── tmp-…                      not finished, or being removed: litter, unless its builder holds the lock

Whoever is killed, and whenever, CURRENT names a whole generation. Knows nothing of Whoosh, NumPy or monographs.
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

__all__ = [
    "CURRENT",
    "FORMAT_VERSION",
    "Build",
    "Generation",
    "Manifest",
    "builder",
    "current_name",
    "open_generation",
    "rollback",
    "verify",
]

CURRENT: Final = "CURRENT"
LOCK: Final = ".lock"

_NAME: Final = re.compile(r"g-([0-9]{8})-[0-9a-f]{12}")

_KEPT: Final = 2
"""Good generations that stay: the live one, and one to fall back to or to finish requests on."""

_TRIES: Final = 8
"""How often CURRENT is read again when it moved on while a generation was being opened. Each time takes two
publications within one opening; this is a bound, not an expectation."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Generation:
    """A published generation, every file of it checked.

    `refused` says why the one that CURRENT names is not served, when this is the one before it; else None.
    """

    path: Path
    name: str
    manifest: Manifest
    refused: str | None = None


class Build:
    """A generation in the making: write files and folders below `path`, then `publish`. Made by `builder`."""

    def __init__(self, index_root: Path) -> None:
        self._root = index_root
        self.path = scratch(index_root)
        self.path.mkdir()

    def publish(
        self, *, fingerprint: str, content_hash: str, corpus_hash: str, monographs: int, sections: int
    ) -> Generation:
        """Make what was written below `path` the live generation; it survives the power going at any moment.

        Args:
            fingerprint: hash of the analyzer and schema that wrote the files.
            content_hash: hash of what they say, in hexadecimal; its first 12 digits end the name.
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
        _prune(self._root, first=(name, previous))
        return Generation(self.path, name, manifest)


@contextmanager
def builder(index_root: Path) -> Iterator[Build]:
    """Hold the lock of an index folder, clear it of litter, and yield a `Build`; what is not published is removed.

    Args:
        index_root: the folder of generations, on a local disk; made when missing.

    Raises:
        IndexBusyError: another builder holds the lock; says who.
        SearchError: the disk is full, or refuses.
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
    """The name that CURRENT holds: one small read, made at each request.

    Raises:
        IndexMissingError: nothing has been published yet.
        IndexDamagedError: it holds something else than the name of a generation.
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
    """The live generation, every file checked; when it is damaged or foreign, the newest other good one.

    A fallback is told: by `Generation.refused`, and as a warning in the log.

    The files stay until two more generations have been published. Who opens them later than that finds them gone, and
    calls this again.

    Args:
        index_root: the folder of generations.
        fingerprint: hash of this program's analyzer and schema; a generation with another one is refused.

    Raises:
        IndexMissingError: nothing has been published yet.
        IndexDamagedError: no generation is good; names the file that condemns the live one.
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
    """Those of `names`, in their order, that pass `verify`."""
    for name in names:
        try:
            yield Generation(index_root / name, name, verify(index_root / name, fingerprint), refused)
        except IndexDamagedError as error:
            _log.info("passed over: %s", error)


def _names(index_root: Path) -> list[str]:
    """All generations, newest first, good or not."""
    return sorted((path.name for path in index_root.iterdir() if _NAME.fullmatch(path.name)), reverse=True)


def _live(index_root: Path) -> str:
    """What CURRENT names, or nothing."""
    try:
        return current_name(index_root)
    except (IndexMissingError, IndexDamagedError):
        return ""


def _last_sequence(index_root: Path) -> int:
    """The highest number given so far. CURRENT counts too: the sequence does not go back when a folder was deleted."""
    known = (_NAME.fullmatch(name) for name in (*_names(index_root), _live(index_root)))
    return max((int(match[1]) for match in known if match), default=0)


@contextmanager
def _locked(index_root: Path) -> Iterator[None]:
    with system_errors(index_root):
        index_root.mkdir(parents=True, exist_ok=True)
        with locked(index_root / LOCK):
            yield


def _clear(index_root: Path) -> None:
    """Remove what builders that were killed left behind. Only who holds the lock may call this."""
    for path in index_root.glob(f"{SCRATCH}*"):
        remove(path)
    _prune(index_root, first=(_live(index_root),))


def _prune(index_root: Path, first: tuple[str, ...]) -> None:
    """Keep the live generation and `_KEPT` good ones, preferring `first`, then the newest; remove the others."""
    names = _names(index_root)
    order = dict.fromkeys([name for name in first if name in names] + names)
    kept = {_live(index_root), *(good.name for good in islice(_good(index_root, order, None), _KEPT))}
    for name in names:
        if name not in kept:
            remove(index_root / name)
