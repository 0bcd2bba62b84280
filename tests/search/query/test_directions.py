"""What is raised or lowered, and what sets it right."""

import pytest

from search import SearchEngine, SearchRequest
from tests.support.builders import engine_over, monograph


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    """One that lowers potassium and one that treats that; one that raises blood pressure, and one for shock."""
    return engine_over(
        tmp_path_factory.mktemp("index"),
        monograph("Aetol", ("side-effects", "Side Effects", "Low potassium.")),
        monograph("Betol", ("uses", "Usage", "Low potassium: treats it.")),
        monograph("Cetol", ("side-effects", "Side Effects", "High blood pressure. Shock after an overdose.")),
        monograph("Detol", ("uses", "Usage", "Low blood pressure in shock: treats it.")),
    )


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("low potassium what raises it", ["Betol"]),
        ("what raises low potassium", ["Betol"]),
        ("drugs that lower potassium", ["Aetol"]),
        ("what drops potassium", ["Aetol"]),
        ("what pushes blood pressure up", ["Cetol"]),
        ("raise blood pressure in shock", ["Detol"]),
        ("raised blood pressure", ["Cetol"]),
    ],
)
def test_the_direction_of_a_question(engine: SearchEngine, query: str, titles: list[str]) -> None:
    """What is too low is raised by what treats it; pages that say the opposite are not shown."""
    assert [item.title for item in engine.search(SearchRequest(query)).items] == titles
