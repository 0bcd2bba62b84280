"""Keeps a note beside the generations of whether the last build failed, since when and why; servers show it.

Knows nothing of what a build does.
"""

import json
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from search.errors import IndexBusyError, SearchError
from search.model import BuildFailure
from search.storage.files import utc_now

LAST_BUILD: Final = "LAST_BUILD"
"""Name of the note in the index folder."""

_SIZE: Final = 1024
"""Bytes of the note, always the same: it is written over the old one, so it needs no room on a disk that is full, which is why
many builds fail."""

_FOLDERS: Final = re.compile(r"(?<![\w.])/(?:[^\s/:;,]+/)+")
_MAX_REASON_CHARS: Final = 400

_log = logging.getLogger(__name__)


def note_failure(index_root: Path, error: SearchError) -> None:
    """Note that a build failed, and why; of several failures in a row, the time of the first one stays."""
    earlier = BuildStatus(index_root).failure()
    reason = without_folders(str(error))[:_MAX_REASON_CHARS]
    _write(index_root, {"failed_since": earlier.since if earlier else utc_now(), "reason": reason})


def note_success(index_root: Path) -> None:
    """Note that the last build went well."""
    _write(index_root, {})


@contextmanager
def noted(index_root: Path) -> Iterator[None]:
    """Note whether the build within fails with a `SearchError` or succeeds; that another builder is at work is no failure."""
    try:
        yield
    except IndexBusyError:
        raise
    except SearchError as error:
        note_failure(index_root, error)
        raise
    note_success(index_root)


def without_folders(reason: str) -> str:
    """A message without the folders of the files it names, since web pages show it."""
    return _FOLDERS.sub("", reason)


class BuildStatus:
    """Reads the note of an index folder, and again only when it was written anew."""

    def __init__(self, index_root: Path) -> None:
        self._path = index_root / LAST_BUILD
        self._read: tuple[int, BuildFailure | None] = (0, None)

    def failure(self) -> BuildFailure | None:
        """Since when builds fail, and why; None where the last one succeeded, or there is no note."""
        try:
            written = self._path.stat().st_mtime_ns
            if self._read[0] != written:
                self._read = (written, _failure(self._path.read_bytes()))
        except OSError:
            return None
        return self._read[1]


def _failure(note: bytes) -> BuildFailure | None:
    """The failure that a note tells; None for a success, and for a note that is half written (the next look reads it whole)."""
    try:
        values = json.loads(note)
        return BuildFailure(str(values["failed_since"]), str(values["reason"])) if values else None
    except (ValueError, KeyError, TypeError):
        return None


def _write(index_root: Path, values: dict[str, str]) -> None:
    """Write the note; where that fails, log a warning, since what is served does not depend on it."""
    text = json.dumps(values).encode().ljust(_SIZE)
    path = index_root / LAST_BUILD
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            os.pwrite(descriptor, text, 0)
            os.ftruncate(descriptor, len(text))
        finally:
            os.close(descriptor)
    except OSError as error:
        _log.warning("%s: could not be written (%s)", path, error.strerror)
