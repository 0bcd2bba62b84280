"""A build that takes over what did not change says the same as a build from nothing."""

import random
from pathlib import Path

import numpy as np
import pytest

from search import SearchEngine, SearchRequest
from search.errors import IndexBusyError
from search.index.build import IndexReport
from search.index.format import ARRAYS_FOLDER, WHOOSH_FOLDER
from search.index.format import fingerprint
from search.index.update import MAX_SEGMENTS, update_index
from search.index.verify import differences
from search.model import Problem
from search.reading.corpus import Reading
from search.reading.pages import list_pages, page_hashes
from search.storage.generations import builder, open_generation
from search.storage.page_list import PAGES_FILE
from tests.support.builders import SEEDED_WORDS

DOCUMENTS = ("monograph_document.npy", "section_document.npy")
"""Where Whoosh holds what, which differs between one segment and several."""


def _write(folder: Path, number: int, text: str) -> None:
    path = folder / "d" / f"drug{number:02}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"# Drug{number:02}\n\n**Usage:**\n\n{text}\n\n**Side Effects:**\n\n* Haemorrhage, {text}\n", "utf-8"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Forty pages of seeded words, so that one changed page is a small part of them."""
    rng = random.Random(7)
    for number in range(40):
        _write(tmp_path / "pages", number, " ".join(rng.choices(SEEDED_WORDS, k=12)))
    return tmp_path / "pages"


def _update(folder: Path, index: Path, problems: list[Problem] | None = None) -> IndexReport:
    pages = list_pages(folder)
    reading = Reading(problem=(problems if problems is not None else []).append)
    return update_index(pages, page_hashes(pages), index, reading)


def _assert_same(one: Path, two: Path) -> None:
    """Two indexes have the same arrays, words and list of pages, and answer alike."""
    a, b = (open_generation(root, fingerprint()).path for root in (one, two))
    names = sorted(path.name for path in (a / ARRAYS_FOLDER).iterdir())
    assert names == sorted(path.name for path in (b / ARRAYS_FOLDER).iterdir())
    for name in names:
        if name not in DOCUMENTS:
            assert (a / ARRAYS_FOLDER / name).read_bytes() == (b / ARRAYS_FOLDER / name).read_bytes(), name
    assert list(differences(a)) == []
    assert (a / PAGES_FILE).read_text() == (b / PAGES_FILE).read_text()
    first, second = SearchEngine(one), SearchEngine(two)
    for query in ("haemorrhage", "nausea", "drug07", "bleeding pain", "zyxwort", "hypo*"):
        answers = [engine.search(SearchRequest(query)) for engine in (first, second)]
        assert answers[0].items == answers[1].items
        assert answers[0].notes == answers[1].notes


def test_any_run_of_edits_says_the_same_as_a_build_from_nothing(folder: Path, tmp_path: Path) -> None:
    """Pages changed, added and removed at random, built step by step: byte for byte the arrays of one build."""
    rng = random.Random(11)
    reads = [_update(folder, tmp_path / "index").read]
    for step in range(6):
        _write(folder, rng.randrange(40), " ".join(rng.choices(SEEDED_WORDS, k=9)) + f" zyxwort{step} OEDEMA{step}")
        if step % 2:
            _write(folder, 50 + step, "Zyxwort, anaemia.")
            (folder / "d" / f"drug{step:02}.md").unlink(missing_ok=True)
        reads.append(_update(folder, tmp_path / "index").read)
        _update(folder, tmp_path / f"fresh{step}")
        _assert_same(tmp_path / "index", tmp_path / f"fresh{step}")
    assert sum(read < 3 for read in reads) >= 4


def test_an_edited_page_is_found_by_its_new_words_alone(folder: Path, tmp_path: Path) -> None:
    """The new text is searched and shown; the old is gone, also as a word that could be meant."""
    _write(folder, 3, "Ursolquin for qwertitis.")
    _update(folder, tmp_path / "index")
    _write(folder, 3, "Ursolquin for asdfitis.")
    assert _update(folder, tmp_path / "index").read == 1
    engine = SearchEngine(tmp_path / "index")
    assert [item.title for item in engine.search(SearchRequest("asdfitis")).items] == ["Drug03"]
    assert engine.search(SearchRequest("qwertitis")).items == ()
    assert "asdfitis" in engine.search(SearchRequest("ursolquin")).items[0].sections[0].excerpts[0].text


def test_much_change_and_many_segments_build_from_nothing(folder: Path, tmp_path: Path) -> None:
    """An index never grows out of small pieces: after `MAX_SEGMENTS` updates, or a change of many pages, it is one again."""
    root = tmp_path / "index"
    reads = [_update(folder, root).read]
    for step in range(MAX_SEGMENTS):
        _write(folder, 5, f"Version {step}.")
        reads.append(_update(folder, root).read)
    assert reads[0] == 40
    assert reads.count(40) == 2  # the first, and one that started again
    for number in range(10):
        _write(folder, number, "All new.")
    assert _update(folder, root).read == 40
    segments = list((open_generation(root, fingerprint()).path / WHOOSH_FOLDER).glob("*.trm"))
    assert len(segments) == 1


def test_what_cannot_be_read_is_said_each_time(folder: Path, tmp_path: Path) -> None:
    """A page that breaks leaves the index and is reported, at this update and the next."""
    _update(folder, tmp_path / "index")
    (folder / "d" / "drug01.md").write_bytes(b"\xff\xfe broken")
    for _ in range(2):
        problems: list[Problem] = []
        report = _update(folder, tmp_path / "index", problems)
        assert report.monographs == 39
        assert [problem.source for problem in problems] == ["d/drug01.md"]


def test_nothing_changed_is_a_small_update(folder: Path, tmp_path: Path) -> None:
    """The same pages once more: nothing is read, and the answers stay."""
    _update(folder, tmp_path / "index")
    assert _update(folder, tmp_path / "index").read == 0
    _update(folder, tmp_path / "fresh")
    _assert_same(tmp_path / "index", tmp_path / "fresh")


def test_a_damaged_index_is_built_from_nothing(folder: Path, tmp_path: Path) -> None:
    """Nothing is taken over from a generation that does not verify."""
    _update(folder, tmp_path / "index")
    arrays = open_generation(tmp_path / "index", fingerprint()).path / ARRAYS_FOLDER
    np.save(arrays / "role_start.npy", np.zeros(3, np.uint32))
    assert _update(folder, tmp_path / "index").read == 40


def test_a_second_builder_is_told(folder: Path, tmp_path: Path) -> None:
    """While one builds, an update says who holds the lock, and changes nothing."""
    _update(folder, tmp_path / "index")
    _write(folder, 3, "New.")
    with builder(tmp_path / "index"), pytest.raises(IndexBusyError):
        _update(folder, tmp_path / "index")
