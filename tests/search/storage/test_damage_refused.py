"""A damaged generation is refused by the name of the file, and the one before serves."""

import logging
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from search.errors import IndexDamagedError, IndexMissingError
from search.storage.generations import builder, current_name, open_generation
from search.storage.manifest import verify
from tests.support.generations import DAMAGES, FINGERPRINT, MEND, delete, entries, flip, publish


def test_no_index_says_how_to_make_one(root: Path) -> None:
    """A missing folder and an empty one are a missing index, and the message has the command."""
    for _ in range(2):
        with pytest.raises(IndexMissingError, match=f"{re.escape(str(root))}: .*{MEND}"):
            current_name(root)
        with pytest.raises(IndexMissingError, match=MEND):
            open_generation(root, FINGERPRINT)
        root.mkdir(parents=True, exist_ok=True)


@pytest.mark.parametrize(
    "text",
    [
        b"", b"\n", b"../../etc", b"/etc/passwd", b"g-00000001-0123456789ab/../..", b"g-00000001-0123456789ab\n\n",
        b"g-00000001-0123456789AB", b" g-00000001-0123456789ab", b"\xff\xfe", "g-0000000١-0123456789ab".encode(),
        b"g-00000001-0123456789ab\0", b"x" * 100_000,
    ],
)  # fmt: skip
def test_current_is_never_a_path(root: Path, text: bytes) -> None:
    """CURRENT holds the name of a generation, or is refused in a short message that names it."""
    publish(root)
    (root / "CURRENT").write_bytes(text)
    with pytest.raises(IndexDamagedError, match=re.escape(str(root / "CURRENT"))) as caught:
        open_generation(root, FINGERPRINT)
    assert len(str(caught.value)) < len(str(root)) + 500
    publish(root)
    assert open_generation(root, FINGERPRINT).name.startswith("g-00000002-")


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_refused_by_name(root: Path, damage: Callable[[Path], Path]) -> None:
    """One changed, missing, added or odd file condemns a generation; the message has it and the command that mends."""
    path = damage(publish(root).path)
    with pytest.raises(IndexDamagedError, match=f"^{re.escape(str(path))}: .*; {MEND}$"):
        open_generation(root, FINGERPRINT)


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_previous_generation_serves_when_the_live_one_is_damaged(
    root: Path, damage: Callable[[Path], Path], caplog: pytest.LogCaptureFixture
) -> None:
    """The generation before serves, says why, and a warning goes to the log; a new build then mends the index."""
    before = publish(root, "before")
    path = damage(publish(root, "after").path)
    with caplog.at_level(logging.WARNING):
        opened = open_generation(root, FINGERPRINT)
    assert opened.name == before.name
    assert opened.refused is not None
    assert opened.refused.startswith(f"{path}: ")
    assert [record.message for record in caplog.records] == [
        f"{opened.refused}. Serving {before.name}, built {before.manifest.built_at}, instead."
    ]
    mended = publish(root, "mended")
    assert open_generation(root, FINGERPRINT) == mended
    assert {before.name, mended.name} == {name for name in entries(root) if name.startswith("g-")}


def test_all_generations_damaged_is_told_of_the_live_one(root: Path) -> None:
    """Where nothing good is left, the error is that of the generation which CURRENT names."""
    flip(publish(root).path)
    live = delete(publish(root).path)
    with pytest.raises(IndexDamagedError, match=re.escape(str(live))):
        open_generation(root, FINGERPRINT)


def test_another_version_is_refused(root: Path) -> None:
    """An index by another analyzer is refused and says so; the good one of our own version, if there is one, serves."""
    publish(root)
    with pytest.raises(IndexDamagedError, match=f"another version of this program; {MEND}"):
        open_generation(root, "0" * 64)
    with pytest.raises(IndexDamagedError, match="another version"):
        verify(root / current_name(root), "0" * 64)
    with builder(root) as build:
        build.publish(fingerprint="0" * 64, content_hash="a" * 12, corpus_hash="", monographs=0, sections=0)
    assert open_generation(root, "0" * 64).name.startswith("g-00000002-")
    assert open_generation(root, FINGERPRINT).name.startswith("g-00000001-")
