"""Writes and reads the manifest of a generation, and checks every file of the generation against it.

Nothing of a generation may be opened before `verify` has passed: Whoosh reads pickles, so a foreign file could run code; and of 40
random overwrites of 16 bytes, queries noticed one or none. Knows nothing of locks, of which generation is live, or of Whoosh.
"""

import errno
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Self

from search.errors import IndexDamagedError
from search.storage.files import system_errors

FORMAT_VERSION: Final = 1
"""Number of the layout of a generation. A program reads its own layout only; with another one the index is built anew, never
converted."""

MANIFEST: Final = "manifest.json"
"""Name of the file in the folder of a generation."""

MEND: Final = "run `monograph-search index`"
"""What messages advise where an index cannot be served."""

_DAMAGE: Final = frozenset({errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.EIO})
"""Errors of the system for a file that is gone, is something else, or lies on a bad block. Others (no permission, too many open
files) are no damage: a build would not mend them, and falling back to an older generation would hide them."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is written beside the files of a generation. All hashes are in hexadecimal.

    Attributes:
        format: `FORMAT_VERSION` of the program that built it.
        fingerprint: hash of that program (its code and libraries): another program refuses the index.
        content_hash: hash of what the pages say.
        corpus_hash: hash of the pages that were read, the unreadable ones included.
        monographs: how many it holds.
        sections: how many those have.
        built_at: ISO 8601, UTC, to the second.
        files: path under the generation, with `/` → sha256 of the file; all files but the manifest.
    """

    format: int
    fingerprint: str
    content_hash: str
    corpus_hash: str
    monographs: int
    sections: int
    built_at: str
    files: Mapping[str, str]

    def __post_init__(self) -> None:
        object.__setattr__(self, "files", MappingProxyType(dict(sorted(self.files.items()))))

    def to_json(self) -> str:
        """The manifest as JSON, with a `seal`: the sha256 of the rest, since the manifest cannot list its own."""
        values = {field.name: getattr(self, field.name) for field in fields(self)} | {"files": dict(self.files)}
        seal = hashlib.sha256(json.dumps(values).encode()).hexdigest()
        return json.dumps(values | {"seal": seal}, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str, source: Path) -> Self:
        """The manifest in a text that `to_json` wrote, character for character.

        Args:
            text: of the file.
            source: the file, for messages.

        Raises:
            IndexDamagedError: not JSON, another format, a missing or foreign key, a value of another type, or changed.
        """
        try:
            values = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise damaged(source, f"is not JSON ({error})") from error
        _check_values(values, source)
        manifest = cls(**{name: value for name, value in values.items() if name != "seal"})
        if manifest.to_json() != text:
            raise damaged(source, "was changed after it was written")
        return manifest


_TYPES: Final = {
    "format": int, "fingerprint": str, "content_hash": str, "corpus_hash": str,
    "monographs": int, "sections": int, "built_at": str, "files": dict, "seal": str,
}  # fmt: skip


def damaged(path: Path, what: str) -> IndexDamagedError:
    """The error for a file of the index that cannot be used: `what` is wrong with it. Returned, not raised."""
    return IndexDamagedError(f"{path}: {what}; {MEND}")


def read_manifest(generation: Path) -> Manifest:
    """The manifest of a generation; its files are not looked at.

    Raises:
        IndexDamagedError: there is none, or it cannot be trusted.
    """
    path = generation / MANIFEST
    try:
        text = path.read_bytes().decode("ascii", errors="replace")
    except OSError as error:
        raise _unreadable(path, error) from error
    return Manifest.from_json(text, path)


def verify(generation: Path, fingerprint: str | None = None) -> Manifest:
    """Check every byte of a generation against its manifest (at 1.8 GB/s, the speed of sha256).

    Args:
        generation: its folder.
        fingerprint: hash of this program; None accepts any, to ask only whether the files are intact.

    Raises:
        IndexDamagedError: a file is missing, changed or foreign, or another version built it; names the file.
        SearchError: the system refuses to read, for a reason that is no damage.
    """
    with system_errors(generation):
        manifest = read_manifest(generation)
        if fingerprint is not None and manifest.fingerprint != fingerprint:
            raise damaged(generation, "was built by another version of this program")
        _check_files(generation, manifest)
    return manifest


def _check_files(generation: Path, manifest: Manifest) -> None:
    paths = dict(_files(generation))
    for name in sorted(paths.keys() | manifest.files.keys()):
        if name not in paths:
            raise damaged(generation / name, "is missing")
        if name not in manifest.files:
            raise damaged(paths[name], "does not belong to the index")
    for name, path in paths.items():
        if _digest(path) != manifest.files[name]:
            raise damaged(path, "was changed after it was written")


def digests(generation: Path) -> dict[str, str]:
    """Path under the generation → sha256 in hexadecimal, for every file but the manifest."""
    return {name: _digest(path) for name, path in _files(generation)}


def _files(generation: Path) -> Iterator[tuple[str, Path]]:
    """Path under the generation, and path, of all that is no folder, but the manifest. Links are listed, never followed."""
    for folder, folders, names in os.walk(generation, onerror=_raise):
        for name in (*names, *(entry for entry in folders if Path(folder, entry).is_symlink())):
            path = Path(folder, name)
            listed = path.relative_to(generation).as_posix()
            if listed != MANIFEST:
                yield listed, path


def _digest(path: Path) -> str:
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise damaged(path, "is not a plain file")
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _unreadable(path, error) from error


def _raise(error: OSError) -> None:
    raise _unreadable(Path(str(error.filename)), error)


def _unreadable(path: Path, error: OSError) -> OSError | IndexDamagedError:
    """The error to raise for a file that cannot be read: damage where it is that, else the system's own."""
    if error.errno not in _DAMAGE:
        return error
    return damaged(path, "is missing" if error.errno == errno.ENOENT else f"cannot be read ({error.strerror})")


def _check_values(values: Any, source: Path) -> None:
    """Refuse what is no manifest: other keys, or values of other types."""
    if not isinstance(values, dict):
        raise damaged(source, "is not a JSON object")
    if values.get("format", FORMAT_VERSION) != FORMAT_VERSION:
        raise damaged(source, f"has format {values['format']!r}, built by another version of this program")
    if missing := ", ".join(_TYPES.keys() - values.keys()):
        raise damaged(source, f"lacks the key {missing}")
    if foreign := ", ".join(values.keys() - _TYPES.keys()):
        raise damaged(source, f"has the foreign key {foreign}")
    for name, kind in _TYPES.items():
        if type(values[name]) is not kind:
            raise damaged(source, f"has a {name} that is not of type {kind.__name__}")
    if not all(isinstance(digest, str) for digest in values["files"].values()):
        raise damaged(source, "has files without a sha256")
