"""Reading a folder: which files are pages, what is reported, and that one bad page costs no other."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from search.errors import MonographError
from search.reading.corpus import Reading, as_read, read_corpus, read_pages
from search.reading.pages import corpus_hash, list_pages, page_hashes
from tests.support.builders import page_folder

if TYPE_CHECKING:
    from search.model import Problem


def test_only_pages_are_read_in_order(tmp_path: Path) -> None:
    """Pages are `*.md` but README and index; other files, hidden ones and hidden folders are passed over; the order is that of ids."""
    folder = page_folder(
        tmp_path, "b/beta.md", "a/alpha.md", "README.md", "a/index.md", ".git/x.md", "a/.hidden.md", "z.md"
    )
    for other in ("notes.txt", "a/data.json", "a/script.js", "a/beta.MD"):
        (folder / other).write_text("x", encoding="utf-8")
    assert [page.id for page in read_corpus(folder)] == ["a/alpha", "b/beta", "z"]


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"---\ntitle: x\n---\nfine\n\xff\xfe\n", 5, "not UTF-8"),
        (b"x" * 3000, None, "over 2000 bytes"),
        (b"---\ntitle: [\n---\n", 3, "not YAML"),
    ],
)
def test_a_bad_page_is_reported_and_skipped(tmp_path: Path, content: bytes, line: int | None, reason: str) -> None:
    """A page that cannot be read names its file, its line and why; the others are read."""
    folder = page_folder(tmp_path, "a/alpha.md", "c/gamma.md")
    (folder / "bad.md").write_bytes(content)
    problems: list[Problem] = []
    assert [page.id for page in read_corpus(folder, max_bytes=2000, problems=problems.append)] == ["a/alpha", "c/gamma"]
    ((problem),) = problems
    assert (problem.source, problem.line, problem.fatal) == ("bad.md", line, True)
    assert reason in problem.message


def test_what_is_no_plain_file_is_not_opened(tmp_path: Path) -> None:
    """A pipe is reported without waiting for it; a link that leads out of the corpus is not read; one inside is."""
    outside = page_folder(tmp_path / "outside", "secret.md")
    folder = page_folder(tmp_path / "corpus", "a/alpha.md")
    os.mkfifo(folder / "pipe.md")
    (folder / "out.md").symlink_to(outside / "secret.md")
    (folder / "in.md").symlink_to(folder / "a/alpha.md")
    (folder / "gone.md").symlink_to(folder / "nowhere.md")
    problems: list[Problem] = []
    assert [page.id for page in read_corpus(folder, problems=problems.append)] == ["a/alpha", "in"]
    assert sorted(problem.source for problem in problems) == ["gone.md", "pipe.md"]


def test_two_files_of_one_id(tmp_path: Path) -> None:
    """Two spellings of one name in Unicode are one id: the second is reported, not lost silently."""
    folder = page_folder(tmp_path, "caf\u00e9.md", "cafe\u0301.md")
    if len(list(folder.iterdir())) < 2:
        pytest.skip("this file system joins the two names itself")
    problems: list[Problem] = []
    assert len(list(read_corpus(folder, problems=problems.append))) == 1
    assert "rename one" in problems[0].message


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    """A folder that is not there is named."""
    with pytest.raises(MonographError, match="nowhere"):
        read_corpus(tmp_path / "nowhere")


def test_the_hash_tells_a_change(tmp_path: Path) -> None:
    """The corpus hash changes with a page's bytes or name, and with nothing else."""
    folder = page_folder(tmp_path, "a/alpha.md", "b/beta.md")
    before = corpus_hash(page_hashes(list_pages(folder)))
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    assert corpus_hash(page_hashes(list_pages(folder))) == before
    (folder / "a/alpha.md").write_text("changed", encoding="utf-8")
    changed = corpus_hash(page_hashes(list_pages(folder)))
    (folder / "b/beta.md").rename(folder / "b/gamma.md")
    assert len({before, changed, corpus_hash(page_hashes(list_pages(folder)))}) == 3


def test_two_processes_read_the_same(tmp_path: Path) -> None:
    """Reading in two processes gives the same monographs and problems, in the same order."""
    folder = page_folder(tmp_path, *(f"{n % 7}/page{n}.md" for n in range(210)))
    (folder / "bad.md").write_bytes(b"\xff")
    pages = list_pages(folder)
    one: list[Problem] = []
    two: list[Problem] = []
    assert list(read_pages(pages, as_read, Reading(problem=one.append))) == list(
        read_pages(pages, as_read, Reading(workers=2, problem=two.append))
    )
    assert one == two
