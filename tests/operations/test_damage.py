"""Damage to any file of an index is found before it is served, also when the index is open already."""

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from search import SearchEngine, SearchRequest, Settings, build_index, read_corpus
from tests.support.serving import serve
from web import create_app


@pytest.fixture(scope="module")
def two_generations(tmp_path_factory: pytest.TempPathFactory, fixture_corpus: Path) -> Path:
    """An index with a generation before the live one, of another corpus; to be copied."""
    root = tmp_path_factory.mktemp("two") / "index"
    for _ in range(2):
        build_index(read_corpus(fixture_corpus), root)
    return root


@pytest.fixture
def root(two_generations: Path, tmp_path: Path) -> Path:
    """A copy to damage."""
    return Path(shutil.copytree(two_generations, tmp_path / "index"))


def live(root: Path) -> Path:
    """The folder of the live generation."""
    return root / (root / "CURRENT").read_text("ascii").strip()


def cut_in_half(path: Path) -> None:
    """As a disk that was full leaves it."""
    os.truncate(path, path.stat().st_size // 2)


def flip_a_bit(path: Path) -> None:
    """As a bad block does."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def delete(path: Path) -> None:
    """As somebody who tidies up does."""
    path.unlink()


def swap_with_another(path: Path) -> None:
    """As a restore that mixed files up does."""
    others = [other for other in path.parent.iterdir() if other.is_file() and other != path]
    other = max(others, key=lambda other: other.read_bytes() != path.read_bytes())
    held = path.read_bytes()
    path.write_bytes(other.read_bytes())
    other.write_bytes(held)


DAMAGES: list[Callable[[Path], None]] = [cut_in_half, flip_a_bit, delete, swap_with_another]


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_to_any_file_is_refused_by_name_and_the_index_before_serves(
    two_generations: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    """Each file of a real generation in turn: the answers are those of the one before, and /readyz names the file."""
    names = [path.relative_to(live(two_generations)) for path in live(two_generations).rglob("*") if path.is_file()]
    assert len(names) > 20
    for number, name in enumerate(sorted(names)):
        root = Path(shutil.copytree(two_generations, tmp_path / str(number)))
        if not (live(root) / name).stat().st_size:
            continue
        damage(live(root) / name)
        client = create_app(Settings(index_root=root)).test_client()
        ready = client.get("/readyz").get_json()
        assert ready["generation"].startswith("g-00000001-"), name
        told = [name.name] if damage is not swap_with_another else sorted(path.name for path in names)
        assert any(one in ready["refused"] for one in told), ready["refused"]
        assert client.get("/api/v1/search?q=calcium").get_json()["total"]["monographs"] == 1
        assert "The newest index is damaged" in client.get("/").text


def test_damage_to_an_open_index_is_found(root: Path) -> None:
    """A check finds it and says which file; from then on the generation before serves, and nothing held is used again."""
    engine = SearchEngine(root)
    assert engine.recheck() is None
    before = engine.search(SearchRequest("calcium")).generation
    assert engine.recheck() is None
    flip_a_bit(live(root) / "arrays" / "tokens.npy")
    told = engine.recheck()
    assert told is not None
    assert "tokens.npy: was changed after it was written" in told
    after = engine.search(SearchRequest("calcium"))
    assert after.generation < before
    assert after.total_monographs == 1
    assert engine.info().refused is not None


def test_a_generation_that_made_way_is_no_damage(root: Path, fixture_corpus: Path) -> None:
    """An engine that answered nothing since two publications holds files that are gone; that is how it should be."""
    engine = SearchEngine(root)
    engine.search(SearchRequest("calcium"))
    for _ in range(2):
        build_index(read_corpus(fixture_corpus), root)
    assert engine.recheck() is None
    assert engine.search(SearchRequest("calcium")).generation.startswith("g-00000004-")


def test_a_server_finds_damage_by_itself(root: Path, tmp_path: Path) -> None:
    """A file cut short under a running server: within some checks the index before serves, by whatever worker is then alive."""
    with serve(root, tmp_path / "log", check_every=1) as served:
        assert served.get("/api/v1/search?q=calcium")[0] == 200
        cut_in_half(live(root) / "arrays" / "tokens.npy")
        deadline = time.monotonic() + 30
        ready = b""
        while time.monotonic() < deadline and b"tokens.npy" not in ready:
            time.sleep(0.2)
            ready = _ready(served.get)
        assert b'"generation":"g-00000001-' in ready
        assert served.get("/api/v1/search?q=calcium")[0] == 200
    assert "It was damaged while it was served" in served.logged()


def _ready(get: Callable[[str], tuple[int, bytes]]) -> bytes:
    try:
        return get("/readyz")[1]
    except OSError:
        return b""  # a worker that read past the cut was ended by the system; another begins


def test_without_another_generation_it_is_503(root: Path) -> None:
    """Nothing whole to serve is said, never served."""
    for generation in root.glob("g-*"):
        flip_a_bit(generation / "arrays" / "tokens.npy")
    response = create_app(Settings(index_root=root)).test_client().get("/search?q=calcium")
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert "The index is damaged" in response.text
