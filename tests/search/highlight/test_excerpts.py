"""Which passages are shown: bans before cautions, and none that is cut before what kills."""

from pathlib import Path

from search import SearchEngine, SearchRequest
from tests.support.builders import engine_over, monograph

LONG = (
    "It may lower the pressure in people who take other medicines for it, so that they feel faint when they stand up. "
)


def _excerpts(engine: SearchEngine, query: str) -> list[tuple[str, str | None]]:
    section = engine.search(SearchRequest(query)).items[0].sections[0]
    return [(excerpt.text, excerpt.role) for excerpt in section.excerpts]


def test_a_ban_comes_before_a_caution(tmp_path: Path) -> None:
    """Both warn; what must not be done is read first, however often the other has the word."""
    text = "Kidney: a smaller dose when the eGFR, measured as eGFR, falls.\nDo not use: eGFR under 30."
    engine = engine_over(tmp_path, monograph("Metformin", ("precautions", "Precautions", text)))
    assert [said for said, _ in _excerpts(engine, "metformin egfr")] == [
        "Do not use: eGFR under 30.",
        "Kidney: a smaller dose when the eGFR, measured as eGFR, falls.",
    ]


def test_no_passage_is_cut_before_what_kills(tmp_path: Path) -> None:
    """The sentence after the one that names the other drug belongs to it."""
    text = f"{LONG}{LONG}Fluoxetine adds to its effect. Fatal reactions have been seen."
    engine = engine_over(tmp_path, monograph("Tramadol", ("interactions", "Interactions", text)))
    assert _excerpts(engine, "tramadol fluoxetine")[0][0].endswith("Fatal reactions have been seen.")


def test_the_answer_to_a_question_has_its_role(tmp_path: Path) -> None:
    """Though its words say nothing of the thing: "No." to "does it cause" denies."""
    engine = engine_over(
        tmp_path, monograph("Sitagliptin", ("faqs", "Does it cause weight gain?", "No. Weight stays the same."))
    )
    assert _excerpts(engine, "sitagliptin weight gain")[0][1] == "denies"
