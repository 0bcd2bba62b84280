"""Relevance cases as data: tests/relevance/*.toml, over our own corpus and, where present, the real pages of ../shared."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from search.analysis import analyse
from search.engine import SearchEngine
from search.folding import stem
from search.indexing import build_index
from search.model import MonographHit, ResultPage, SearchRequest, SectionHit
from search.monographs import read_corpus
from tests.paths import MONOGRAPHS, ROOT

CASES = [
    (corpus, case)
    for file in sorted((Path(__file__).parent / "relevance").glob("*.toml"))
    for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]
    for corpus in case["corpora"]
]
FOLDERS = {"starter": ROOT / "corpus", "shared": MONOGRAPHS}


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def] # a cached function
    """Engine over a corpus by name; skips where the corpus is absent."""

    @cache
    def engine(corpus: str) -> SearchEngine:
        root = tmp_path_factory.mktemp(corpus)
        build_index(read_corpus(FOLDERS[corpus]), root)
        return SearchEngine(root)

    def found(corpus: str) -> SearchEngine:
        if not FOLDERS[corpus].is_dir():
            pytest.skip(f"no shared data: {FOLDERS[corpus]} is absent")
        return engine(corpus)

    return found


def stems_of(engine: SearchEngine, item: MonographHit, section: SectionHit) -> set[str]:
    """Every stem of a section's names, headings and text."""
    page = engine.monograph(item.id)
    assert page is not None
    (whole,) = [s for s in page.sections if s.anchor == section.anchor]
    words = "\n".join([*(name.text for name in page.names), *whole.heading_path, whole.heading, whole.text])
    return {stem(token.surface) for token in analyse(words)}


def answer(page: ResultPage) -> list[tuple[str, list[str]]]:
    """Monographs and sections of a page, in order."""
    return [(item.id, [section.anchor for section in item.sections]) for item in page.items]


@pytest.mark.parametrize(("corpus", "case"), CASES, ids=[f"{corpus}-{case['query']}" for corpus, case in CASES])
def test_case(engines, corpus: str, case: dict[str, Any]) -> None:  # type: ignore[no-untyped-def]
    """The answer to a query is what its case expects."""
    engine = engines(corpus)
    page = engine.search(SearchRequest(case["query"]))
    if case.get("nothing"):
        assert page.items == ()
        return
    if "first" in case:
        assert page.items[0].title == case["first"]
    if "first_kind" in case:
        assert page.items[0].sections[0].kind == case["first_kind"]
    if "not_first" in case:
        assert page.items[0].title not in case["not_first"]
    if "same_as" in case:
        other = engine.search(SearchRequest(case["same_as"]))
        assert answer(page) == answer(other)
        assert page.total_sections == other.total_sections > 0
    if "note" in case:
        assert set(case["note"]) <= {note.kind for note in page.notes}
    check_words(engine, page, case)
    titles, singles = everything(engine, case["query"])
    assert set(case.get("holds", ())) <= set(titles)
    if case.get("singles"):
        named = [
            single
            for title, single in zip(titles, singles, strict=True)
            if re.search(case["query"], title, re.IGNORECASE)
        ]
        assert named == sorted(named, reverse=True)


def check_words(engine: SearchEngine, page: ResultPage, case: dict[str, Any]) -> None:
    """Every section shown has the words it must have, and none it may not."""
    for item in page.items:
        for section in item.sections:
            held = stems_of(engine, item, section)
            if not {"synonym", "class"} & set(section.why):  # these are said, and marked as such
                assert {stem(word) for word in case.get("every", ())} <= held, (item.id, section.anchor)
            assert not {stem(word) for word in case.get("never", ())} & held, (item.id, section.anchor)


def everything(engine: SearchEngine, text: str) -> tuple[list[str], list[bool]]:
    """Titles of all pages of results, and whether each is of one ingredient."""
    pages = engine.search(SearchRequest(text)).pages
    items = [item for number in range(1, pages + 1) for item in engine.search(SearchRequest(text, page=number)).items]
    return [item.title for item in items], [len(item.ingredients) <= 1 for item in items]
