"""The note of a build that failed: since when, why, and written where there is room for it."""

import errno
import os
from pathlib import Path

import pytest

from search.errors import IndexBusyError, SearchError
from search.model import BuildFailure
from search.storage.build_status import LAST_BUILD, BuildStatus, note_failure, note_success, noted, without_folders


def fail(root: Path, reason: str) -> None:
    """A build that ends with an error."""
    with noted(root):
        raise SearchError(reason)


def test_a_failure_is_noted_until_a_build_succeeds(tmp_path: Path) -> None:
    """Failures in a row keep the time of the first; a success forgets it."""
    last = BuildStatus(tmp_path)
    assert last.failure() is None
    with pytest.raises(SearchError):
        fail(tmp_path, "/srv/index/tmp-1: No space left on device; free some space")
    first = last.failure()
    assert first is not None
    assert first.reason == "tmp-1: No space left on device; free some space"
    with pytest.raises(SearchError):
        fail(tmp_path, "another")
    assert last.failure() == BuildFailure(first.since, "another")
    with noted(tmp_path):
        pass
    assert last.failure() is None


def test_another_builder_is_no_failure(tmp_path: Path) -> None:
    """Who finds the lock held has not failed, and does not undo what the other noted."""
    note_failure(tmp_path, SearchError("why"))
    before = BuildStatus(tmp_path).failure()
    with pytest.raises(IndexBusyError), noted(tmp_path):
        raise IndexBusyError("held")
    assert BuildStatus(tmp_path).failure() == before


def test_the_note_needs_no_new_room(tmp_path: Path) -> None:
    """Written again, it is as long as before and the same file, so that a full disk can hold it."""
    note_success(tmp_path)
    before = (tmp_path / LAST_BUILD).stat()
    note_failure(tmp_path, SearchError("No space left on device"))
    after = (tmp_path / LAST_BUILD).stat()
    assert (before.st_size, before.st_ino, before.st_blocks) == (after.st_size, after.st_ino, after.st_blocks)


@pytest.mark.parametrize("note", [b"", b"{", b"[1]", b"null", b'{"failed_since": "x"}', b"\xff"])
def test_half_a_note_says_nothing(tmp_path: Path, note: bytes) -> None:
    """A reader between two writes is not misled."""
    (tmp_path / LAST_BUILD).write_bytes(note)
    assert BuildStatus(tmp_path).failure() is None


def test_a_note_that_cannot_be_written_is_told_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The error of the build is what the caller hears of."""

    def refuse(*_: object) -> int:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(os, "pwrite", refuse)
    with pytest.raises(SearchError, match="why"):
        fail(tmp_path, "why")
    assert "Read-only file system" in caplog.text


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        ("/srv/index/tmp-1: full", "tmp-1: full"),
        ("a/b of 1/2: x", "a/b of 1/2: x"),
        ("see /etc/passwd, /a/b/c", "see passwd, c"),
    ],
)
def test_folders_are_not_shown(reason: str, shown: str) -> None:
    """Pages name the file, not where it is."""
    assert without_folders(reason) == shown
