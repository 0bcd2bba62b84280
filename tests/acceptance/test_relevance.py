"""Relevance cases as data: tests/data/relevance/*.toml, over our own corpus and, where present, the real pages of ../shared."""

import re
import tomllib
from typing import Any

import pytest

from search.analysis.stemming import stem
from search.analysis.tokens import analyse, term_key
from search.engine.engine import SearchEngine
from search.model import MonographHit, ResultPage, SearchRequest, SectionHit
from search.vocabulary.meanings import stems
from tests.support.explain import explain
from tests.support.paths import DATA

CASES = [
    (corpus, case)
    for file in sorted((DATA / "relevance").glob("*.toml"))
    for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]
    for corpus in case["corpora"]
]


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


def asked(case: dict[str, Any], number: int = 1) -> SearchRequest:
    """The request of a case."""
    return SearchRequest(
        case["query"], tuple(case.get("section", ())), case.get("exact", False), tuple(case.get("without", ())), number
    )


@pytest.mark.parametrize(("corpus", "case"), CASES, ids=[f"{corpus}-{case['query']}" for corpus, case in CASES])
def test_case(engine_of, corpus: str, case: dict[str, Any], request, capsys) -> None:  # type: ignore[no-untyped-def]
    """The answer to a query is what its case expects."""
    engine = engine_of(corpus)
    if request.config.getoption("--case"):
        with capsys.disabled():
            print(f"\n{corpus}: {case['comment']}\n{explain(engine, asked(case))}")  # noqa: T201 # asked for by the option
    page = engine.search(asked(case))
    check_notes(page, case)
    if case.get("nothing"):
        assert page.items == ()
        return
    check_order(page, case)
    check_sameness(engine, page, case)
    check_words(engine, page, case)
    check_sections(page, case)
    check_statements(engine, page, case)
    check_members(engine, case)
    titles, singles = everything(engine, case)
    placed = [titles.index(title) for title in case.get("in_order", ())]
    assert placed == sorted(placed), titles
    assert set(case.get("holds", ())) <= set(titles)
    assert set(case.get("lacks", ())).isdisjoint(titles)
    if case.get("singles"):
        named = [
            single
            for title, single in zip(titles, singles, strict=True)
            if re.search(case["query"], title, re.IGNORECASE)
        ]
        assert named == sorted(named, reverse=True)


def check_notes(page: ResultPage, case: dict[str, Any]) -> None:
    """What is said, what was searched, what is offered."""
    if case.get("whole_notes"):
        assert all(note.options or not note.message.rstrip().endswith(":") for note in page.notes), page.notes
    kinds = {note.kind for note in page.notes}
    assert set(case.get("note", ())) <= kinds
    assert set(case.get("no_note", ())).isdisjoint(kinds)
    searched = {stems(term_key(text)) for note in page.notes for text in note.searched or ()}
    assert {stems(term_key(text)) for text in case.get("searched", ())} <= searched
    assert {stems(term_key(text)) for text in case.get("not_searched", ())}.isdisjoint(searched)
    offered = [option.label for note in page.notes for option in note.options or ()]
    for text in case.get("offers", ()):
        assert any(text.casefold() in label.casefold() for label in offered), offered
    for text in case.get("not_offered", ()):
        assert not any(text.casefold() in label.casefold() for label in offered), offered
    if "offers_first" in case:
        assert offered[0].startswith(case["offers_first"])
    for text in case.get("says", ()):
        assert any(text in note.message for note in page.notes), [note.message for note in page.notes]


def check_order(page: ResultPage, case: dict[str, Any]) -> None:
    """Who stands where."""
    titles = [item.title for item in page.items]
    if "first" in case:
        assert titles[0] == case["first"]
    if "first_holds" in case:
        assert set(case["first_holds"]) <= set(page.items[0].ingredients)
    assert titles[:1] == [] or titles[0] not in case.get("not_first", ())
    assert set(case.get("first_three", ())) <= set(titles[:3])
    assert set(case.get("not_first_three", ())).isdisjoint(titles[:3])
    assert set(case.get("related", ())) <= {item.title for item in page.related}
    if "matched_name" in case:
        assert page.items[0].matched_name == case["matched_name"]
    if "status" in case:
        assert page.items[0].status == case["status"]


def check_sameness(engine: SearchEngine, page: ResultPage, case: dict[str, Any]) -> None:
    """What must be answered alike."""
    if "same_as" in case:
        other = engine.search(SearchRequest(case["same_as"]))
        assert answer(page) == answer(other)
        assert page.total_sections == other.total_sections > 0
    if "same_first_ten" in case:
        other = engine.search(SearchRequest(case["same_first_ten"]))
        assert [item.id for item in page.items] == [item.id for item in other.items] != []


def check_sections(page: ResultPage, case: dict[str, Any]) -> None:
    """What the first section is, and how it speaks."""
    if not page.items:
        return
    first = page.items[0].sections[0]
    if "first_kind" in case:
        assert first.kind == case["first_kind"]
    if "first_kinds" in case:
        assert first.kind in case["first_kinds"]
    if "anchor" in case:
        assert first.anchor == case["anchor"]
    if "tier" in case:
        assert first.tier == case["tier"]
    if "role" in case:
        assert first.excerpts[0].role == case["role"]
    for title, word in case.get("shows_on", {}).items():
        shown = [e.text for item in page.items if item.title == title for s in item.sections for e in s.excerpts]
        assert word in shown[0].lower(), shown
    if "tiers" in case:
        assert set(case["tiers"]) <= {section.tier for item in page.items for section in item.sections}
    if "reasons" in case:
        assert set(case["reasons"]) <= {why for item in page.items for section in item.sections for why in section.why}


def check_statements(engine: SearchEngine, page: ResultPage, case: dict[str, Any]) -> None:
    """What single pages say of what was asked, and what the line above the results counts."""
    for role, count in case.get("counts", {}).items():
        assert page.finding is not None
        assert getattr(page.finding, role) == count, page.finding
    if case.get("no_count"):
        assert page.finding is None
    if {"page_says", "page_never_says"} & case.keys():
        warnings = {"do-not-use", "take-care"}  # a case may ask for either of the two as "warns"
        roles = {
            row.title: {*row.roles, *(["warns"] if warnings & set(row.roles) else [])}
            for row in engine.overview(asked(case))
        }
        for title, said in case.get("page_says", {}).items():
            assert set(said) <= roles[title], (title, roles[title])
        for title, said in case.get("page_never_says", {}).items():
            assert roles.get(title, set()).isdisjoint(said), (title, roles[title])


def check_members(engine: SearchEngine, case: dict[str, Any]) -> None:
    """Which pages are those of a class that was asked for, and that no other page stands above them."""
    if not {"members", "no_members", "members_first"} & case.keys():
        return
    items = list(engine.all_hits(asked(case)))
    member_of = {item.title: item.member_of for item in items}
    for title, of_class in case.get("members", {}).items():
        assert of_class in member_of[title], member_of
    assert not any(member_of.get(title) for title in case.get("no_members", ())), member_of
    if case.get("members_first"):
        standing = [bool(item.member_of) for item in items]
        assert standing[0]
        assert standing == sorted(standing, reverse=True), [(item.title, item.member_of) for item in items]


def check_words(engine: SearchEngine, page: ResultPage, case: dict[str, Any]) -> None:
    """Every section shown has the words it must have, and none it may not."""
    for item in page.items:
        for section in item.sections:
            held = stems_of(engine, item, section)
            if not {"synonym", "class"} & set(section.why):  # these are said, and marked as such
                assert set(stems(term_key(" ".join(case.get("every", ()))))) <= held, (item.id, section.anchor)
            assert not set(stems(term_key(" ".join(case.get("never", ()))))) & held, (item.id, section.anchor)


def everything(engine: SearchEngine, case: dict[str, Any]) -> tuple[list[str], list[bool]]:
    """Titles of all pages of results, and whether each is of one ingredient; read only where a case asks for them."""
    pages = engine.search(asked(case)).pages if {"holds", "lacks", "singles", "in_order"} & case.keys() else 0
    items = [item for number in range(1, pages + 1) for item in engine.search(asked(case, number)).items]
    return [item.title for item in items], [len(item.ingredients) <= 1 for item in items]


def test_a_case_is_explained(engine_of) -> None:  # type: ignore[no-untyped-def]
    """`--case` says what was looked up and said, and for each section its tier, score and marked words."""
    said = explain(engine_of("starter"), SearchRequest("low calcium"))
    assert "needs  low calcium: low calcium (typed) | hypocalcemia (synonym)" in said
    assert "note   synonym-low-calcium: Also searched: hypocalcaemia" in said
    assert re.search(
        r"side-effects#side-effects  missing 0 · page 0 · role 0 · tier typed · denied no · score \d+\.\d\d · why exact, synonym",
        said,
    )
    assert re.search(r"\{hypocalcaemia\} \(\[low calcium\]\)", said, re.IGNORECASE)
