"""The files of a judged collection: errors name the line, and runs survive being written."""

from pathlib import Path

import pytest

from search.errors import CollectionError
from search.evaluation.judged_files import read_collection, read_run, write_run


def test_runs_survive_being_written(tmp_path: Path) -> None:
    """Order is kept."""
    run = {"1": ["b", "a", "c"], "2": ["z"]}
    write_run(run, tmp_path / "run")
    assert read_run(tmp_path / "run") == run


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
