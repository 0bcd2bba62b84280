"""A bad line in a table that every page is read by stops a build: it is said by file and line, and nothing is published."""

import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

from search import tables
from search.commands.cli import main
from search.reading import section_kinds


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the program's tables that is read in their place, with nothing remembered of the real ones."""
    shutil.copytree(str(files("search")), tmp_path / "search", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    monkeypatch.setattr(tables, "files", lambda _package: tmp_path / "search")
    remembered = (section_kinds.label_kind, section_kinds._label_patterns)
    for function in remembered:
        function.cache_clear()
    yield tmp_path / "search"
    for function in remembered:
        function.cache_clear()


@pytest.mark.parametrize("row", ["dosage\t(never closed\tyes\tmine", "dosage\tonce only", "doseage\tonce\tyes\tmine"])
def test_a_bad_pattern_publishes_nothing(row: str, program: Path, tmp_path: Path) -> None:
    """`index` and `check` end with an error that names the table and the line; what is served stays."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "aspirin.md").write_text("# Aspirin\n\n**Usage:** Pain.\n", "utf-8")
    options = ["--corpus", str(tmp_path / "pages"), "--index", str(tmp_path / "index")]
    assert CliRunner().invoke(main, ["index", *options]).exit_code == 0
    served = (tmp_path / "index" / "CURRENT").read_text()
    table = program / "reading" / "tables" / "section_kinds.tsv"
    lines = table.read_text("utf-8").splitlines()
    table.write_text("\n".join([*lines, row]) + "\n", "utf-8")
    section_kinds.label_kind.cache_clear()
    section_kinds._label_patterns.cache_clear()
    for command in (["index", "--full", *options], ["check", *options]):
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 1
        assert f"section_kinds.tsv:{len(lines) + 1}: " in result.output
    assert (tmp_path / "index" / "CURRENT").read_text() == served
