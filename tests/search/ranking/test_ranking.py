"""Ranking over the arrays gives what a plain reading of the sections gives, and keeps what no weight may overrule."""

import random
from pathlib import Path

import pytest

from search.engine.answering import plan_of
from search.engine.engine import SearchEngine
from search.model import SearchRequest
from search.query.parser import parse_query
from search.query.planner import Switches
from search.ranking.ranking import Wanted, rank
from tests.support.builders import SEEDED_WORDS, engine_over, monograph, seeded_monographs
from tests.support.reference import Reference


def queries(seed: int, count: int) -> list[str]:
    """Seeded queries of every kind: words, phrases, prefixes, exclusions, filters, names."""
    rng = random.Random(seed)
    made = []
    for _ in range(count):
        words = rng.choices(SEEDED_WORDS, k=rng.randint(1, 4))
        shape = rng.choice(
            ["plain", "plain", "phrase", "prefix", "without", "drug", "unknown", "asked", "denied", "synonym"]
        )
        text = " ".join(words)
        made.append(
            {
                "plain": text,
                "phrase": f'"{" ".join(words[:2])}" {" ".join(words[2:])}',
                "prefix": f"{rng.choice(['hem', 'haem', 'pot', 'nau', 'fol', 'kid'])}* {words[0]}",
                "without": f"{text} -{rng.choice(SEEDED_WORDS)}",
                "drug": f"{text} drug:{rng.choice(['aspirin', 'warfarin', 'folic'])}",
                "unknown": f"{text} qwzx",
                "asked": f"{rng.choice(['side effects of', 'is it safe in', 'uses of', 'how does it work'])} {words[0]}",
                "denied": f"does not cause {words[0]}",
                "synonym": f"{words[0]} {rng.choice(['pyrexia', 'hypocalcaemia', 'kidney problems', 'coumadin', 'ASA'])}",
            }[shape]
        )
    return made


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[SearchEngine, Reference]:
    """The engine and the reference over the same 40 monographs."""
    made = seeded_monographs(seed=20261123, count=40)
    return engine_over(tmp_path_factory.mktemp("index"), *made), Reference(made)


def whole_answer(engine: SearchEngine, request: SearchRequest) -> list[tuple[str, list[tuple[str, float]]]]:
    """All groups of all pages, with the sections that are shown and their scores."""
    found = []
    page = engine.search(request)
    for number in range(1, page.pages + 1):
        for item in engine.search(SearchRequest(request.text, request.sections, page=number)).items:
            found.append((item.id, [(section.anchor, section.score) for section in item.sections]))
    return found


@pytest.mark.parametrize("text", queries(seed=7, count=200))
def test_the_engine_agrees_with_a_plain_reading(both: tuple[SearchEngine, Reference], text: str) -> None:
    """Groups, sections, scores, counts and totals of a generated query are those of the reference, with and without a filter."""
    engine, reference = both
    snapshot = engine._current()
    plan = plan_of(parse_query(text), snapshot, Switches())
    for kinds in ((), ("side-effects",)):
        answer = reference.answer(plan, kinds)
        page = engine.search(SearchRequest(text, kinds))
        expected = [
            (
                identifier,
                [(anchor, pytest.approx(answer.scores[identifier, anchor], abs=1e-3)) for anchor in anchors[:3]],
            )
            for identifier, anchors in answer.groups
        ]
        assert whole_answer(engine, SearchRequest(text, kinds)) == expected
        assert {c.kind: (c.sections, c.monographs) for c in page.section_counts} == answer.counts
        assert page.total_monographs == len(answer.groups)
        assert page.total_sections == len(answer.scores)


def first_ids(engine: SearchEngine, text: str) -> list[str]:
    """The ids of the first page."""
    return [item.id for item in engine.search(SearchRequest(text)).items]


def test_the_drug_named_comes_first(tmp_path: Path) -> None:
    """A name puts the page of that drug alone first, then combinations with it, then mentions, whatever the scores say."""
    engine = engine_over(
        tmp_path,
        monograph("Zincol", ("about", "About", "Aspirin aspirin aspirin.")),
        monograph(
            "Aspirin", ("about", "About", "A long text that names it once, and says much of other things besides.")
        ),
        monograph("Aspirin + Codeine", ("about", "About", "Aspirin and codeine. Aspirin.")),
    )
    assert first_ids(engine, "aspirin") == ["a/aspirin", "a/aspirin-codeine", "z/zincol"]
    assert first_ids(engine, "codeine and aspirin")[0] == "a/aspirin-codeine"


def test_a_brand_leads_to_its_drug(tmp_path: Path) -> None:
    """A brand puts its drug first, before pages that mention the brand, and says whose it is."""
    engine = engine_over(
        tmp_path,
        monograph("Aspirin", ("about", "About", "Not Tylenol. Tylenol is something else.")),
        monograph("Paracetamol", ("uses", "Uses", "Pain."), brands=("Tylenol",)),
    )
    page = engine.search(SearchRequest("tylenol"))
    assert [item.id for item in page.items] == ["p/paracetamol", "a/aspirin"]
    assert page.items[0].matched_name == "Tylenol"
    assert [note.message for note in page.notes] == ["Tylenol (US) is a brand of paracetamol, in the US acetaminophen."]


def test_low_potassium_is_one_thing(tmp_path: Path) -> None:
    """Low potassium matches as typed only in one clause; its words apart stand in, and say so, only where no page has that."""
    engine = engine_over(
        tmp_path,
        monograph(
            "Ramipril",
            ("side-effects", "Side effects", "High potassium. Low blood pressure. Low, low. Potassium potassium."),
        ),
        monograph(
            "Furosemide",
            ("side-effects", "Side effects", "Among many other things one may have low blood potassium at times."),
        ),
    )
    page = engine.search(SearchRequest("low potassium"))
    assert [(item.id, item.sections[0].tier) for item in page.items] == [("f/furosemide", "typed")]
    page = engine.search(SearchRequest("low potassium drug:ramipril"))
    assert [item.id for item in page.items] == []
    page = engine.search(SearchRequest("reduced potassium"))
    assert {item.sections[0].tier for item in page.items} <= {"synonym", "scattered"}


def test_no_such_product_comes_last(tmp_path: Path) -> None:
    """A page that says its product does not exist comes after those that do, and says so on the hit."""
    engine = engine_over(
        tmp_path,
        monograph("Alpha", ("uses", "Nausea", "Nausea nausea."), status="no-such-product"),
        monograph(
            "Beta", ("uses", "Uses", "It may help with nausea, and with several other things that are not named here.")
        ),
    )
    assert [(i.id, i.status) for i in engine.search(SearchRequest("nausea")).items] == [
        ("b/beta", None),
        ("a/alpha", "no-such-product"),
    ]


def test_equals_are_ordered_by_id(tmp_path: Path) -> None:
    """Where everything is equal, the id decides, whatever the order of indexing."""
    made = [monograph(name, ("uses", "Uses", "Nausea.")) for name in ("Cetol", "Betol", "Aetol")]
    assert first_ids(engine_over(tmp_path, *made), "nausea") == ["a/aetol", "b/betol", "c/cetol"]


def test_how_often_orders_nothing(tmp_path: Path) -> None:
    """A frequency is quoted where it stands, and "not known" is not "rare": pages stand as if none had been given (rule 19)."""
    often = ("common", "rare", "unknown")
    for shift in range(len(often)):
        made = [
            monograph(name, ("side-effects", "Side effects", f"Frequency {often[(shift + n) % 3]}: nausea."))
            for n, name in enumerate(("Aetol", "Betol", "Cetol"))
        ]
        assert first_ids(engine_over(tmp_path / str(shift), *made), "nausea") == ["a/aetol", "b/betol", "c/cetol"]


def test_a_warning_is_no_denial(tmp_path: Path) -> None:
    """Where no drug is named, what only denies comes after what warns, however much better it matches (rules 8 and 16)."""
    engine = engine_over(
        tmp_path,
        monograph("Aetol", ("faqs", "Does it cause asthma?", "No. It does not cause asthma, asthma or asthma.")),
        monograph("Betol", ("uses", "Usage", "It lowers blood pressure. Never in asthma.")),
        monograph("Cetol", ("faqs", "May I take it with asthma?", "No. It closes the airways, and people have died.")),
    )
    page = engine.search(SearchRequest("asthma"))
    assert [item.title for item in page.items][2:] == ["Aetol"]
    said = {item.title: item.sections[0].excerpts[0].role for item in page.items}
    assert said == {"Aetol": "denies", "Betol": "warns", "Cetol": "warns"}


def test_a_filter_only_removes(both: tuple[SearchEngine, Reference]) -> None:
    """Counts are those before the filter; what a kind's count says is what choosing it gives."""
    engine, _ = both
    for text in queries(seed=11, count=40):
        page = engine.search(SearchRequest(text))
        for count in page.section_counts:
            chosen = engine.search(SearchRequest(text, (count.kind,)))
            assert (chosen.total_sections, chosen.total_monographs) == (count.sections, count.monographs)
            assert chosen.section_counts == page.section_counts


def test_exclusion_keeps_its_word(both: tuple[SearchEngine, Reference]) -> None:
    """No section that is left has the excluded word, in any form, in text, heading or name."""
    engine, _ = both
    for item in engine.search(SearchRequest("pain -vomiting")).items:
        for section in item.sections:
            page = engine.monograph(item.id)
            assert page is not None
            (whole,) = [s for s in page.sections if s.anchor == section.anchor]
            assert "vomit" not in f"{whole.heading} {whole.text}".lower()


def test_the_first_groups_are_those_of_the_whole_order(both: tuple[SearchEngine, Reference]) -> None:
    """Putting only the groups of one page in order gives the same groups, in the same order."""
    engine, _ = both
    snapshot = engine.snapshot()
    cut = 0
    for text in queries(seed=23, count=120):
        plan = plan_of(parse_query(text), snapshot, Switches())
        every = rank(plan, Wanted(), snapshot.postings, snapshot.need_cache, snapshot.pages).found
        for first in (1, 3, 10):
            some = rank(plan, Wanted(limit=first), snapshot.postings, snapshot.need_cache, snapshot.pages).found
            assert len(some) == len(every)
            assert some.starts[:first].tolist() == every.starts[:first].tolist()
            cut += len(some.starts) < len(every)
    assert cut > 50
