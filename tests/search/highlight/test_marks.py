"""Marks and excerpts: ranges of a text, sorted, inside it, on word edges, and never overlapping."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis.tokens import occurrences
from search.engine.engine import thesaurus
from search.highlight.excerpts import EXCERPT_CHARS, MAX_EXCERPTS, Asks, choose_excerpts
from search.highlight.marks import Mark, Marker, matches, reasons
from search.query.decisions import Switches
from search.query.drug_names import NameTable
from search.query.named import Resolution
from search.query.parser import parse_query
from search.query.plan import Alternative, Need, OnPages, Phrase, Plan
from search.query.planner import expand
from search.statements import StatementRole

SAID = ((0, StatementRole.MENTIONS),)
"""The roles of a text that only mentions things."""

TEXT = (
    "Low blood calcium (hypocalcaemia) may cause cramps.\n"
    "Nausea, vomiting. Vomited blood: seek help. High potassium, low sodium.\n"
    + "A very long sentence with nausea in it, "
    * 20
)


class Everything:
    """A lexicon that knows every word; a prefix stands for the words of TEXT that begin so."""

    def has_surface(self, surface: str) -> bool:
        """Yes."""
        return bool(surface)

    def has_word(self, surface: str) -> bool:
        """Yes."""
        return bool(surface)

    def prefixed(self, prefix: str, most: int) -> tuple[tuple[str, ...], int]:
        """The surfaces of TEXT that begin so."""
        found = tuple(sorted({s for s, *_ in occurrences(TEXT) if s.startswith(prefix)}))
        return found[:most], len(found)


def marker(query: str) -> Marker:
    """The marker of a query over no monographs."""
    known = thesaurus(None)
    return Marker(expand(parse_query(query), NameTable((), known), Everything(), known, Switches(exact=True)))


def marked(query: str, text: str, *, scattered: bool = False) -> list[tuple[str, str]]:
    """What is marked, and why."""
    found = matches(marker(query).marks(occurrences(text), scattered=scattered))
    return [(text[start:end], why) for start, end, why in found]


words = st.sampled_from(
    [
        "low",
        "calcium",
        "nausea",
        "vomit*",
        '"vomited blood"',
        "low calcium",
        "in",
        "it",
        "ve*",
        "long sentence",
        "potassium",
    ]
)


@settings(max_examples=300)
@given(
    st.lists(words, min_size=1, max_size=5).map(" ".join),
    st.text(alphabet="low calcium\n.-nausea ", max_size=60),
    st.booleans(),
)
def test_marks_are_sorted_ranges_on_word_edges(query: str, extra: str, scattered: bool) -> None:
    """In any text, marks are inside it, in order, apart, and begin and end at words."""
    text = extra + "\n" + TEXT
    found = matches(marker(query).marks(occurrences(text), scattered=scattered))
    for start, end, _ in found:
        assert 0 <= start < end <= len(text)
        assert text[start].isalnum()
        assert text[end - 1].isalnum()
        assert start == 0 or not text[start - 1].isalnum()
        assert end == len(text) or not text[end].isalnum()
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(found))


@settings(max_examples=200)
@given(st.lists(words, min_size=1, max_size=4).map(" ".join))
def test_excerpts_are_pieces_of_the_text(query: str) -> None:
    """An excerpt is a piece of the text as written, but for an ellipsis, and its ranges mark the same words."""
    marks = marker(query).marks(occurrences(TEXT))
    shown = choose_excerpts(TEXT, marks, SAID, Asks(frozenset()))
    assert 1 <= len(shown) <= MAX_EXCERPTS
    for excerpt in shown:
        assert excerpt.text.strip("… ") in TEXT
        assert len(excerpt.text) <= 2 * EXCERPT_CHARS + 4
        assert {excerpt.text[s:e] for s, e, _ in excerpt.matches} <= {TEXT[m.start : m.end] for m in marks}


def test_forms_and_exact_words() -> None:
    """A word is marked as typed or as another form of it; spellings that fold together are as typed."""
    assert marked("vomiting", "Vomiting, vomited, vomits.") == [
        ("Vomiting", "exact"),
        ("vomited", "form"),
        ("vomits", "form"),
    ]
    assert marked("hypocalcemia", TEXT) == [("hypocalcaemia", "exact")]


def test_a_phrase_is_one_mark() -> None:
    """A phrase is one mark, with the word that may stand in a known unit; its words alone are none."""
    assert marked("low calcium", TEXT) == [("Low blood calcium", "exact")]
    assert marked('"high potassium"', TEXT) == [("High potassium", "exact")]
    assert marked("low potassium", "High potassium, low sodium") == []


def test_words_apart_are_marked_as_such() -> None:
    """In a section of the scattered tier the words of a unit are marked one by one."""
    found = marked("low potassium", "High potassium, low sodium", scattered=True)
    assert found == [("potassium", "scattered"), ("low", "scattered")]


def test_function_words_are_not_marked() -> None:
    """Question words that need not match are not marked."""
    assert marked("what is nausea", "What is nausea?") == [("nausea", "exact")]


def test_the_best_passage_is_shown() -> None:
    """The excerpt is the passage with most of what was asked; a second one shows what the first lacks."""
    text = "Nausea.\nCramps and more.\nNausea with cramps."
    assert [
        e.text for e in choose_excerpts(text, marker("nausea cramps").marks(occurrences(text)), SAID, Asks(frozenset()))
    ] == ["Nausea with cramps."]
    apart = "Nausea.\nSomething else.\nCramps."
    assert [
        e.text
        for e in choose_excerpts(apart, marker("nausea cramps").marks(occurrences(apart)), SAID, Asks(frozenset()))
    ] == [
        "Nausea.",
        "Cramps.",
    ]


def test_a_need_is_shown_where_it_is_met_best() -> None:
    """What was typed, or else a synonym, comes before a passage that has the class of a drug alone, wherever they stand."""
    text = "Ask before any antibiotic.\nClarithromycin: the INR rises.\nWarfarin and carbimazole."
    marks = (Mark(15, 25, "class", 1), Mark(27, 41, "exact", 1), Mark(58, 66, "exact", 0))
    assert [e.text for e in choose_excerpts(text, marks, SAID, Asks(frozenset((0, 1))))] == [
        "Clarithromycin: the INR rises.",
        "Warfarin and carbimazole.",
    ]
    assert [e.text for e in choose_excerpts(text, marks, SAID, Asks(frozenset((0, 1)), own=frozenset((0,))))] == [
        "Clarithromycin: the INR rises."
    ]
    assert [e.text for e in choose_excerpts(text, marks[2:], SAID, Asks(frozenset((0,)), own=frozenset((0,))))] == [
        "Warfarin and carbimazole."
    ]


def test_two_drugs_of_one_class_mark_it_on_each_others_pages() -> None:
    """Whichever was typed first; a class that was typed itself is marked everywhere."""
    alike = OnPages(Phrase(("statin",)), frozenset((7,))), OnPages(Phrase(("statin",)), frozenset((8,)))
    needs = [Need(name, (Alternative("typed", Phrase((name,))), Alternative("class", of, "class")), about="drug")
             for name, of in zip(("aaa", "bbb"), alike, strict=True)]  # fmt: skip
    for required in (tuple(needs), tuple(reversed(needs))):
        both = Marker(plan_with(required))
        for page, found in ((7, ["class"]), (8, ["class"]), (9, [])):
            assert [mark.why for mark in both.marks(occurrences("Any statin"), page=page)] == found
    typed = Marker(plan_with((needs[0], Need("statin", (Alternative("typed", Phrase(("statin",))),)), needs[1])))
    assert [mark.why for mark in typed.marks(occurrences("Any statin"), page=9)] == ["exact"]


def plan_with(required: tuple[Need, ...]) -> Plan:
    """A plan of these needs."""
    return Plan(required, (), (), None, Resolution({}), (), ())


def test_no_match_shows_the_beginning() -> None:
    """A section that matched by its heading or name, or across passages, shows how it begins."""
    assert [e.text for e in choose_excerpts("low\ncalcium", (Mark(0, 11, "exact", 0),), SAID, Asks(frozenset()))] == [
        "low"
    ]
    assert [e.text for e in choose_excerpts("First.\nSecond.", (), SAID, Asks(frozenset()))] == ["First."]
    assert choose_excerpts("", (), SAID, Asks(frozenset())) == ()


def test_reasons_have_one_order() -> None:
    """Why a section is a hit: each reason once, in a fixed order."""
    marks = marker("vomiting nau*").marks(occurrences("Vomited nausea vomiting"))
    assert reasons(marks, named=True) == ("name", "exact", "form", "prefix")


def test_a_list_is_shown_with_its_first_items() -> None:
    """A line that announces a list says nothing alone; items that no longer fit stand for themselves."""
    text = "Common side effects include:\nNausea\nHeadache\n" + "A longer item of the same list. " * 8 + "\nRash"
    first = choose_excerpts(text, (), SAID, Asks(frozenset()))[0].text
    assert first.startswith("Common side effects include:\nNausea\nHeadache")
    assert "Rash" not in first


def test_an_excerpt_says_what_the_text_says_of_what_was_asked() -> None:
    """The statement in which it stands decides; a warning or a harm beside it is never hidden by a denial; a drug is told nothing."""
    text = "Causes nausea. It does not cause cramps. Care in fits."
    roles = ((0, StatementRole.CAUSES), (15, StatementRole.DENIES), (41, StatementRole.DO_NOT_USE))
    said = {
        query: choose_excerpts(text, marker(query).marks(occurrences(text)), roles, Asks(frozenset()))[0].role
        for query in ("nausea", "cramps", "fits", "nausea cramps", "cramps fits")
    }
    assert said == {
        "nausea": "causes", "cramps": "denies", "fits": "warns", "nausea cramps": "causes", "cramps fits": "warns",
    }  # fmt: skip
    of_drugs = Asks(frozenset((0,)))
    said = [
        choose_excerpts(text, marker(q).marks(occurrences(text)), roles, of_drugs)[0].role for q in ("nausea", "fits")
    ]
    assert said == [None, "warns"], "of another drug a passage may warn; what it causes is not caused by that drug"


def test_the_role_that_is_asked_for_comes_first() -> None:
    """Of several passages the one that says what is asked for is first, then the graver; of interactions a name is a warning."""
    text = "Causes nausea.\nTreats nausea.\nNot in nausea."
    roles = ((0, StatementRole.CAUSES), (15, StatementRole.TREATS), (30, StatementRole.DO_NOT_USE))
    marks = (Mark(7, 13, "exact", 0), Mark(22, 28, "exact", 1), Mark(37, 43, "exact", 2))
    first = {
        asked: [excerpt.role for excerpt in choose_excerpts(text, marks, roles, Asks(frozenset(), asked))]
        for asked in (None, "treats", "causes")
    }
    assert first == {None: ["warns", "causes"], "treats": ["treats", "warns"], "causes": ["causes", "warns"]}
    line, plain = "Warfarin: the INR rises.", ((0, StatementRole.MENTIONS),)
    of_pair = Asks(frozenset((0,)), of_interactions=True)
    assert choose_excerpts(line, (Mark(0, 8, "exact", 0),), plain, of_pair)[0].role == "warns"
    assert choose_excerpts(line, (), plain, Asks(frozenset(), heading="denies"))[0].role == "denies"
