"""Evaluation: known figures of a tiny collection, and floors over the shared collections."""

from pathlib import Path

import pytest

from search.engine.engine import SearchEngine
from search.evaluation.judged_files import read_collection, read_documents
from search.evaluation.measures import MEASURES, measure, paired_test
from search.evaluation.ranker import Ranker, Setting, by_titles, run_collection
from search.index.build import build_index
from tests.support.paths import ROOT

COLLECTIONS = ROOT.parent / "shared" / "data" / "collections"

PLAIN = Setting(feedback=None, synonym_share=0.0, spelling=False)


def ranker(folder: Path, index: Path, setting: Setting | None = None) -> Ranker:
    """A ranker over an index of a collection."""
    documents = read_collection(folder).documents
    assert documents is not None
    build_index(read_documents(documents), index)
    return Ranker(SearchEngine(index).snapshot(), setting)


def test_known_figures(tiny: Path, tmp_path: Path) -> None:
    """Query 1 finds its one document; query 2 both of its; query 3 nothing, which counts as 0."""
    collection = read_collection(tiny)
    run = run_collection(collection, ranker(tiny, tmp_path / "index", PLAIN).rank)
    assert run["1"] == ["c"]
    assert set(run["2"][:2]) == {"a", "b"}, "and, a function word, finds c, and puts it last"
    assert run["3"] == []
    figures = measure(collection, run)
    assert figures.means["MAP"] == pytest.approx(2 / 3)
    assert figures.means["MRR"] == pytest.approx(2 / 3)
    assert figures.by_query["1"]["S@1"] == 1.0
    assert figures.by_query["2"]["S@1"] == (run["2"][0] == "b")
    assert figures.by_query["3"] == dict.fromkeys(MEASURES, 0.0)


def test_feedback_never_puts_what_does_not_match_before_what_does(tiny: Path, tmp_path: Path) -> None:
    """A document with a word of the query comes before one that shares words with it alone."""
    found = ranker(tiny, tmp_path / "index", Setting(synonym_share=0.0)).rank("vomiting")
    assert found[0] == "a"
    assert found.index("a") < found.index("b")


def test_any_word_counts_and_marks_mean_nothing(tiny: Path, tmp_path: Path) -> None:
    """There is no query language here: a minus excludes nothing."""
    assert "a" in ranker(tiny, tmp_path / "index", PLAIN).rank("nausea -travel")


def test_titles_alone() -> None:
    """The share of a title's words that the text holds; ties by more words, then by id."""
    titles = {"x": "Aspirin", "y": "Aspirin + Codeine", "z": "Zinc"}
    assert by_titles(titles, "is aspirin safe") == ["x", "y"]


def test_the_paired_test_tells_chance_from_difference() -> None:
    """The same values: p 1; forty pairs that all rise: p near 0."""
    assert paired_test([0.1, 0.5], [0.1, 0.5]) == 1.0
    assert paired_test([n / 40 + 0.1 for n in range(40)], [n / 40 for n in range(40)]) < 0.001


@pytest.mark.shared
@pytest.mark.parametrize(("name", "floor"), [("med", 0.62), ("cranfield", 0.44), ("cisi", 0.24), ("cacm", 0.32)])
def test_floors_over_the_shared_collections(tmp_path: Path, name: str, floor: float) -> None:
    """MAP of the one setting is at least the goal, and above BM25F alone in the same run."""
    if not COLLECTIONS.is_dir():
        pytest.skip(f"no shared data: {COLLECTIONS} is absent")
    collection = read_collection(COLLECTIONS / name)
    found = ranker(COLLECTIONS / name, tmp_path / "index")
    with_all = measure(collection, run_collection(collection, found.rank)).means["MAP"]
    plain = Ranker(found._snapshot, PLAIN)
    alone = measure(collection, run_collection(collection, plain.rank)).means["MAP"]
    assert with_all >= floor
    assert with_all > alone
