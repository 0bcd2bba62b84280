"""docs/query-language.md says what the program does: its tables are read from the page and run."""

import re

import pytest

from search.engine.engine import SearchEngine
from search.model import KINDS, SearchRequest
from search.query.parser import parse_query
from tests.support.builders import engine_over, monograph
from tests.support.paths import ROOT

PAGE = (ROOT / "docs" / "query-language.md").read_text(encoding="utf-8")
TOKENS = re.findall(r"^\| (.+?) \| ([=≠]) \| (.+?) \|$", PAGE, re.MULTILINE)
NOTES = re.findall(r"^\| `([a-z-]+)` \| [^|]+ \| (.*?) ?\|$", PAGE.partition("## Notes")[2], re.MULTILINE)


def surfaces(text: str) -> list[str]:
    """All surfaces of a query's terms, in order."""
    return [surface for term in parse_query(text).terms for surface in term.surfaces]


def test_the_tables_are_found() -> None:
    """The patterns above read the tables: forty rows of tokens or more, and the notes."""
    assert len(TOKENS) >= 40
    assert len(NOTES) >= 7


@pytest.mark.parametrize(("one", "relation", "other"), TOKENS)
def test_same_or_different(one: str, relation: str, other: str) -> None:
    """Two texts of the table mean the same to a query, or not, as the table says."""
    assert (surfaces(one) == surfaces(other)) == (relation == "=")


@pytest.mark.parametrize(("one", "relation", "other"), TOKENS)
def test_a_page_with_one_is_found_by_the_other(
    tmp_path_factory: pytest.TempPathFactory, one: str, relation: str, other: str
) -> None:
    """A section that says the one is found by the other where they are the same, and not where they differ."""
    page = monograph("Exampline", ("about", "Text", f"Before it. Then {one}, and after."))
    engine = engine_over(tmp_path_factory.mktemp("index"), page)
    found = engine.search(SearchRequest(other)).total_sections == 1
    partly = any(note.kind == "partial" for note in engine.search(SearchRequest(other)).notes)
    assert (found and not partly) == (relation == "=" or set(surfaces(other)) < set(surfaces(one)))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    """A drug with a brand, and a combination."""
    return engine_over(
        tmp_path_factory.mktemp("index"),
        monograph("Denosumab", ("side-effects", "Side Effects", "Low calcium. Nausea."), brands=("Prolia",)),
        monograph("Alfacalcidol", ("uses", "Uses", "Low calcium.")),
        monograph("Paracetamol + Caffeine", ("uses", "Uses", "Headache."), ("side-effects", "Side Effects", "Nausea.")),
        monograph("Hydralazine", ("uses", "Uses", "Heart failure.")),
        monograph("Hydroxyzine", ("faqs", "Is it hydralazine?", "No, hydralazine is another.")),
    )


@pytest.mark.parametrize(
    ("kind", "text", "sections"),
    [
        ("hint", "*", ()),
        ("ignored", "nausea " + "x" * 70, ()),
        ("excluded", "nausea -vomiting", ()),
        ("left-out", "drugs for low calcium", ()),
        ("name", "prolia", ()),
        ("no-monograph", "paracetamol", ()),
        ("no-monograph", "nausea drug:nothing", ()),
        ("synonym", "low calcium", ()),
        ("class", "opioid nausea", ()),
        ("compare", "safest for nausea", ()),
        ("shorthand", "denosumab SOB", ()),
        ("ambiguous", "ED", ()),
        ("which-drug", "chlor", ()),
        ("spelling", "denosumabb", ()),
        ("not-mentioned", "denosumab headache", ()),
        ("lookalike", "hydralazine", ()),
        ("related", "hydralazine", ()),
        ("section-hint", "denosumab side effects", ()),
        ("partial", "nausea headache qwzx", ()),
        ("filtered", "headache", ("faqs",)),
    ],
)
def test_each_note_is_said(engine: SearchEngine, kind: str, text: str, sections: tuple[str, ...]) -> None:
    """Each note of the table has a query that brings it, with the keys that the table gives."""
    notes = [note.to_dict() for note in engine.search(SearchRequest(text, sections)).notes]
    (note,) = [note for note in notes if note["kind"] == kind]
    further = set(re.findall("`([a-z]+)`", dict(NOTES)[kind]))
    assert set(note) == {"id", "kind", "typed", "message"} | further


def test_no_other_note_exists(engine: SearchEngine) -> None:
    """The kinds of the table are the kinds tested above: a new note needs a row and a query."""
    tested = test_each_note_is_said.pytestmark[0].args[1]  # type: ignore[attr-defined] # pytest's mark
    assert {kind for kind, _ in NOTES} == {kind for kind, _, _ in tested}


def test_the_kinds_are_listed() -> None:
    """The page lists every section kind that `section:` takes."""
    assert all(f"`{kind}`" in PAGE for kind in KINDS)
