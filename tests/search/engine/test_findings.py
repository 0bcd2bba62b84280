"""What pages say of a finding: they cause it, treat it, warn, deny, or only mention it; each drug once, no product that does not exist."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from search import Finding, SearchEngine, SearchRequest
from tests.support.builders import engine_over, monograph


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    """Pages that list nausea in every way."""
    return engine_over(
        tmp_path_factory.mktemp("index"),
        monograph("Cisplatin", ("side-effects", "Side Effects", "Nausea, hair loss.")),
        monograph("Codeine", ("serious-side-effects", "Rare", "Nausea."), ("uses", "Usage", "Pain, cough.")),
        monograph("Cyclizine", ("uses", "Usage", "Nausea."), ("side-effects", "Side Effects", "Nausea, drowsiness.")),
        monograph("Codeine + Aspirin", ("side-effects", "Side Effects", "Nausea.")),
        monograph("Aspirin + Codeine", ("side-effects", "Side Effects", "Nausea.")),
        monograph("Digoxin", ("how-it-works", "Mechanism", "Nausea comes from the brain stem.")),
        monograph("Metoclopramide", ("uses", "Usage", "Not for people with nausea of pregnancy.")),
        monograph("Folic Acid", ("side-effects", "Side Effects", "It does not cause nausea.")),
        replace(monograph("Unreal", ("side-effects", "Side Effects", "Nausea.")), status="no-such-product"),
    )


def test_counts_say_what_they_count(engine: SearchEngine) -> None:
    """Five drugs list it as a side effect, one of them as a use too; the two orders of one combination are one."""
    found = engine.search(SearchRequest("nausea")).finding
    assert found == Finding(causes=4, treats=1, do_not_use=1, take_care=0, denies=1, mentions=1, no_such_product=1)


def test_rows_are_the_pages_behind_the_counts(engine: SearchEngine) -> None:
    """Each monograph once, by title, with what it is counted as and where it says so."""
    rows = {row.title: row for row in engine.overview(SearchRequest("nausea"))}
    assert list(rows) == sorted(rows)
    assert rows["Cyclizine"].roles == ("causes", "treats")
    assert rows["Folic Acid"].roles == ("denies",)
    assert [mention.roles for mention in rows["Folic Acid"].mentions] == [("denies",)]
    assert rows["Unreal"].roles == ("no-such-product",)
    assert rows["Aspirin + Codeine"].same_drug == rows["Codeine + Aspirin"].same_drug


def test_do_not_use_and_take_care_are_two_counts(tmp_path: Path) -> None:
    """A page that says both counts in both; what a drug may worsen is a reason for care, and caused."""
    engine = engine_over(
        tmp_path,
        monograph("Never", ("contraindications", "Contraindications", "Asthma.")),
        monograph("Careful", ("precautions", "Precautions", "Use with care in asthma.")),
        monograph("Worse", ("precautions", "Precautions", "Asthma: may worsen.")),
        monograph(
            "Each",
            ("precautions", "Precautions", "With care in mild asthma."),
            ("uses", "Usage", "Pain. Never in severe asthma."),
        ),
    )
    counts = Finding(causes=1, treats=0, do_not_use=2, take_care=3, denies=0, mentions=0, no_such_product=0)
    assert engine.search(SearchRequest("asthma")).finding == counts
    roles = {row.title: row.roles for row in engine.overview(SearchRequest("asthma"))}
    assert roles == {
        "Never": ("do-not-use",), "Careful": ("take-care",), "Worse": ("causes", "take-care"), "Each": ("do-not-use", "take-care"),
    }  # fmt: skip
    excerpts = [hit.sections[0].excerpts[0] for hit in engine.search(SearchRequest("asthma")).items]
    assert {excerpt.role for excerpt in excerpts} == {"warns"}


@pytest.mark.parametrize(
    "query", ["codeine nausea", "nausea zyxwort", "does not cause nausea", "", "one two three four five"]
)
def test_what_is_no_finding_is_not_counted(engine: SearchEngine, query: str) -> None:
    """Where a drug is named, or not everything is met, there is nothing to count."""
    assert engine.search(SearchRequest(query)).finding is None
    assert engine.overview(SearchRequest(query)) == ()


def test_a_name_is_no_mention(tmp_path: Path) -> None:
    """A page whose brand holds the word is found by it, and lists it as nothing; where its text says it too, that counts."""
    uses, effects = ("uses", "Usage", "Severe pain."), ("side-effects", "Side Effects", "Constipation.")
    engine = engine_over(
        tmp_path,
        monograph("Morphine", uses, effects, brands=("MS Contin",)),
        monograph("Baclofen", ("uses", "Usage", "Spasm in MS.")),
    )
    page = engine.search(SearchRequest("MS"))
    assert page.total_monographs == 2
    assert page.finding == Finding(
        causes=0, treats=1, do_not_use=0, take_care=0, denies=0, mentions=0, no_such_product=0
    )
    assert [row.title for row in engine.overview(SearchRequest("MS"))] == ["Baclofen"]
    assert engine.search(SearchRequest("contin")).finding is None


def test_the_counts_do_not_change_with_a_filter(engine: SearchEngine) -> None:
    """They are over all sections, as those of the filters are."""
    whole, part = (engine.search(SearchRequest("nausea", sections)).finding for sections in ((), ("uses",)))
    assert whole == part


def test_on_real_words_the_parts_are_what_rows_say(engine_of: Callable[[str], SearchEngine]) -> None:
    """On the starter pages each count is the number of different drugs among the rows of its role."""
    starter = engine_of("starter")
    for query in ("nausea", "hypokalaemia", "swollen ankles", "cough"):
        found = starter.search(SearchRequest(query)).finding
        rows = starter.overview(SearchRequest(query))
        assert found is not None
        counts = {
            role: getattr(found, role) for role in ("causes", "treats", "do_not_use", "take_care", "denies", "mentions")
        }
        for role, count in counts.items():
            assert len({row.same_drug for row in rows if role.replace("_", "-") in row.roles}) == count, (query, role)
