"""The command: what it prints, and with which exit code it ends. Run in this process, but for `serve`, which test_browser runs."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from search.commands.cli import main
from search.commands.options import BAD_CONTENT
from search.settings import Settings
from tests.support.builders import page_folder
from web import create_app


@pytest.fixture
def run(tmp_path: Path, fixture_corpus: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def] # a callable
    """Runs the command over the fixture corpus, with an index folder of its own."""
    monkeypatch.setenv("MONOGRAPH_SEARCH_CORPUS_ROOT", str(fixture_corpus))
    monkeypatch.setenv("MONOGRAPH_SEARCH_INDEX_ROOT", str(tmp_path / "index"))

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(main, arguments, catch_exceptions=False)

    return invoke


def test_index_then_query(run) -> None:  # type: ignore[no-untyped-def]
    """`index` reports pages, sections by kind, size and seconds; `query` lists ranked sections."""
    indexed = run("index")
    assert indexed.exit_code == 0
    assert "Indexed 4 of 4 pages" in indexed.output
    assert "Side effects" in indexed.output
    assert "Indexing: 4 of 4 pages" in indexed.stderr
    found = run("query", "hypocalcemia")
    assert found.exit_code == 0
    assert "Denosumab" in found.output
    assert "Pages that list it as a side effect 1" in found.output
    assert "not how likely" in found.output
    assert "ms" in found.stderr


def test_a_fresh_index_is_left_alone(run) -> None:  # type: ignore[no-untyped-def]
    """`index --if-stale` builds once, and again only when something has changed."""
    assert "Indexed 4" in run("index", "--if-stale").output
    assert "up to date" in run("index", "--if-stale").output


def test_json_is_what_the_api_gives(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """`query --json` prints the object of /api/v1/search, key for key."""
    run("index")
    client = create_app(Settings(index_root=tmp_path / "index")).test_client()
    for text, options in (
        ("low calcium", ()),
        ("paracetamol", ("--section", "uses")),
        ("nausea -vomiting", ()),
        ("*", ()),
    ):
        printed = json.loads(run("query", text, "--json", *options).stdout)
        asked = {"q": text} | ({"section": options[1]} if options else {})
        assert printed == client.get("/api/v1/search", query_string=asked).get_json()


def test_bad_pages_are_reported(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """`check` lists problems by file and line and ends with 1 when a page could not be read; `index` skips it and says so."""
    folder = page_folder(tmp_path / "corpus", "a/alpha.md")
    (folder / "bad.md").write_bytes(b"---\ntitle: x\n---\n\xff")
    checked = run("check", str(folder))
    assert checked.exit_code == BAD_CONTENT
    assert "bad.md:4: unreadable" in checked.output
    assert json.loads(run("check", str(folder), "--json").stdout)["kinds"]["unreadable"] == 1
    indexed = run("index", "--corpus", str(folder))
    assert indexed.exit_code == 0
    assert "1 pages could not be read" in indexed.output
    assert len(json.loads(run("index", "--corpus", str(folder), "--json").stdout)["skipped"]) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("query", "x"), 3, "monograph-search index"),
        (("query", "x" * 201), 2, "201 characters"),
        (("query", "x", "--section", "foo"), 2, "Unknown section 'foo'"),
        (("query", "x", "--page", "0"), 2, "no page 0"),
        (("index", "--corpus", "/nowhere/at/all"), 2, "no such folder"),
        (("check", "/nowhere/at/all"), 2, "no such folder"),
        (("serve", "--port", "99999"), 2, "MONOGRAPH_SEARCH_PORT"),
        (("nonsense",), 2, "No such command"),
    ],
)
def test_errors_are_a_line_and_a_code(run, arguments: tuple[str, ...], code: int, said: str) -> None:  # type: ignore[no-untyped-def]
    """What cannot be done is said in one line that names what to do, with the exit code of docs/operations.md."""
    result = run(*arguments)
    assert result.exit_code == code
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_help_names_every_command(run) -> None:  # type: ignore[no-untyped-def]
    """`--help` tells a newcomer where to start, and each command explains itself."""
    shown = run("--help").output
    assert "monograph-search serve" in shown
    for command in ("index", "query", "serve", "check"):
        assert command in shown
        assert "--index" in run(command, "--help").output


def test_control_characters_do_not_reach_the_terminal(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """A page cannot steer the terminal of who reads its results."""
    folder = page_folder(tmp_path / "corpus", "a/alpha.md")
    (folder / "evil.md").write_text("# Evil\n\n**Usage:** nausea \x1b[2J\x07 [red]x[/red]", encoding="utf-8")
    run("index", "--corpus", str(folder))
    output = run("query", "nausea").output
    assert "\x1b" not in output
    assert "\x07" not in output
    assert "[red]x[/red]" in output


def test_verify_compares_files_and_postings(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """A whole index is said to be whole; a changed file is named, with exit code 3."""
    run("index")
    found = run("verify")
    assert found.exit_code == 0
    assert "arrays and Whoosh say the same" in found.output
    assert json.loads(run("verify", "--json").stdout)["differences"] == []
    (file,) = (tmp_path / "index").glob("g-*/arrays/tokens.npy")
    file.write_bytes(file.read_bytes()[:-1])
    broken = run("verify")
    assert broken.exit_code == 3
    assert "tokens.npy" in broken.stderr


def test_verify_finds_arrays_that_say_something_else(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    """Files that are as they were written may still disagree: the word is named, with exit code 1."""
    run("index")
    monkeypatch.setattr("search.index.verify.FIELD_BASE", (1, 1 << 28, 1 << 29))
    found = run("verify")
    assert found.exit_code == 1
    assert "denosumab" in found.output


def test_rollback_serves_the_index_before(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """After two builds the first is served again; where there is none before, that is said."""
    run("index")
    assert run("rollback").exit_code == 3
    first = (tmp_path / "index" / "CURRENT").read_text()
    run("index", "--full")
    assert (tmp_path / "index" / "CURRENT").read_text() != first
    assert first.strip() in run("rollback").output
    assert (tmp_path / "index" / "CURRENT").read_text() == first
    assert json.loads(run("rollback", "--json").stdout or "{}") == {}
