"""One builder at a time: the second is told who is at work; one that was killed blocks nobody, and its litter goes."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from search.errors import IndexBusyError
from search.storage.generations import builder, open_generation, rollback
from tests.support.generations import FINGERPRINT, entries, publish

HOLDER = """
import sys, time
from pathlib import Path
from search.storage.generations import builder
with builder(Path(sys.argv[1])) as build:
    (build.path / "half").write_text("written")
    print(build.path.name, flush=True)
    time.sleep(60)
"""


@contextmanager
def holding(root: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A second, real process that holds the lock with a build half written, and the name of that build."""
    command = [sys.executable, "-c", HOLDER, str(root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


def test_a_second_builder_is_told_who_is_at_work(root: Path) -> None:
    """While another process builds, a builder fails at once, names it, and disturbs nothing."""
    published = publish(root)
    with holding(root) as (process, half):
        with (
            pytest.raises(IndexBusyError, match=rf"\.lock: .* pid {process.pid} on .+ since \d{{4}}-.*Z"),
            builder(root),
        ):
            pytest.fail("two builders at once")
        with pytest.raises(IndexBusyError, match=f"pid {process.pid}"):
            rollback(root, FINGERPRINT)
        assert (root / half / "half").read_text() == "written"
        assert open_generation(root, FINGERPRINT) == published


def test_two_builders_in_one_process_exclude_each_other(root: Path) -> None:
    """The lock is between builds, not only between processes, and ends with its block."""
    with builder(root), pytest.raises(IndexBusyError, match=f"pid {os.getpid()} "), builder(root):
        pytest.fail("two builders at once")
    publish(root)


def test_a_killed_builder_leaves_nothing_that_matters(root: Path) -> None:
    """After SIGKILL the old generation serves, the lock does not block, and the next build removes the litter."""
    published = publish(root)
    with holding(root) as (process, half):
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    assert half in entries(root)
    assert f"pid {process.pid}" in (root / ".lock").read_text()
    assert open_generation(root, FINGERPRINT) == published
    newer = publish(root)
    assert entries(root) == {"CURRENT", ".lock", published.name, newer.name}


def test_all_kinds_of_litter_are_removed(root: Path) -> None:
    """Unfinished folders, files and links go when a builder takes the lock; what a link points to stays."""
    published = publish(root)
    (root / "tmp-folder" / "whoosh").mkdir(parents=True)
    (root / "tmp-file").write_text("g-0000")
    (root.parent / "precious").mkdir()
    (root / "tmp-link").symlink_to(root.parent / "precious")
    with builder(root) as build:
        assert entries(root) == {"CURRENT", ".lock", published.name, build.path.name}
    assert (root.parent / "precious").is_dir()
