"""What a build publishes: numbered, whole or not there at all, on the disk before it is live; nothing that is not ours is touched."""

import errno
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from search.errors import IndexDamagedError, SearchError
from search.storage.generations import builder, current_name, open_generation
from tests.support.generations import FINGERPRINT, entries, publish


def test_what_is_published_opens_again(root: Path) -> None:
    """A generation comes back with its files, counts and hashes, under the name that its number and content give."""
    published = publish(root)
    opened = open_generation(root, FINGERPRINT)
    assert opened == published
    assert opened.name == current_name(root) == "g-00000001-0123456789ab"
    assert opened.path == root / opened.name
    assert (opened.path / "whoosh" / "MAIN.seg").read_text() == "postings"
    assert list(opened.manifest.files) == ["terms.npy", "whoosh/MAIN.seg"]
    assert (opened.manifest.monographs, opened.manifest.sections, opened.manifest.corpus_hash) == (2, 9, "c0")
    assert opened.refused is None
    assert datetime.now(UTC) >= datetime.fromisoformat(opened.manifest.built_at)
    assert entries(root) == {"CURRENT", ".lock", opened.name}


def test_a_generation_can_be_read_by_another_user(root: Path) -> None:
    """Folders and files get the rights that the builder's umask gives, not a private temporary folder's."""
    private = publish(root).path.stat().st_mode & 0o777
    plain = root.parent / "plain"
    plain.mkdir()
    assert private == plain.stat().st_mode & 0o777


def test_the_sequence_grows_and_two_generations_stay(root: Path) -> None:
    """Each publication gets the next number, the same content included; the two newest stay."""
    names = [publish(root).name for _ in range(4)]
    assert names == [f"g-0000000{n}-0123456789ab" for n in (1, 2, 3, 4)]
    assert entries(root) == {"CURRENT", ".lock", *names[2:]}


def test_the_sequence_does_not_go_back_when_folders_are_deleted(root: Path) -> None:
    """A number that CURRENT names is not given again."""
    publish(root)
    publish(root).path.rename(root.parent / "elsewhere")
    assert publish(root).name.startswith("g-00000003-")


def test_files_that_are_not_ours_stay(root: Path) -> None:
    """A build removes litter and old generations, nothing else."""
    root.mkdir(parents=True)
    for name in ("README.md", ".gitignore", "g-1-old", "tmpfile"):
        (root / name).write_text("kept")
    for _ in range(3):
        publish(root)
    assert {"README.md", ".gitignore", "g-1-old", "tmpfile"} < entries(root)


@pytest.mark.parametrize("error", [KeyError("x"), KeyboardInterrupt(), IndexDamagedError("x")])
def test_a_failed_build_leaves_no_trace(root: Path, error: BaseException) -> None:
    """Whatever stops a build, its error comes through, its folder goes, and the live generation stays."""
    published = publish(root)
    with pytest.raises(type(error)), builder(root) as build:  # noqa: PT012 - the block is what fails
        (build.path / "half").write_text("x")
        raise error
    assert entries(root) == {"CURRENT", ".lock", published.name}


def test_a_build_that_is_not_published_is_removed(root: Path) -> None:
    """Leaving the block without `publish` is no publication."""
    with builder(root) as build:
        (build.path / "half").write_text("x")
    assert entries(root) == {".lock"}


def test_a_mistaken_publish_is_refused(root: Path) -> None:
    """A hash that is no hash would break the name, and a second `publish` the live generation."""
    with pytest.raises(ValueError, match="hexadecimal"):
        publish(root, content="../../../../x")
    with builder(root) as build:
        counts = {"corpus_hash": "", "monographs": 0, "sections": 0}
        build.publish(fingerprint="f", content_hash="a" * 12, **counts)  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="published already"):
            build.publish(fingerprint="f", content_hash="a" * 12, **counts)  # type: ignore[arg-type]
    assert open_generation(root, "f").manifest.files == {}


def record_calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """(call, name of the file) for each fsync, rename and replace, as they happen; the real calls are made."""
    calls: list[tuple[str, str]] = []
    fsync = os.fsync

    def recorded_fsync(descriptor: int) -> None:
        # A descriptor knows no name, but its inode does.
        inode = os.fstat(descriptor).st_ino
        calls.append(("fsync", str(inode)))
        fsync(descriptor)

    def recorder(call: str, real: Callable[[Path, Path], None]) -> Callable[[Path, Path], None]:
        def recorded(source: Path, target: Path) -> None:
            calls.append((call, Path(target).name))
            real(source, target)

        return recorded

    monkeypatch.setattr(os, "fsync", recorded_fsync)
    monkeypatch.setattr(os, "rename", recorder("rename", os.rename))
    monkeypatch.setattr(os, "replace", recorder("replace", os.replace))
    return calls


def test_everything_is_on_the_disk_before_it_is_live(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files, then folders, then the name, then the index folder, then CURRENT, then the index folder again."""
    root.mkdir(parents=True)
    calls = record_calls(monkeypatch)
    path = publish(root).path
    names = {str(p.stat().st_ino): p.name for p in (root, root / "CURRENT", path, *path.rglob("*"))}
    order = [(call, names.get(name, name)) for call, name in calls]
    renamed = order.index(("rename", path.name))
    assert sorted(order[:renamed]) == sorted(
        ("fsync", name) for name in ("manifest.json", "manifest.json", "terms.npy", "MAIN.seg", "whoosh", path.name)
    )
    assert order[renamed - 1] == ("fsync", path.name)
    assert order.index(("fsync", "MAIN.seg")) < order.index(("fsync", "whoosh"))
    assert order[renamed + 1 :] == [
        ("fsync", "index"),
        ("fsync", "CURRENT"),
        ("replace", "CURRENT"),
        ("fsync", "index"),
    ]


@pytest.mark.parametrize("call", ["fsync", "rename", "replace"])
def test_a_publication_that_fails_at_any_step_leaves_a_whole_index(
    root: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """Whichever call the disk refuses, CURRENT names a good generation, and the next builder removes what is left."""
    publish(root)
    real = getattr(os, call)
    for allowed in range(20):
        left = allowed

        def refusing(*arguments: object) -> None:
            nonlocal left
            left -= 1
            if left == -1:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            real(*arguments)

        before = current_name(root)
        monkeypatch.setattr(os, call, refusing)
        try:
            publish(root)
        except SearchError as error:
            assert "No space left on device; free some space" in str(error)  # noqa: PT017 - it need not fail
        monkeypatch.setattr(os, call, real)
        opened = open_generation(root, FINGERPRINT)
        assert opened.refused is None
        assert opened.name >= before
        with builder(root):
            pass
        assert len([name for name in entries(root) if name.startswith("g-")]) <= 2
        assert {name for name in entries(root) if name.startswith("tmp-")} == set()
        if left >= 0:
            break
    assert left >= 0, "no publication got through"
