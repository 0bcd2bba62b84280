"""Spelling: what nothing knows is offered, real names are left alone, and nothing crosses hypo/hyper."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from benchmarks import spelling as bench
from search.engine.engine import SearchEngine
from search.suggest import spelling
from search.suggest.spelling import Speller, sound
from search.vocabulary.loading import load_vocabulary

SPELLER = Speller(
    {"prednisone": 5, "prednisolone": 9, "denosumab": 3},
    {"nausea": 50, "hyperkalemia": 4, "hypokalemia": 4, "vision": 9, "fusion": 9},
)


def words(typed: str) -> list[str]:
    """What is offered for a word."""
    return [candidate.word for candidate in SPELLER.candidates(typed)]


def test_the_nearest_comes_first_and_never_alone() -> None:
    """A drug's name is offered with the next one beside it, however far that is."""
    assert words("prednisolon") == ["prednisolone", "prednisone"]
    assert words("denosumabb")[0] == "denosumab"


def test_a_name_that_was_begun_is_completed() -> None:
    """The drugs of these pages that begin so come first."""
    assert words("deno")[0] == "denosumab"
    assert words("predn")[:2] == ["prednisolone", "prednisone"]


def test_only_an_ordinary_word_is_ever_applied() -> None:
    """One edit, one candidate, no drug's name."""
    best = SPELLER.applicable("nasuea")
    assert best is not None
    assert best.word == "nausea"
    assert SPELLER.applicable("prednisolon") is None
    assert SPELLER.applicable("vusion") is None, "two words are as near"


def test_nothing_crosses_hypo_and_hyper() -> None:
    """The opposite is not even offered."""
    assert words("hyperkalemai") == ["hyperkalemia"]
    assert words("hypokalemai") == ["hypokalemia"]


@pytest.mark.parametrize("typed", ["b13", "cox3", "12", "abc", ""])
def test_codes_and_short_words_are_left_alone(typed: str) -> None:
    """A digit is never corrected, nor a word of three letters."""
    assert words(typed) == []


def test_words_that_sound_alike() -> None:
    """Spellings of one sound share a code."""
    assert sound("phurosemide") == sound("furosemide")
    assert sound("parasetamol") == sound("paracetamol")
    assert sound("morphine") != sound("codeine")


def test_the_right_name_is_offered_first(engine_of: Callable[[str], SearchEngine]) -> None:
    """Of 200 seeded misspellings of drugs' names at least 97 in 100 are offered the right name first; none is searched unasked."""
    engine = engine_of("starter")
    slips = bench.misspellings(bench.drug_names(engine), bench.known_words(engine), 200, seed=7)
    missed = [slip.typed for slip in slips if not bench.offered_first(engine, slip)]
    assert len(missed) <= 6, missed


def test_a_real_name_is_never_searched_as_another(index_of: Callable[[str], Path]) -> None:
    """Of 200 seeded brands that nothing here knows, none is searched as anything but itself."""
    index = index_of("starter")
    known = load_vocabulary().known
    brands = bench.held_apart(known, bench.taken_names(SearchEngine(index)), 200, seed=7)
    apart = bench.engine_without(index, brands)
    assert [name for name in brands if bench.searched_as_another(apart, name, known[name])] == []


@given(
    st.lists(st.text("abcdeé", min_size=5, max_size=5), min_size=1, max_size=30),
    st.text("abcdef", min_size=3, max_size=7),
)
def test_letters_in_common_lose_no_word_that_is_near(words: list[str], typed: str) -> None:
    """What is passed over by its letters alone is never within the distance asked for."""
    listed = spelling._Words(words)
    for most in (1, 2, 3):
        near = {word for word in words if OSA.distance(word, typed) <= most}
        assert near <= set(listed.sharing(typed, most))
