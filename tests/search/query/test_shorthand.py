"""Chart notation and clipped names: what is written out, what is left out, what is asked; and that what was typed stays in sight."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import SearchEngine, SearchRequest
from search.query.asides import aside_of
from search.query.parser import parse_query
from search.query.patterns import written
from search.query.shorthand import read_shorthand
from tests.support.builders import engine_over, monograph


@pytest.mark.parametrize(
    ("typed", "read", "left_out"),
    [
        ("pt c/o SOB after abx", "complains of breathlessness after abx", {"pt"}),
        ("N&V in preg", "nausea and vomiting in pregnancy", set()),
        ("amoxicillin tds 7/7", "amoxicillin tds", {"7/7"}),
        ("prednisolone 1/52", "prednisolone", {"1/52"}),
        ("bedwetting 7 year old", "bedwetting", {"7 year old"}),
        ("↑K+ w/ ACEi", "high potassium with ACEi", set()),
        ("nitrofurantoin 37/40", "nitrofurantoin pregnancy", set()),
        ("paracetamol 40kg", "paracetamol", {"40kg"}),
        ("paracetamol 80kg", "paracetamol 80kg", set()),
        ("post op n&v", "after surgery nausea and vomiting", set()),
        ("rash?", "rash?", set()),
        ("1/2 tablet, 0.5 mg", "1/2 tablet, 0.5 mg", set()),
    ],
)
def test_notation_is_written_out(typed: str, read: str, left_out: set[str]) -> None:
    """What stands for words becomes them, what says nothing goes, and nothing else changes."""
    text, notations = read_shorthand(typed)
    assert " ".join(text.split()) == read
    assert {one.typed.strip() for one in notations if not one.means} == left_out


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    """Nothing raises; each notation read stands in the text; what is in quotes stays as it is."""
    written_out, notations = read_shorthand(text)
    assert all(one.typed in text for one in notations)
    assert written_out == text or notations
    assert not parse_query(f'"{text}"' if '"' not in text else "").shorthand


def test_exact_reads_no_notation(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """Who asks for what was typed gets that."""
    engine = engine_over(
        tmp_path, monograph("Zincol", ("side-effects", "Side effects", "Breathlessness. The pt was well."))
    )
    assert engine.search(SearchRequest("pt SOB")).total_sections == 1
    assert [note.kind for note in engine.search(SearchRequest("SOB", exact=True)).notes] == []


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("od", "frequency"),
        ("IV", "route"),
        ("500mg", "strength"),
        ("MR", "release"),
        ("hcl", "salt"),
        ("7 days", None),
        ("IT", "route"),
        ("it", None),
    ],
)
def test_what_is_said_of_how_a_drug_is_given(typed: str, kind: str | None) -> None:
    """Route, frequency, strength, release; a word such as "it" is a route in capitals only."""
    aside = aside_of(parse_query(typed).terms, alone=False)
    assert (aside.kind if aside else None) == kind


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    """Drugs with names that can be clipped, one of them restricted."""
    return engine_over(
        tmp_path_factory.mktemp("index"),
        monograph(
            "Methotrexate", ("uses", "Uses", "Once a week, never daily."), ("faqs", "When?", "Take it on a Monday.")
        ),
        monograph("Flucloxacillin", ("uses", "Uses", "Skin infections. Four times a day.")),
        monograph("Hydroxyzine", ("uses", "Uses", "Itching.")),
        monograph("Hydroxychloroquine", ("uses", "Uses", "Lupus.")),
        monograph("Paracetamol + Codeine", ("uses", "Uses", "Pain.")),
    )


def test_what_restricts_comes_first(engine: SearchEngine) -> None:
    """Beside a drug a frequency is no need; the sentence that forbids it is the first that is shown (rule 22)."""
    page = engine.search(SearchRequest("methotrexate 10mg od"))
    assert page.items[0].title == "Methotrexate"
    assert "never daily" in page.items[0].sections[0].excerpts[0].text
    assert not [note for note in page.notes if note.kind in ("not-mentioned", "partial")]
    (note,) = [note for note in page.notes if note.kind == "shorthand"]
    assert "10mg" in note.message


def test_a_clipped_name_of_one_drug_is_read(engine: SearchEngine) -> None:
    """And said; one of several asks, and shows nothing (rule 21); what is joined is the combination that it is."""
    page = engine.search(SearchRequest("fluclox itching"))
    assert page.items[0].title == "Flucloxacillin"
    assert "only drug" in next(note.message for note in page.notes if note.kind == "shorthand")
    page = engine.search(SearchRequest("hydroxy rash"))
    (note,) = [note for note in page.notes if note.kind == "which-drug"]
    assert not page.items
    assert {"hydroxyzine", "hydroxychloroquine"} <= {option.label for option in note.options or ()}
    assert engine.search(SearchRequest("cocodamol")).items[0].title == "Paracetamol + Codeine"


def test_a_salt_cut_short_is_no_clipped_name(engine: SearchEngine) -> None:
    """Behind a drug's name "succ" is its succinate; alone it asks whether suxamethonium was meant."""
    page = engine.search(SearchRequest("hydroxyzine succ itching"))
    assert page.items[0].title == "Hydroxyzine"
    assert not [note for note in page.notes if note.kind == "which-drug"]
    assert [note.kind for note in engine.search(SearchRequest("succ itching")).notes] == ["which-drug"]


def test_patterns_stand_for_all_their_texts() -> None:
    """Sets, alternatives, and what may be left out; a pattern that cannot be read is refused."""
    sets = {"drugs": ("drug", "medicine")}
    assert set(written("{drugs} (that|which)? cause", sets)) == {
        f"{drug}{that} cause" for drug in sets["drugs"] for that in ("", " that", " which")
    }
    for bad in ("{nothing} causes", "(open cause"):
        with pytest.raises(ValueError, match=r"set|read"):
            list(written(bad, sets))
