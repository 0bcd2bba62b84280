"""Works with the disk: writes that survive a power cut, replacing a file in one step, a lock, and readable errors.

Only for local disks, since a network folder may grant one lock to two hosts. Knows nothing of what the files are for.
"""

import errno
import fcntl
import logging
import os
import secrets
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TextIO

from search.errors import IndexBusyError, SearchError

SCRATCH: Final = "tmp-"
"""The names of files and folders that are not finished, or are being removed, begin so."""

_ADVICE: Final = {
    errno.ENOSPC: "free some space, then run the command again",
    errno.EDQUOT: "free some space, then run the command again",
    errno.EFBIG: "raise the limit on the size of a file, then run the command again",
    errno.EACCES: "give this user access to it",
    errno.EPERM: "give this user access to it",
    errno.EROFS: "choose an index folder that can be written",
    errno.ENOTDIR: "choose an index folder that is a folder",
    errno.EEXIST: "choose an index folder that is a folder",
}
_ADVICE_ELSE: Final = "see that the index folder is on a working local disk"

_log = logging.getLogger(__name__)


@contextmanager
def system_errors(where: Path) -> Iterator[None]:
    """Turn an `OSError` raised within into a `SearchError` with file, reason and advice.

    Errors that name a file outside `where`, and closed connections (a pipe under a progress bar), pass as they are.

    Args:
        where: the file or folder that is worked on; named where the system names no file.

    Raises:
        SearchError: the system refused.
    """
    try:
        yield
    except ConnectionError:
        raise
    except OSError as error:
        path = Path(error.filename) if isinstance(error.filename, str | os.PathLike) else where
        if not path.is_relative_to(where):
            raise
        advice = _ADVICE.get(error.errno or 0, _ADVICE_ELSE)
        raise SearchError(f"{path}: {error.strerror or error}; {advice}") from error


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock on a file, and write there who holds it. The kernel frees it when the process ends, however it ends.

    The file is never removed: a process that opened it before and locked it after would hold a lock that no other sees.

    Raises:
        IndexBusyError: another process holds the lock; says which, and since when.
    """
    with path.open("a+", encoding="utf-8", errors="replace") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise IndexBusyError(f"{path}: the index is being changed by {_holder(file)}; wait for it to end") from None
        file.truncate(0)
        file.write(f"pid {os.getpid()} on {socket.gethostname()} since {utc_now()}\n")
        file.flush()
        yield


def utc_now() -> str:
    """The time of day in UTC as ISO 8601, to the second: "2026-11-28T19:41:05Z"."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def scratch(folder: Path) -> Path:
    """A new path in a folder for something not finished; nothing is created."""
    return folder / f"{SCRATCH}{secrets.token_hex(6)}"


def write(path: Path, text: str) -> None:
    """Write a small ASCII file, and wait until the disk has it."""
    path.write_text(text, encoding="ascii")
    sync(path)


def swap(path: Path, text: str) -> None:
    """Replace a file in one step: a reader sees the old text or the new one, never half of one."""
    fresh = scratch(path.parent)
    try:
        write(fresh, text)
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
    sync(path.parent)


def sync(path: Path) -> None:
    """Wait until the disk has the bytes of a file, or the names in a folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Wait until the disk has a folder and all below it, each folder after what it holds."""
    for parent, _, names in os.walk(folder, topdown=False):
        for name in names:
            sync(Path(parent, name))
        sync(Path(parent))


def remove(path: Path) -> None:
    """Remove a file or a folder; it is renamed first, so that no reader sees a folder that lacks some of its files.

    Where the system refuses, a warning is logged and nothing raised: the caller's work is done without it, and the next
    builder tries again.
    """
    try:
        doomed = path.rename(scratch(path.parent))
        if doomed.is_dir() and not doomed.is_symlink():
            shutil.rmtree(doomed)
        else:
            doomed.unlink()
    except OSError as error:
        _log.warning("%s: could not be removed (%s); remove it by hand", path, error)


def _holder(lock: TextIO) -> str:
    """Who holds a lock, by what its file says."""
    lock.seek(0)
    return lock.readline(200).strip() or "another process"
