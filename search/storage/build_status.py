"""Whether the last build failed, since when and why: a note beside the generations, which servers show.

Knows nothing of what a build is.
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

_SIZE: Final = 1024
"""Bytes of the note, always. It is written in place, where there is room for it already: builds fail when a disk is full."""

_FOLDERS: Final = re.compile(r"(?<![\w.])/(?:[^\s/:;,]+/)+")
_MOST_CHARS: Final = 400

_log = logging.getLogger(__name__)


def note_failure(index_root: Path, error: SearchError) -> None:
    """Note that a build failed; since when stays that of the first failure in a row."""
    earlier = BuildStatus(index_root).failure()
    reason = without_folders(str(error))[:_MOST_CHARS]
    _write(index_root, {"failed_since": earlier.since if earlier else utc_now(), "reason": reason})


def note_success(index_root: Path) -> None:
    """Note that the last build went well."""
    _write(index_root, {})


@contextmanager
def noted(index_root: Path) -> Iterator[None]:
    """Note how what is done within ends. Another builder at work is no failure."""
    try:
        yield
    except IndexBusyError:
        raise
    except SearchError as error:
        note_failure(index_root, error)
        raise
    note_success(index_root)


def without_folders(reason: str) -> str:
    """A message without the folders of the files it names: pages show it."""
    return _FOLDERS.sub("", reason)


class BuildStatus:
    """The note of an index folder, read when it was written anew."""

    def __init__(self, index_root: Path) -> None:
        self._path = index_root / LAST_BUILD
        self._read: tuple[int, BuildFailure | None] = (0, None)

    def failure(self) -> BuildFailure | None:
        """Since when builds fail, and why; None where the last one went well, or nothing is known."""
        try:
            written = self._path.stat().st_mtime_ns
            if self._read[0] != written:
                self._read = (written, _failure(self._path.read_bytes()))
        except OSError:
            return None
        return self._read[1]


def _failure(note: bytes) -> BuildFailure | None:
    """A note that is half written says nothing; the next look reads it whole."""
    try:
        values = json.loads(note)
        return BuildFailure(str(values["failed_since"]), str(values["reason"])) if values else None
    except (ValueError, KeyError, TypeError):
        return None


def _write(index_root: Path, values: dict[str, str]) -> None:
    """A note that cannot be written changes nothing of what is served: it is told in the log."""
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
