"""`monograph-search evaluate`: one JSON object, runs compared, pages judged where a collection has no documents."""

import json
from pathlib import Path

from click.testing import CliRunner

from search.commands.cli import main
from search.evaluation.measures import MEASURES
from tests.support.paths import ROOT


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


def test_monographs_are_judged_where_there_is_no_corpus(tmp_path: Path) -> None:
    """A collection without documents judges the pages of --corpus, ranked by names and text, or through the real search."""
    (tmp_path / "queries.jsonl").write_text('{"id": "1", "text": "what is denosumab"}\n', encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("1\td/denosumab\t2\n", encoding="utf-8")
    for option in ("--through-search", "--titles", "--plain"):
        arguments = ["evaluate", str(tmp_path), "--corpus", str(ROOT / "corpus"), "--json", option]
        result = CliRunner().invoke(main, arguments)
        assert json.loads(result.output)["S@1"] == 1.0, option


def test_a_folder_that_is_no_collection(tmp_path: Path) -> None:
    """Exit code 1 and a message that says what a collection is."""
    result = CliRunner().invoke(main, ["evaluate", str(tmp_path)])
    assert result.exit_code == 1
    assert "queries.jsonl" in result.stderr
