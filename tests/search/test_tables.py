"""The tables of words are checked when they are loaded: a bad line is named, and every row has a source."""

from importlib.resources import files
from pathlib import Path

import pytest

from search import tables
from search.errors import VocabularyError


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [("a\tb\n", 1, "columns"), ("# x\nword\treason\nonly\n", 3, "cells"), ("word\treason\nx\t \n", 2, "cells")],
)
def test_a_bad_line_names_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, line: int, reason: str
) -> None:
    """A data file with a wrong header or a wrong line is refused with file and line."""
    (tmp_path / "words.tsv").write_text(content, encoding="utf-8")
    monkeypatch.setattr(tables, "files", lambda _: tmp_path)
    with pytest.raises(VocabularyError, match=reason) as caught:
        list(tables.read_table("words.tsv", ("word", "reason")))
    assert (caught.value.source, caught.value.line) == ("search/words.tsv", line)


def test_every_row_has_a_source() -> None:
    """Each table says in a column where its rows come from."""
    paths = sorted(Path(str(files("search"))).rglob("*.tsv"))
    assert len(paths) > 20
    for table in paths:
        header = next(x for x in table.read_text(encoding="utf-8").splitlines() if not x.startswith("#"))
        assert header.split("\t")[-1] == "source", table.name
