"""The vocabulary: loaded and validated as a whole, looked up by what is typed, never across hypo/hyper or a look-alike pair."""

from dataclasses import replace
from pathlib import Path

import pytest

from search.analysis.tokens import term_key
from search.engine.engine import thesaurus
from search.errors import VocabularyError
from search.tables import Location
from search.vocabulary import concepts
from search.vocabulary.concepts import Brand, Drug, OneWay, Term, Vocabulary
from search.vocabulary.directions import direction_of
from search.vocabulary.loading import load_vocabulary
from search.vocabulary.meanings import stems
from search.vocabulary.thesaurus import Thesaurus

AT = Location(source="a.tsv", line=7)
KNOWN = thesaurus(None)


def equals(typed: str) -> set[str]:
    """What means the same."""
    meaning = KNOWN.meaning(term_key(typed), typed)
    return {target.text for target in meaning.equals} if meaning else set()


def narrower(typed: str) -> set[str]:
    """What is searched one way."""
    meaning = KNOWN.meaning(term_key(typed), typed)
    return {target.text for target in meaning.narrower} if meaning else set()


def test_equivalents_work_both_ways() -> None:
    """Each name of a finding leads to all the others."""
    assert "hypocalcaemia" in equals("low calcium")
    assert "low calcium" in equals("hypocalcemia")
    assert "itching" in equals("pruritus")


def test_forms_of_a_term_are_the_term() -> None:
    """Findings are looked up by stem, drugs by surface."""
    assert equals("kidney problem") == equals("kidney problems")
    assert KNOWN.namings(term_key("denosumabs")) == ()


def test_one_way_is_one_way() -> None:
    """Broader leads to narrower, never back."""
    assert "neutropenia" in narrower("low white blood cells")
    assert "low white blood cells" not in equals("neutropenia") | narrower("neutropenia")


def test_what_one_name_means_one_way_all_names_mean() -> None:
    """A leucopenia may be a neutropenia by whichever name it is typed, letters among them."""
    assert "neutropenia" in narrower("leucopenia")
    assert narrower("acid reflux") == narrower("gastro-oesophageal reflux") != set()


def test_a_guard_is_of_every_name() -> None:
    """Pulmonary high blood pressure is no high blood pressure either."""
    meaning = KNOWN.meaning(term_key("raised blood pressure"), "raised blood pressure")
    assert meaning is not None
    assert {target.guard for target in meaning.equals if target.text != "HTN"} == {
        ("pulmonary", "arterial", "intracranial", "portal", "ocular")
    }


def test_abbreviations_that_are_words_need_capitals() -> None:
    """HIT is heparin-induced thrombocytopenia; hit is a word; DVT is DVT however it is typed."""
    assert KNOWN.meaning(("hit",), "HIT") is not None
    assert KNOWN.meaning(("hit",), "hit") is None
    assert "DVT" in equals("deep vein thrombosis")
    assert "deep vein thrombosis" in equals("dvt")


def test_a_brand_names_every_ingredient() -> None:
    """Vicodin is two drugs; Benadryl is three products."""
    assert [n.ingredients for n in KNOWN.namings(term_key("Vicodin"))] == [("hydrocodone", "paracetamol")]
    assert {n.ingredients for n in KNOWN.namings(term_key("Benadryl"))} == {
        ("acrivastine",), ("cetirizine",), ("diphenhydramine",),
    }  # fmt: skip


def test_known_names_are_known_but_not_expanded() -> None:
    """All US brands of the table are known; those that nobody verified stand for nothing."""
    assert KNOWN.is_known(term_key("Dolobid"))
    assert KNOWN.namings(term_key("Dolobid")) == ()
    assert KNOWN.known_ingredients(term_key("Dolobid")) == ("diflunisal",)


def test_no_table_crosses_hypo_and_hyper() -> None:
    """No name of a concept means the opposite of another (docs/safety-rules.md#rule-1); the tables as they are hold to it."""
    for term in KNOWN.vocabulary.terms:
        assert len({direction_of(term_key(name)) for name in term.names} - {0}) <= 1, term.name


def test_no_stem_joins_two_drugs() -> None:
    """Names of two drugs never share all their stems, so that searching one never marks the other."""
    by_stem: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for key, naming in KNOWN.drug_names():
        if naming.kind == "name":
            by_stem.setdefault(stems(key), set()).add(naming.ingredients)
    assert {key: found for key, found in by_stem.items() if len(found) > 1} == {}


EMPTY = Vocabulary((), (), (), (), (), (), (), (), (), {}, {})
DRUG = Drug("aspirin", "aspirin", (), "NSAID", AT)


@pytest.mark.parametrize(
    ("vocabulary", "says"),
    [
        (replace(EMPTY, drugs=(DRUG, replace(DRUG, name="asa", us="aspirin"))), "also a name of aspirin"),
        (replace(EMPTY, drugs=(DRUG,), brands=(Brand("Disprin", ("asprin",), "", "", "", False, AT),)), "'asprin'"),
        (
            replace(EMPTY, drugs=(DRUG,), brands=(Brand("Aspirin", ("aspirin",), "", "", "", False, AT),)),
            "also aspirin",
        ),
        (
            replace(EMPTY, terms=(Term("finding", "hypotension", ("high blood pressure",), (), (), (), AT),)),
            "never crosses",
        ),
        (replace(EMPTY, one_way=(OneWay("low sugar", ("hyperglycaemia",), (), AT),)), "never crosses"),
        (
            replace(
                EMPTY, terms=tuple(Term("finding", name, ("itch",), (), (), (), AT) for name in ("pruritus", "scabies"))
            ),
            "also a name of 'pruritus'",
        ),
        (replace(EMPTY, terms=(Term("class", "NSAID", (), (), ("aspirin",), (), AT),)), "drugs.tsv"),
        (
            replace(
                EMPTY,
                ambiguous=(concepts.Ambiguous("PTU", False, (), AT),),
                short_names=(concepts.ShortName("ptu", ("propylthiouracil", "mercaptopurine"), AT),),
            ),
            "another row",
        ),
        (
            replace(
                EMPTY,
                drugs=(replace(DRUG, also=("acetaminophen",)),),
                lookalikes=(concepts.LookAlike("aspirin", "acetaminophen", True, AT),),
            ),
            "look alike",
        ),
    ],
)
def test_tables_that_disagree_are_refused(vocabulary: Vocabulary, says: str) -> None:
    """A surface of two concepts, an unknown drug, a crossing: an error that names file and line."""
    with pytest.raises(VocabularyError, match=says) as caught:
        Thesaurus(vocabulary)
    assert str(caught.value).startswith("a.tsv:7:")


def test_staff_add_their_own_words(tmp_path: Path) -> None:
    """A file of their own adds drugs, brands, findings, one-way words and abbreviations."""
    file = tmp_path / "words.tsv"
    file.write_text(
        "# ours\nkind\tname\talso\tmeans\tsource\n"
        "drug\tzincol\tzincolum\tmineral\thouse\nbrand\tZincoplus\t-\tzincol + aspirin\thouse\n"
        "finding\tgreen tongue\tchloroglossia\t-\thouse\none-way\ttongue trouble\t-\tgreen tongue\thouse\n"
        "abbreviation\tGTX\t-\tgreen tongue\thouse\n",
        encoding="utf-8",
    )
    ours = Thesaurus(load_vocabulary(file))
    assert [n.ingredients for n in ours.namings(term_key("zincoplus"))] == [("zincol", "aspirin")]
    for typed in ("tongue trouble", "GTX"):
        meaning = ours.meaning(term_key(typed), typed)
        assert meaning is not None
        assert "chloroglossia" in {target.text for target in (*meaning.equals, *meaning.narrower)}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("sort\tx\t-\t-\thouse", "unknown kind 'sort'"),
        ("finding\tx\t-\thouse", "expected 5 cells"),
        ("brand\tZincoplus\t-\tnothing known\thouse", "nothing known"),
        ("finding\tfever\tlow temperature; high temperature\t-\thouse", "never crosses"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, says: str) -> None:
    """The message holds the file, the line and what is wrong."""
    file = tmp_path / "words.tsv"
    file.write_text(f"kind\tname\talso\tmeans\tsource\n{line}\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match=says) as caught:
        Thesaurus(load_vocabulary(file))
    assert f"{file}:2" in str(caught.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """No such file, and a file that is not UTF-8."""
    with pytest.raises(VocabularyError, match="cannot be read"):
        load_vocabulary(tmp_path / "absent.tsv")
    (tmp_path / "latin.tsv").write_bytes("kind\tname\n\xe9".encode("latin-1"))
    with pytest.raises(VocabularyError, match="UTF-8"):
        load_vocabulary(tmp_path / "latin.tsv")
