"""Analysis: every word, number and code is a token that knows its place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis.tokens import BLOCK_GAP, analyse, codes_for_parts, occurrences

hostile = st.text(alphabet=st.characters(codec="utf-8"), max_size=300) | st.text(
    alphabet="aB1.,-–’'µμαβ½²™\u0301\u00ad\n (\u0130ßﬁ", max_size=80
)


def surfaces(text: str) -> list[str]:
    """The surfaces of a text, in order."""
    return [token.surface for token in analyse(text)]


@settings(max_examples=400)
@given(hostile)
def test_any_text_has_tokens_in_order(text: str) -> None:
    """Whatever the text, tokens lie inside it, in order of position, on word edges, and are never blank."""
    tokens = analyse(text)
    for token in tokens:
        assert 0 <= token.start < token.end <= len(text)
        assert token.surface
        assert "\n" not in text[token.start : token.end]
    positions = [token.position for token in tokens]
    assert positions == sorted(positions)
    starts = [token.start for token in codes_for_parts(tokens)]
    assert starts == sorted(starts)


@settings(max_examples=300)
@given(hostile)
def test_no_letter_or_digit_is_lost(text: str) -> None:
    """Each letter and digit stands inside a token."""
    covered = {index for token in analyse(text) for index in range(token.start, token.end)}
    assert [char for index, char in enumerate(text) if char.isalnum() and index not in covered] == []


@settings(max_examples=200)
@given(hostile)
def test_occurrences_are_the_tokens(text: str) -> None:
    """The short form says the same as the tokens."""
    assert list(occurrences(text)) == [(t.surface, t.position, t.start, t.end) for t in analyse(text)]


def test_every_word_is_kept() -> None:
    """There is no stop list: not, may, when and single letters are words."""
    assert surfaces("May not be used when I take it.") == "may not be used when i take it".split()


def test_codes_are_one_word() -> None:
    """A code is one token, however it is joined; written with a space, its parts stand beside it."""
    assert surfaces("B12 B-12") == ["b12", "b12"]
    assert surfaces("type 2") == ["type", "2", "type2"]


@pytest.mark.parametrize("text", ["give 5 mg", "up to 10 mg", "for 7 days", "every 6 months", "1 in 10 people"])
def test_amounts_are_no_codes(text: str) -> None:
    """A number that counts or measures makes no code with the word before it."""
    assert not [surface for surface in surfaces(text) if surface[0].isalpha() and surface[-1].isdigit()]


def test_a_mark_covers_the_word_alone() -> None:
    """Offsets are those of the text as written, whatever folding does to the length of a word."""
    text = "ﬁne İstanbul ½ Prolia™ hypo\u00adcalcaemia St John’s"
    written = [text[token.start : token.end] for token in analyse(text)]
    assert written == ["ﬁne", "İstanbul", "½", "½", "Prolia", "hypo\u00adcalcaemia", "St", "John’s"]


def test_blocks_are_far_apart() -> None:
    """Words of two blocks are too far apart for any phrase."""
    first, second = analyse("low\ncalcium")
    assert second.position - first.position > BLOCK_GAP


def test_clauses_are_apart() -> None:
    """The end of a sentence is no place for "low calcium"; an abbreviation's full stop is no end."""
    low, calcium = analyse("low. Calcium")
    c, difficile = analyse("C. difficile")
    assert calcium.position - low.position > 2
    assert difficile.position - c.position == 1
