"""Evaluation: known figures of a tiny collection, one JSON object, errors that name the line, floors over the shared collections."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from search.commands.cli import main
from search.engine.engine import SearchEngine
from search.errors import CollectionError
from search.evaluation.judged_files import read_collection, read_documents, read_run, write_run
from search.evaluation.measures import MEASURES, measure, paired_test
from search.evaluation.ranker import Ranker, Setting, by_titles, run_collection
from search.index.build import build_index
from tests.paths import ROOT

COLLECTIONS = ROOT.parent / "shared" / "data" / "collections"
PLAIN = Setting(feedback=None, synonym_share=0.0, spelling=False)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """Four documents and three judged queries."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    documents = [
        {"id": "a", "title": "", "text": "nausea and vomiting of travel"},
        {"id": "b", "title": "Nausea", "text": "feeling sick"},
        {"id": "c", "title": "", "text": "bones and calcium"},
        {"id": "d<&", "title": "", "text": ""},
    ]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, documents)) + "\n", encoding="utf-8")
    queries = [
        {"id": "1", "text": "calcium"},
        {"id": "2", "text": 'nausea -"travel" AND ('},
        {"id": "3", "text": "qwzx"},
    ]
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)) + "\n", encoding="utf-8")
    (folder / "qrels.tsv").write_text("1\tc\t2\n2\ta\t1\n2\tb\t2\n3\ta\t1\n", encoding="utf-8")
    return folder


def ranker(folder: Path, index: Path, setting: Setting | None = None) -> Ranker:
    """A ranker over an index of a collection."""
    documents = read_collection(folder).documents
    assert documents is not None
    build_index(read_documents(documents), index)
    return Ranker(SearchEngine(index).opened(), setting)


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


def test_json_has_exactly_the_six_keys(tiny: Path) -> None:
    """One object, the means over judged queries."""
    result = CliRunner().invoke(main, ["evaluate", str(tiny), "--json"])
    assert result.exit_code == 0, result.output
    assert tuple(json.loads(result.output)) == MEASURES


def test_a_run_is_written_and_compared(tiny: Path, tmp_path: Path) -> None:
    """A run against itself differs in nothing, with p 1."""
    out = tmp_path / "run.txt"
    arguments = ["evaluate", str(tiny), "--run-out", str(out)]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    result = CliRunner().invoke(main, ["evaluate", str(tiny), "--baseline", str(out), "--per-query"])
    assert result.exit_code == 0, result.output
    assert result.output.count("+0.0000\tp 1.0000") == len(MEASURES)


def test_runs_survive_being_written(tmp_path: Path) -> None:
    """Order is kept."""
    run = {"1": ["b", "a", "c"], "2": ["z"]}
    write_run(run, tmp_path / "run")
    assert read_run(tmp_path / "run") == run


def test_monographs_are_judged_where_there_is_no_corpus(tmp_path: Path) -> None:
    """A collection without documents judges the pages of --corpus, ranked by names and text, or through the real search."""
    (tmp_path / "queries.jsonl").write_text('{"id": "1", "text": "what is denosumab"}\n', encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("1\td/denosumab\t2\n", encoding="utf-8")
    for option in ("--through-search", "--titles", "--plain"):
        arguments = ["evaluate", str(tmp_path), "--corpus", str(ROOT / "corpus"), "--json", option]
        result = CliRunner().invoke(main, arguments)
        assert json.loads(result.output)["S@1"] == 1.0, option


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("queries.jsonl", '{"id": "1", "text": "x"}\n{"id": ', "queries.jsonl:2: the line is not JSON"),
        ("queries.jsonl", '{"id": "1"}\n', "queries.jsonl:1: expected an object with id and text"),
        ("qrels.tsv", "1\ta\t1\n1\ta\n", "qrels.tsv:2: expected query, document and grade"),
        ("qrels.tsv", "1\ta\tgood\n", "qrels.tsv:1: expected query, document and grade"),
    ],
)
def test_a_bad_line_is_named(tiny: Path, name: str, text: str, says: str) -> None:
    """The message holds the file, the line and what is expected."""
    (tiny / name).write_text(text, encoding="utf-8")
    with pytest.raises(CollectionError, match=says):
        read_collection(tiny)


def test_a_folder_that_is_no_collection(tmp_path: Path) -> None:
    """Exit code 1 and a message that says what a collection is."""
    result = CliRunner().invoke(main, ["evaluate", str(tmp_path)])
    assert result.exit_code == 1
    assert "queries.jsonl" in result.stderr


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
    plain = Ranker(found._opened, PLAIN)
    alone = measure(collection, run_collection(collection, plain.rank)).means["MAP"]
    assert with_all >= floor
    assert with_all > alone
