"""The power may go at any moment: what is on the disk then opens as the old index or the new one.

A publication is recorded as the disk sees it. At each fsync, rename and replace, the disk after a power cut is made of what was
synced, in two ways: nothing that was not synced survived; or every name did, but no content (a file renamed before it was synced is
then empty).
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from search import build_index, read_corpus
from search.errors import IndexMissingError
from search.index.format import fingerprint
from search.storage.generations import current_name, open_generation


class Disk:
    """What an index folder has on the disk: contents and listings as they were when they were synced last."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._contents: dict[int, bytes] = {}
        self._listings: dict[int, dict[str, int]] = {}

    def synced(self, path: Path) -> None:
        """A file or a folder was brought to the disk."""
        inode = path.stat().st_ino
        if path.is_dir():
            self._listings[inode] = {entry.name: entry.stat().st_ino for entry in path.iterdir()}
        else:
            self._contents[inode] = path.read_bytes()

    def only_what_was_synced(self, target: Path) -> None:
        """The disk after a power cut that undid everything else."""
        self._restore(self._root.stat().st_ino, target)

    def names_without_contents(self, target: Path) -> None:
        """The disk after a power cut when every name was written already, and no content that nobody asked for."""
        for path in sorted(self._root.rglob("*")):
            copy = target / path.relative_to(self._root)
            if path.is_dir():
                copy.mkdir(parents=True)
            else:
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(self._contents.get(path.stat().st_ino, b""))

    def _restore(self, inode: int, target: Path) -> None:
        target.mkdir()
        for name, held in self._listings.get(inode, {}).items():
            if held in self._listings:
                self._restore(held, target / name)
            else:
                (target / name).write_bytes(self._contents.get(held, b""))


@contextmanager
def recording(root: Path, monkeypatch: pytest.MonkeyPatch, moment: Callable[[Disk], None]) -> Iterator[None]:
    """Call `moment` before and after each fsync, rename and replace below a folder, with the disk as it is then."""
    disk = Disk(root)
    for path in sorted(root.rglob("*"), reverse=True):
        disk.synced(path)  # what was there before has long been written
    disk.synced(root)
    fsync = os.fsync

    def recorded_fsync(descriptor: int) -> None:
        moment(disk)
        fsync(descriptor)
        disk.synced(Path(f"/proc/self/fd/{descriptor}").readlink())
        moment(disk)

    def recorded(real: Callable[..., None]) -> Callable[..., None]:
        def call(*arguments: object) -> None:
            moment(disk)
            real(*arguments)
            moment(disk)

        return call

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", recorded_fsync)
        patch.setattr(os, "rename", recorded(os.rename))
        patch.setattr(os, "replace", recorded(os.replace))
        yield


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs /proc, to know what is synced")
def test_a_power_cut_leaves_the_old_index_or_the_new(
    tmp_path: Path, fixture_corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At no moment of the first, the second or the third publication, which removes the first, is there anything else."""
    root = tmp_path / "index"
    root.mkdir()
    moments = 0
    seen: list[set[str]] = []
    for publication in range(3):
        before = current_name(root) if publication else ""
        names: set[str] = set()

        def moment(disk: Disk, before: str = before, names: set[str] = names) -> None:
            nonlocal moments
            for cut in (disk.only_what_was_synced, disk.names_without_contents):
                moments += 1
                after = tmp_path / f"after-{moments}"
                cut(after)
                names.add(_served(after, before))

        with recording(root, monkeypatch, moment):
            build_index(read_corpus(fixture_corpus), root)
        assert names == {before, current_name(root)}
        seen.append(names)
    assert moments > 200
    assert len(set.union(*seen)) == 4


def _served(root: Path, before: str) -> str:
    """The generation that a disk opens with; none where none was there before."""
    try:
        opened = open_generation(root, fingerprint())
    except IndexMissingError:
        assert not before, "the index is gone"
        return ""
    assert opened.refused is None
    return opened.name


def test_the_simulation_finds_what_was_not_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is renamed before it is synced is empty on that disk, and a folder that was not synced has no new name."""
    root = tmp_path / "index"
    root.mkdir()
    cuts: list[tuple[dict[str, bytes], dict[str, bytes]]] = []

    def moment(disk: Disk) -> None:
        made = []
        for cut in (disk.only_what_was_synced, disk.names_without_contents):
            after = tmp_path / f"after-{len(cuts)}-{len(made)}"
            cut(after)
            made.append({path.name: path.read_bytes() for path in after.iterdir()} if after.exists() else {})
        cuts.append((made[0], made[1]))

    with recording(root, monkeypatch, moment):
        (root / "fresh").write_text("text")
        os.replace(root / "fresh", root / "CURRENT")  # noqa: PTH105 # what is recorded
        folder = os.open(root, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    assert cuts[1] == ({}, {"CURRENT": b""})
    assert cuts[-1] == ({"CURRENT": b""}, {"CURRENT": b""})
