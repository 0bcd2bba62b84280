"""Readers are never in the way, nor disturbed: publications, removals and rollbacks while somebody opens."""

import shutil
import threading
from pathlib import Path

import pytest

from search.errors import IndexMissingError
from search.storage import generations
from search.storage.generations import current_name, open_generation, rollback
from search.storage.manifest import Manifest
from tests.support.generations import FINGERPRINT, entries, flip, publish


def test_rollback_goes_to_the_generation_before(root: Path) -> None:
    """The one before the live one is live again; the next build keeps it, and drops the one rolled back from."""
    first, second = publish(root), publish(root)
    assert rollback(root, FINGERPRINT) == first == open_generation(root, FINGERPRINT)
    with pytest.raises(IndexMissingError, match=f"no good generation before {first.name}"):
        rollback(root, FINGERPRINT)
    third = publish(root)
    assert third.name.startswith("g-00000003-")
    assert {first.name, third.name} == {name for name in entries(root) if name.startswith("g-")}
    assert second.name not in entries(root)


def test_rollback_passes_over_damaged_generations(root: Path) -> None:
    """Only a good generation is made live."""
    flip(publish(root).path)
    live = publish(root)
    with pytest.raises(IndexMissingError, match=f"before {live.name}"):
        rollback(root, FINGERPRINT)
    assert current_name(root) == live.name


def test_a_generation_that_vanishes_while_it_is_opened_is_read_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two publications between reading CURRENT and opening remove what it named: the reader gets the newest."""
    publish(root)
    real = generations.verify

    def slow(path: Path, fingerprint: str | None = None) -> Manifest:
        monkeypatch.setattr(generations, "verify", real)
        for _ in range(2):
            publish(root)
        assert not path.exists()
        return real(path, fingerprint)

    monkeypatch.setattr(generations, "verify", slow)
    opened = open_generation(root, FINGERPRINT)
    assert opened.name.startswith("g-00000003-")
    assert opened.refused is None


def test_a_generation_loses_its_name_before_its_files(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is removed is renamed first, so a reader finds all of a generation or none of it."""
    removed: list[str] = []
    real = shutil.rmtree

    def recorded(path: Path) -> None:
        removed.append(path.name)
        real(path)

    monkeypatch.setattr(shutil, "rmtree", recorded)
    for _ in range(3):
        publish(root)
    assert len(removed) == 1
    assert removed[0].startswith("tmp-")


def test_readers_never_notice_publications(root: Path) -> None:
    """Four threads open in a loop while twenty generations are published: no error, no fallback, never back in time."""
    publish(root)
    done = threading.Event()
    seen: list[list[str]] = [[] for _ in range(4)]
    errors: list[BaseException] = []

    def read(names: list[str]) -> None:
        try:
            while not done.is_set() or not names:
                opened = open_generation(root, FINGERPRINT)
                assert opened.refused is None
                names.append(opened.name)
        except BaseException as error:  # noqa: BLE001 - reported below
            errors.append(error)

    readers = [threading.Thread(target=read, args=(names,)) for names in seen]
    for reader in readers:
        reader.start()
    for number in range(20):
        publish(root, text=f"postings {number}" * 1000, content=f"{number:012x}")
    done.set()
    for reader in readers:
        reader.join()
    assert errors == []
    assert all(names == sorted(names) for names in seen)
    assert len({name for names in seen for name in names}) > 1
