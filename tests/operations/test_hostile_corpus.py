"""A folder of pages that means harm, or changes while it is read: what is good is indexed, the rest is skipped and said."""

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from search import SearchEngine, SearchRequest
from search.errors import MonographError
from search.reading.corpus import read_page
from search.reading.pages import list_pages, page_hashes
from tests.support.paths import ROOT
from tests.support.serving import PROGRAM, environment

MEMORY_BYTES = 1_500_000_000
"""Address space of the indexer. The same pages without the hostile ones need half."""

SECONDS = 120
"""A bound that says "it ends", not how fast: the hostile pages take some seconds together."""

_BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
_BODY = "\n# Drug\n\n**Usage:**\n\nPain.\n"


def front(text: str) -> str:
    """A page with this front matter."""
    return f"---\n{text}\n---\n{_BODY}"


HOSTILE: dict[str, str] = {
    "yaml-aliases": front(_BOMB),
    "yaml-aliases-as-title": front(_BOMB + "title: *i"),
    "yaml-deep": front("title: " + "[" * 20_000),
    "yaml-object": front("title: !!python/object/apply:os.system ['touch /tmp/no']"),
    "yaml-number": front("title: " + "9" * 100_000),
    "yaml-sexagesimal": front("title: 1" + ":59" * 10_000),
    "yaml-merge": front("a: &a {<<: &b {<<: *a}}\ntitle: *a"),
    "brackets": _BODY + "[" * 100_000,
    "brackets-closed": _BODY + "[" * 50_000 + "]" * 50_000,
    "stars": _BODY + "**a" * 30_000,
    "quotes": _BODY + ">" * 50_000 + " deep",
    "lists": _BODY + "\n".join(" " * 2 * depth + "* a" for depth in range(400)),
    "tags": _BODY + "<div>" * 20_000,
    "comments": _BODY + "<!--" * 20_000,
    "entities": _BODY + "&lt;" * 50_000,
    "one-line": _BODY + "word " * 190_000,
    "labels": "".join(f"**Label {number}:**\n\ntext\n\n" for number in range(20_000)),
    "headings": "".join(f"{'#' * (number % 6 + 1)} Heading {number}\n\n" for number in range(20_000)),
    "tables": _BODY + "|" + "a|" * 20_000 + "\n|" + "-|" * 20_000 + "\n",
    "marks": _BODY + "a" + "\u0301" * 200_000,
    "nothing": "",
    "only-front-matter": "---\ntitle: Alone\n---\n",
    "controls": _BODY + "\0\x01\x1b[31m\u202e" * 1_000,
}


@pytest.fixture
def corpus(tmp_path: Path, fixture_corpus: Path) -> Path:
    """The fixture corpus, to be made worse."""
    return Path(shutil.copytree(fixture_corpus, tmp_path / "pages"))


def test_hostile_pages_cost_a_bounded_time_and_memory(corpus: Path, tmp_path: Path) -> None:
    """With every bomb in the folder, the command ends within its memory; good pages are found, the bad ones named."""
    (corpus / "x").mkdir()
    for name, text in HOSTILE.items():
        (corpus / "x" / f"{name}.md").write_text(text, encoding="utf-8")
    (corpus / "x" / "huge.md").write_bytes(b"a" * 50_000_000)
    (corpus / "x" / "latin.md").write_bytes(b"caf\xe9")
    os.mkfifo(corpus / "x" / "pipe.md")
    (corpus / "x" / "device.md").symlink_to("/dev/zero")
    (corpus / "x" / "out.md").symlink_to("/etc/passwd")
    (corpus / "x" / "loop.md").symlink_to("loop.md")
    (corpus / "x" / "up").symlink_to("..")
    done = subprocess.run(
        ["prlimit", f"--as={MEMORY_BYTES}", *PROGRAM, "index", "--json", "--corpus", str(corpus), "--index", str(tmp_path / "index")],
        cwd=ROOT, env=environment() | {"OPENBLAS_NUM_THREADS": "1"}, capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    report = json.loads(done.stdout)
    skipped = {problem["source"]: problem["message"] for problem in report["skipped"]}
    assert "over 1000000 bytes" in skipped["x/huge.md"]
    assert "not UTF-8" in skipped["x/latin.md"]
    assert "no plain file" in skipped["x/pipe.md"]
    for name in ("out", "device", "loop"):
        assert f"x/{name}.md" not in skipped, "a link that leads out is no page"
    assert not Path("/tmp/no").exists()  # noqa: S108 # what the hostile page would make
    assert report["monographs"] + len(skipped) == 4 + len(HOSTILE) + 3
    engine = SearchEngine(tmp_path / "index")
    assert engine.search(SearchRequest("calcium")).total_monographs == 1
    assert [engine.monograph(f"x/{name}") for name in ("out", "device", "loop")] == [None] * 3


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda path: path.unlink(), id="vanishes"),
        pytest.param(lambda path: path.write_bytes(b"x" * 2_000_000), id="grows"),
        pytest.param(lambda path: (path.unlink(), path.mkdir()), id="becomes a folder"),
        pytest.param(lambda path: (path.unlink(), os.mkfifo(path)), id="becomes a pipe"),
        pytest.param(lambda path: path.chmod(0), id="is locked"),
    ],
)
def test_a_page_that_changes_after_it_was_listed(corpus: Path, change: Callable[[Path], object]) -> None:
    """It is read as it is then, or said not to be readable; the others are not disturbed."""
    pages = list_pages(corpus)
    change(pages[0].path)
    hashes = page_hashes(pages)
    assert len(hashes) == len(pages)
    read, unread = [], []
    for page in pages:
        try:
            read.append(read_page(page))
        except MonographError as error:
            unread.append(error.source)
    assert set(unread) <= {pages[0].source}
    assert len(read) >= len(pages) - 1


def test_a_page_that_is_replaced_by_a_link_is_not_followed_out(corpus: Path) -> None:
    """Between listing and reading a page became a link to a file elsewhere: it is not read."""
    page = list_pages(corpus)[0]
    secret = corpus.parent / "secret.md"
    secret.write_text("# Secret\n\n**Usage:**\n\nZyxwort.\n")
    page.path.unlink()
    page.path.symlink_to(secret)
    with pytest.raises(MonographError, match="link"):
        read_page(page)


def test_a_corpus_edited_while_it_is_indexed(corpus: Path, tmp_path: Path) -> None:
    """Pages come, go and change during builds in a row: each build ends well, and the last one holds what is there."""
    done = threading.Event()

    def edit() -> None:
        number = 0
        while not done.is_set():
            number += 1
            page = corpus / "d" / f"extra{number % 7}.md"
            page.unlink(missing_ok=True)
            page.write_text(f"# Extra\n\n**Usage:**\n\nZyxwort {number}.\n", encoding="utf-8")
            (corpus / "d" / f"extra{(number + 3) % 7}.md").unlink(missing_ok=True)

    editing = threading.Thread(target=edit)
    editing.start()
    try:
        for _ in range(5):
            _index(corpus, tmp_path / "index")
    finally:
        done.set()
        editing.join()
    _index(corpus, tmp_path / "index")
    expected = len(list_pages(corpus))
    assert SearchEngine(tmp_path / "index").info().monographs == expected


def _index(corpus: Path, root: Path) -> None:
    done = subprocess.run(
        [*PROGRAM, "index", "--json", "--corpus", str(corpus), "--index", str(root)],
        cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
