"""The manifest: every byte of it is guarded, and what is not ours is refused by the key that is wrong."""

import json
import re
from pathlib import Path

import pytest

from search.errors import IndexDamagedError
from search.storage.manifest import Manifest, read_manifest, verify
from tests.support.generations import FINGERPRINT, MEND, publish


def test_every_byte_of_the_manifest_is_guarded(root: Path) -> None:
    """The manifest cannot list itself, so a seal guards it: any byte changed, in any way, is refused."""
    path = publish(root).path / "manifest.json"
    whole = path.read_bytes()
    for at in range(len(whole)):
        for bit in range(8):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :])
            with pytest.raises(IndexDamagedError, match=re.escape(str(path))):
                read_manifest(path.parent)
    path.write_bytes(whole)
    assert verify(path.parent, FINGERPRINT).monographs == 2


MANIFEST = Manifest(1, "f", "c", "p", 2, 9, "2025-01-01T00:00:00Z", {"b": "1", "a": "2"})


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"format": 2}, "has format 2, built by another version"),
        ({"sections": None}, "lacks the key sections"),
        ({"seal": None}, "lacks the key seal"),
        ({"owner": "me"}, "has the foreign key owner"),
        ({"monographs": "2"}, "monographs that is not of type int"),
        ({"monographs": True}, "monographs that is not of type int"),
        ({"files": ["a"]}, "files that is not of type dict"),
        ({"files": {"a": 1}}, "files without a sha256"),
        ({"sections": 10}, "was changed"),
    ],
)
def test_a_foreign_manifest_is_refused_by_its_key(change: dict[str, object], told: str) -> None:
    """A key that is missing, foreign or of another type is named, with the file and the command that mends it."""
    values = json.loads(MANIFEST.to_json()) | change
    text = json.dumps({name: value for name, value in values.items() if value is not None}, indent=1) + "\n"
    with pytest.raises(IndexDamagedError, match=rf"^g/manifest\.json: .*{told}.*; {MEND}$"):
        Manifest.from_json(text, Path("g/manifest.json"))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "[" * 100_000, '{"format": 1e999}', "1" * 10_000])
def test_bad_json_is_a_damaged_manifest(text: str) -> None:
    """Whatever stands in a manifest, the error is ours."""
    with pytest.raises(IndexDamagedError, match=r"^g/manifest\.json: "):
        Manifest.from_json(text, Path("g/manifest.json"))


def test_a_manifest_survives_its_json() -> None:
    """To JSON and back is the same value, with files in order; it cannot be changed in place."""
    again = Manifest.from_json(MANIFEST.to_json(), Path("m"))
    assert again == MANIFEST
    assert list(again.files) == ["a", "b"]
    with pytest.raises(TypeError):
        again.files["c"] = "3"  # type: ignore[index]  # that is the point
