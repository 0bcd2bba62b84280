"""The disk under the index: durable writes, swaps in one step, a lock, and what the system refuses in words of ours.

Knows files and folders, not what they are for. For local disks: a network folder may grant a lock to two hosts.
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
"""How the names begin of what is not finished, or is being removed."""

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
    """Turn what the system refuses into a `SearchError` with file, reason and advice.

    Errors that name a file outside `where`, and closed connections (a pipe under a progress bar), pass as they are.
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
    """Hold a lock, and say so in its file. The kernel lets go when the process ends, so no file left behind blocks.

    The file is never removed: who opened it before that and locks it after would hold a lock that nobody else sees.

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
    """The time as ISO 8601, UTC, in seconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def scratch(folder: Path) -> Path:
    """A name in a folder for something not finished."""
    return folder / f"{SCRATCH}{secrets.token_hex(6)}"


def write(path: Path, text: str) -> None:
    """Write a small ASCII file and bring it to the disk."""
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
    """Bring a file, or the names in a folder, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Bring every file and folder below and including `folder` to the disk, a folder after what it holds."""
    for parent, _, names in os.walk(folder, topdown=False):
        for name in names:
            sync(Path(parent, name))
        sync(Path(parent))


def remove(path: Path) -> None:
    """Remove a file or a folder, which loses its name first: no reader ever sees a folder lose file by file.

    A refusal is reported and no error: what the caller did stands without this, and the next builder tries again.
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
    lock.seek(0)
    return lock.readline(200).strip() or "another process"
