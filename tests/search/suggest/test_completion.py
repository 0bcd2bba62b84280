"""Suggestions: start of a name before start of a word, generic before brand, misspelt beginnings too, and always few."""

from hypothesis import given
from hypothesis import strategies as st

from search.suggest.completion import MAX_OFFERED, Suggester, Suggestible

SUGGESTER = Suggester(
    [
        Suggestible("Denosumab", "drug", "RANKL inhibitor", 2),
        Suggestible("Metformin", "drug", "biguanide", 2),
        Suggestible("Sitagliptin + Metformin", "drug", "", 1),
        Suggestible("Metrogel", "brand", "metronidazole"),
        Suggestible("Prolia", "brand", "denosumab"),
        Suggestible("metabolic acidosis", "symptom", ""),
        Suggestible("low calcium", "symptom", "hypocalcaemia"),
        *(Suggestible(f"Drug{n:03}", "drug", "") for n in range(40)),
    ]
)


def texts(typed: str) -> list[str]:
    """What is suggested."""
    return [suggestion.text for suggestion in SUGGESTER.suggest(typed)]


def test_start_of_name_then_start_of_word() -> None:
    """Generic before brand before symptom, and names in which a later word begins so after all of them."""
    assert texts("met") == ["Metformin", "Metrogel", "metabolic acidosis", "Sitagliptin + Metformin"]


def test_case_and_space_do_not_matter() -> None:
    """What is typed is compared in lower case, word by word."""
    assert texts("  PROL") == ["Prolia"]
    assert texts("low ca") == ["low calcium"]


def test_a_misspelt_beginning_is_found() -> None:
    """One slip in four letters, two in seven; shorter ones must be right."""
    assert texts("metfr")[0] == "Metformin"
    assert texts("denosamb") == ["Denosumab"]
    assert texts("dne") == []


def test_a_brand_says_of_what() -> None:
    """The detail of a brand is its generic, of a drug its class."""
    assert [(s.kind, s.detail) for s in SUGGESTER.suggest("pro")] == [("brand", "denosumab")]
    assert [s.detail for s in SUGGESTER.suggest("deno")] == ["RANKL inhibitor"]


def test_nothing_typed_suggests_nothing() -> None:
    """Nor do marks alone."""
    assert texts("") == texts("  ?*") == []


@given(st.text(max_size=40))
def test_any_text_has_few_suggestions(typed: str) -> None:
    """Whatever is typed, at most ten, each once."""
    found = texts(typed)
    assert len(found) == len(set(found)) <= MAX_OFFERED
