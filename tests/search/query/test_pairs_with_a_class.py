"""A drug and a class, or two classes, are asked for like two drugs: what warns of one beside the other comes first."""

import pytest

from search import SearchEngine, SearchRequest
from tests.support.builders import engine_over, monograph


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    """Sildenafil names nitrates where it works, more often, and where it warns; a nitrate says nothing of PDE5 inhibitors."""
    return engine_over(
        tmp_path_factory.mktemp("index"),
        monograph(
            "Sildenafil",
            (
                "how-it-works",
                "How It Works",
                "A PDE5 inhibitor. Nitrates act on the same path, as nitrates release NO.",
            ),
            ("precautions", "Precautions", "Do not take this PDE5 inhibitor with nitrates."),
        ),
        monograph("Isosorbide Mononitrate", ("uses", "Uses", "A nitrate for angina.")),
        monograph(
            "Warfarin",
            ("how-it-works", "How It Works", "NSAIDs act elsewhere than warfarin; NSAIDs block another enzyme."),
            ("precautions", "Precautions", "Avoid NSAIDs with warfarin."),
        ),
    )


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("PDE5 inhibitor with nitrates", "Sildenafil"),
        ("sildenafil nitrates", "Sildenafil"),
        ("ED drug and nitrate", "Sildenafil"),
        ("warfarin NSAID", "Warfarin"),
    ],
)
def test_what_warns_of_the_pair_comes_first(engine: SearchEngine, query: str, title: str) -> None:
    """However often another section names both."""
    item = engine.search(SearchRequest(query)).items[0]
    assert (item.title, item.sections[0].kind) == (title, "precautions")
    assert item.sections[0].excerpts[0].role == "warns"


def test_to_be_of_a_class_warns_of_nothing(engine: SearchEngine) -> None:
    """The page of a member that names the class and warns of nothing is not labelled as a warning."""
    items = engine.search(SearchRequest("PDE5 inhibitor with nitrates")).items
    roles = {item.title: [e.role for s in item.sections for e in s.excerpts] for item in items}
    assert "warns" not in roles.get("Isosorbide Mononitrate", [])
