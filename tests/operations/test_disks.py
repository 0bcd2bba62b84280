"""A disk that is full, cannot be written or is not ours: a clear error, the old index serves, and trying again works."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from search import SearchEngine, SearchRequest
from search.commands.cli import main

NOBODY = 65534


@pytest.fixture
def pages(tmp_path: Path, fixture_corpus: Path) -> Path:
    """A copy of the fixture corpus, to edit."""
    return Path(shutil.copytree(fixture_corpus, tmp_path / "pages"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1 MB of its own."""
    mounted = tmp_path / "disk"
    mounted.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(mounted)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip(f"may not mount a file system here ({made.stderr.decode().strip()})")
    try:
        yield mounted
    finally:
        subprocess.run(["umount", "-l", str(mounted)], check=True)


def index(pages: Path, root: Path) -> Result:
    """Run `monograph-search index --full`."""
    return CliRunner().invoke(main, ["index", "--full", "--corpus", str(pages), "--index", str(root)])


def edit(pages: Path, word: str) -> None:
    """Add a word to a page."""
    with (pages / "d" / "denosumab.md").open("a", encoding="utf-8") as page:
        page.write(f"\n\n**Uses:**\n\n* {word}\n")


def fill(ballast: Path) -> None:
    """Leave no room on the disk of a file."""
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))


def assert_refused(result: Result, *said: str) -> None:
    """Exit code 3, and one line that says what to do."""
    assert result.exit_code == 3, result.output
    assert result.stderr.splitlines()[-1].startswith("Error: "), result.stderr
    for part in said:
        assert part in result.stderr


def test_a_full_disk(small_disk: Path, pages: Path) -> None:
    """The build fails and says so, on the page too: the note has its room; once there is room, the next build works."""
    root = small_disk / "index"
    assert index(pages, root).exit_code == 0
    engine = SearchEngine(root)
    before = engine.info().generation
    edit(pages, "zyxwort")
    ballast = small_disk / "ballast"
    fill(ballast)
    assert_refused(index(pages, root), "No space left on device; free some space, then run the command again")
    info = engine.info()
    assert info.generation == before
    assert info.failing is not None
    assert "No space left on device" in info.failing.reason
    assert engine.search(SearchRequest("calcium")).total_monographs == 1
    assert not list(root.glob("tmp-*"))
    ballast.unlink()
    assert index(pages, root).exit_code == 0
    assert engine.search(SearchRequest("zyxwort")).total_monographs == 1
    assert engine.info().failing is None


def test_a_disk_that_cannot_be_written(small_disk: Path, pages: Path) -> None:
    """Likewise; the note cannot be written there, so the log alone tells."""
    root = small_disk / "index"
    assert index(pages, root).exit_code == 0
    engine = SearchEngine(root)
    edit(pages, "zyxwort")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert_refused(index(pages, root), "Read-only file system; choose an index folder that can be written")
    assert engine.search(SearchRequest("calcium")).total_monographs == 1
    assert SearchEngine(root).search(SearchRequest("calcium")).total_monographs == 1
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    assert index(pages, root).exit_code == 0
    assert engine.search(SearchRequest("zyxwort")).total_monographs == 1


def test_a_user_without_permission(fixture_corpus: Path) -> None:
    """Who may read the index and not write it can serve and not build."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        shutil.copytree(fixture_corpus, place / "pages")
        assert index(place / "pages", place / "index").exit_code == 0
        edit(place / "pages", "zyxwort")
        for path in (place, *place.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        with unprivileged():
            assert_refused(index(place / "pages", place / "index"), "Permission denied; give this user access to it")
            assert SearchEngine(place / "index").search(SearchRequest("calcium")).total_monographs == 1
        for path in (place, *place.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        assert index(place / "pages", place / "index").exit_code == 0


@contextmanager
def unprivileged() -> Iterator[None]:
    """Be nobody in particular for a while; whoever is not root already is."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
