"""An index is of the program, the libraries and the reading settings that made it, whichever file of the program changed."""

import ast
import re
import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from search import SearchEngine, SearchRequest
from search.errors import IndexDamagedError
from search.index.build import is_current
from search.index import format as module
from search.index.format import fingerprint, sources
from search.index.update import update_index
from search.reading.corpus import Reading
from search.reading.pages import corpus_hash, list_pages, page_hashes

SOURCES = tuple(name for name, _ in sources())

BUILDERS = ("reading/corpus.py", "index/build.py", "index/update.py")
"""The modules that a build begins with; what they import, and so on, is what it uses."""

NOT_STORED = ("errors.py",)
"""Modules that a build uses and that decide nothing of what is stored: the wording of refusals."""


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder of one page."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "aspirin.md").write_text("# Aspirin\n\n**Usage:** Pain.\n", "utf-8")
    return tmp_path / "pages"


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program, to be changed."""
    folder = tmp_path_factory.mktemp("program") / "search"
    shutil.copytree(str(files("search")), folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    """The fingerprint is computed anew before and after each test."""
    fingerprint.cache_clear()
    yield
    fingerprint.cache_clear()


def _update(pages: Path, index: Path, max_bytes: int = 1_000_000) -> int:
    """How many pages were read."""
    listed = list_pages(pages)
    return update_index(listed, page_hashes(listed, max_bytes), index, Reading(max_bytes)).read


def _hash(pages: Path, max_bytes: int = 1_000_000) -> str:
    return corpus_hash(page_hashes(list_pages(pages), max_bytes))


@pytest.mark.parametrize("name", SOURCES)
def test_one_byte_of_any_file_that_decides_what_is_stored(
    name: str, pages: Path, copied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index is called stale, refused by an engine, and built anew by `index`; afterwards it is current and answers."""
    root = tmp_path / "index"
    assert _update(pages, root) == 1
    monkeypatch.setattr(module, "files", lambda _package: copied)
    before = (copied / name).read_bytes()
    try:
        (copied / name).write_bytes(before[:-1] + b"\t")
        fingerprint.cache_clear()
        assert not is_current(root, _hash(pages))
        with pytest.raises(IndexDamagedError, match="another version"):
            SearchEngine(root).search(SearchRequest("pain"))
        assert _update(pages, root) == 1
        assert is_current(root, _hash(pages))
        assert SearchEngine(root).search(SearchRequest("pain")).total_sections == 1
    finally:
        (copied / name).write_bytes(before)


def test_a_copy_that_did_not_change_is_the_same_program(
    pages: Path, copied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the program stands does not matter, nor what Python compiled beside it."""
    _update(pages, tmp_path / "index")
    (copied / "__pycache__").mkdir()
    (copied / "__pycache__" / "model.cpython-311.pyc").write_bytes(b"compiled")
    monkeypatch.setattr(module, "files", lambda _package: copied)
    fingerprint.cache_clear()
    assert is_current(tmp_path / "index", _hash(pages))


@pytest.mark.parametrize("library", module.LIBRARIES)
def test_another_version_of_a_library(
    library: str, pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index that another Markdown, Whoosh, stemmer, YAML or NumPy wrote is stale."""
    _update(pages, tmp_path / "index")
    installed = module.version
    monkeypatch.setattr(module, "version", lambda name: "0.0.1" if name == library else installed(name))
    fingerprint.cache_clear()
    assert not is_current(tmp_path / "index", _hash(pages))


def test_a_page_over_the_limit_is_tried_again_under_a_higher_one(pages: Path, tmp_path: Path) -> None:
    """What was left out under one limit of size is read under another; what that limit now forbids leaves the index."""
    root = tmp_path / "index"
    (pages / "long.md").write_text("# Long\n\n**Usage:** " + "Fever. " * 400, "utf-8")
    _update(pages, root, 1_000)
    assert SearchEngine(root).search(SearchRequest("fever")).total_sections == 0
    assert is_current(root, _hash(pages, 1_000))
    assert not is_current(root, _hash(pages))
    _update(pages, root)
    assert SearchEngine(root).search(SearchRequest("fever")).total_sections == 1
    assert not is_current(root, _hash(pages, 1_000))
    _update(pages, root, 1_000)
    assert SearchEngine(root).search(SearchRequest("fever")).total_sections == 0


@pytest.mark.parametrize("name", ["query/tables/intents.tsv", "vocabulary/tables/brands.tsv", "ranking/order.py", "engine/advice.py"])
def test_what_acts_when_a_query_is_asked_needs_no_new_index(
    name: str, pages: Path, copied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Vocabulary, ranking and wording may change under an index that stays."""
    _update(pages, tmp_path / "index")
    monkeypatch.setattr(module, "files", lambda _package: copied)
    before = (copied / name).read_bytes()
    (copied / name).write_bytes(before + b"\n")
    fingerprint.cache_clear()
    assert is_current(tmp_path / "index", _hash(pages))
    (copied / name).write_bytes(before)


def test_a_build_uses_no_file_that_is_not_hashed() -> None:
    """Followed import by import from where a build begins, every module and table it uses is in the fingerprint."""
    package = Path(str(files("search")))
    waiting, used = list(BUILDERS), set()
    while waiting:
        name = waiting.pop()
        if name not in used:
            used.add(name)
            waiting += _imported(package, name)
            used |= set(re.findall(r'read_table\(\s*"([^"]+)"', (package / name).read_text("utf-8")))
    assert len(used) > 30
    assert used - set(NOT_STORED) <= set(SOURCES)


def _imported(package: Path, name: str) -> Iterator[str]:
    """The modules of ours that a module imports; a name out of the face of a package leads to the module that defines it."""
    for node in ast.walk(ast.parse((package / name).read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("search"):
            yield from (_module_of(package, node.module or "", alias.name) for alias in node.names)


def _module_of(package: Path, imported: str, name: str) -> str:
    path = "/".join(imported.split(".")[1:])
    if (package / f"{path}.py").is_file():
        return f"{path}.py"
    face = package / path / "__init__.py"
    for node in ast.parse(face.read_text("utf-8")).body:
        if isinstance(node, ast.ImportFrom) and name in [alias.name for alias in node.names]:
            return _module_of(package, node.module or "", name)
    return f"{path}/{name}.py"
