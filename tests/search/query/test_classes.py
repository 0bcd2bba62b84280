"""A class that is typed asks for its members, by a reviewed table (docs/safety-rules.md#rule-2, #rule-23)."""

import pytest

from search import ResultPage, SearchEngine, SearchRequest
from tests.support.builders import engine_over, monograph

USES = ("uses", "Usage", "A tablet.")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    """Members of classes, what opposes them, what only has their letters, and a page of another drug that speaks of a class."""
    return engine_over(
        tmp_path_factory.mktemp("index"),
        monograph("Morphine", USES, ("side-effects", "Side Effects", "Constipation.")),
        monograph("Codeine", USES, ("side-effects", "Side Effects", "Nausea.")),
        monograph("Oxycodone + Naloxone", USES),
        monograph("Naloxone", ("uses", "Usage", "It reverses opioid overdose. It does not treat constipation.")),
        monograph("Senna", ("uses", "Usage", "Constipation, also from opioids.")),
        monograph("Simvastatin", USES, ("side-effects", "Side Effects", "Muscle pain.")),
        monograph("Nystatin", ("uses", "Usage", "Thrush. It is no statin.")),
        monograph("Losartan", USES),
        monograph("Famotidine", USES),
        monograph("Ondansetron", USES),
    )


def _members(page: ResultPage) -> list[str]:
    return [item.title for item in page.items if item.member_of]


def test_what_opposes_a_class_is_no_member(engine: SearchEngine) -> None:
    """Who asks for an opioid is not shown its antidote as one; a combination with the antidote belongs by its active drug."""
    page = engine.search(SearchRequest("opioid"))
    assert _members(page) == ["Codeine", "Morphine", "Oxycodone + Naloxone"]
    assert [item.title for item in page.items][:3] == _members(page)
    assert _members(engine.search(SearchRequest("opioid antagonist"))) == ["Naloxone"]


@pytest.mark.parametrize(
    ("query", "title"),
    [("ARB", "Losartan"), ("H2 antagonist", "Famotidine"), ("5-HT3 antagonist", "Ondansetron")],
)
def test_a_class_that_is_called_an_antagonist_has_its_members(engine: SearchEngine, query: str, title: str) -> None:
    """What is left out of a class opposes that class; a name with "antagonist" or "blocker" in it leaves nobody out."""
    assert _members(engine.search(SearchRequest(query))) == [title]


def test_letters_make_no_member(engine: SearchEngine) -> None:
    """Nystatin ends like a statin, and is an antifungal."""
    page = engine.search(SearchRequest("statin"))
    assert _members(page) == ["Simvastatin"]
    assert page.items[0].title == "Simvastatin"


def test_silent_members_come_after_those_that_speak(engine: SearchEngine) -> None:
    """All members are there, the silent ones after the one whose page says it, and pages of other drugs after them all."""
    titles = [item.title for item in engine.search(SearchRequest("opioid constipation")).items]
    assert titles[0] == "Morphine"
    assert set(titles[1:3]) == {"Codeine", "Oxycodone + Naloxone"}
    assert "Senna" in titles[3:]


def test_members_without_a_page_are_named(engine: SearchEngine) -> None:
    """A list of those that have a page is not read as the whole class."""
    (note,) = [note for note in engine.search(SearchRequest("statin")).notes if note.kind == "class"]
    _, _, absent = note.message.partition("No page here: ")
    assert "pravastatin" in absent
    assert "simvastatin" not in absent.lower()


def test_a_narrower_name_does_not_ask_for_the_class(engine: SearchEngine) -> None:
    """A class finds its members; a member finds itself alone, and no page of another member."""
    page = engine.search(SearchRequest("codeine"))
    assert [item.title for item in page.items] == ["Codeine"]
    assert not [note for note in page.notes if note.kind == "class"]
