"""Small generations of an index for the tests of search.storage: two files, published, then damaged in every way that a file can be."""

import os
from pathlib import Path

from search.storage.generations import Generation, builder

FINGERPRINT = "f" * 64

MEND = "run `monograph-search index`"


def publish(root: Path, text: str = "postings", content: str = "0123456789abcdef") -> Generation:
    """A generation of two files, one of them in a folder, as the indexer writes them."""
    with builder(root) as build:
        (build.path / "whoosh").mkdir()
        (build.path / "whoosh" / "MAIN.seg").write_text(text)
        (build.path / "terms.npy").write_bytes(b"\x00\xff" * 50)
        return build.publish(fingerprint=FINGERPRINT, content_hash=content, corpus_hash="c0", monographs=2, sections=9)


def entries(root: Path) -> set[str]:
    """The names in a folder."""
    return {path.name for path in root.iterdir()}


def flip(generation: Path) -> Path:
    """Change one bit in the middle of a file."""
    path = generation / "terms.npy"
    data = bytearray(path.read_bytes())
    data[50] ^= 1
    path.write_bytes(data)
    return path


def truncate(generation: Path) -> Path:
    """Cut a file short by one byte."""
    path = generation / "whoosh" / "MAIN.seg"
    path.write_bytes(path.read_bytes()[:-1])
    return path


def delete(generation: Path) -> Path:
    """Lose a file."""
    path = generation / "terms.npy"
    path.unlink()
    return path


def add(generation: Path) -> Path:
    """Gain a file that the manifest does not know."""
    path = generation / "whoosh" / "_MAIN_99.toc"
    path.write_bytes(b"a pickle from elsewhere")
    return path


def link(generation: Path) -> Path:
    """Put a link in the place of a file, to a copy with the very same bytes."""
    path = generation / "terms.npy"
    path.symlink_to(path.rename(generation.parent / "copy"))
    return path


def link_folder(generation: Path) -> Path:
    """Gain a link to a folder."""
    path = generation / "arrays"
    path.symlink_to(generation.parent)
    return path


def pipe(generation: Path) -> Path:
    """Put a named pipe in the place of a file: opening it would wait for ever."""
    path = generation / "terms.npy"
    path.unlink()
    os.mkfifo(path)
    return path


def folder(generation: Path) -> Path:
    """Put a folder in the place of a file."""
    path = generation / "terms.npy"
    path.unlink()
    path.mkdir()
    return path


def lose_manifest(generation: Path) -> Path:
    """Lose the manifest."""
    path = generation / "manifest.json"
    path.unlink()
    return path


def lose_all(generation: Path) -> Path:
    """Lose the whole generation."""
    generation.rename(generation.parent / "elsewhere")
    return generation / "manifest.json"


DAMAGES = [flip, truncate, delete, add, link, link_folder, pipe, folder, lose_manifest, lose_all]
