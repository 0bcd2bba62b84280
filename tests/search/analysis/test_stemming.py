"""Stems: one for the forms of a word, and none that joins words of different meaning."""

import pytest

from search.analysis.stemming import stem


@pytest.mark.parametrize(
    ("one", "other"),
    [("severe", "several"), ("general", "generic"), ("prednisone", "prednisolone"), ("nicotine", "nicotinic")],
)
def test_stems_kept_apart(one: str, other: str) -> None:
    """Words that a stemmer is known to join wrongly keep stems of their own."""
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("one", "other"), [("missed", "miss"), ("effects", "effect"), ("bleeding", "bleed"), ("allergies", "allergy")]
)
def test_forms_share_a_stem(one: str, other: str) -> None:
    """Forms of one word share a stem."""
    assert stem(one) == stem(other)


def test_a_family_shares_a_stem() -> None:
    """Words of one family that Snowball parts get one stem: by their own stem, or by their ending."""
    assert stem("allergic") == stem("allergy")
    assert stem("hypocalcemic") == stem("hypocalcemia")


def test_words_with_a_digit_keep_their_own() -> None:
    """A code is no word with endings."""
    assert stem("b12s") == "b12s"
