"""Phrases found among the tokens of a text: words in order, with at most so many others between them.

Knows nothing of plans beyond their phrases, nor of what is done with a range.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from search.analysis import Occurrence, stem
from search.model import Reason
from search.query import Phrase

WORD_ALONE: Final = 1 << 30
"""The reach of a phrase of one word, which needs no other."""


@dataclass(frozen=True, slots=True)
class MarkedPhrase:
    """A phrase that is marked where it stands, with its stems, the need of the plan it meets, and why (None: by its form)."""

    words: Phrase
    stems: tuple[str, ...]
    need: int
    why: Reason | None

    @property
    def reach(self) -> int:
        """How far the second word may stand from the first."""
        positions = self.words.positions
        return positions[1] - positions[0] + self.words.slop if len(positions) > 1 else WORD_ALONE


def end_of_phrase(phrase: MarkedPhrase, tokens: Sequence[Occurrence], first: int) -> tuple[int | None, bool]:
    """Where a phrase ends that begins at a token of its first stem.

    Args:
        phrase: the phrase.
        tokens: of a text, in the order written.
        first: the row of the token of its first stem.

    Returns:
        The code point behind its last word, None where the phrase does not stand here; and whether it stands as it was typed.
    """
    if _is_guarded(phrase, tokens, first):
        return None, False
    rows = [first]
    for number in range(1, len(phrase.stems)):
        step = phrase.words.positions[number] - phrase.words.positions[number - 1]
        following = _next_row(tokens, rows[-1], phrase.stems[number], step, phrase.words.slop)
        if following is None:
            return None, False
        rows.append(following)
    exact = all(tokens[row][0] == surface for row, surface in zip(rows, phrase.words.surfaces, strict=True))
    return tokens[rows[-1]][3], exact


def _is_guarded(phrase: MarkedPhrase, tokens: Sequence[Occurrence], first: int) -> bool:
    """Whether the word just before makes it another thing."""
    if not phrase.words.guard or not first:
        return False
    before = tokens[first - 1]
    return before[1] == tokens[first][1] - 1 and stem(before[0]) in map(stem, phrase.words.guard)


def _next_row(tokens: Sequence[Occurrence], after: int, wanted: str, step: int, slop: int) -> int | None:
    """The first token of a stem that stands `step` positions after a token, or up to `slop` more."""
    position = tokens[after][1]
    for row in range(after + 1, len(tokens)):
        distance = tokens[row][1] - position - step
        if distance > slop:
            return None
        if distance >= 0 and stem(tokens[row][0]) == wanted:
            return row
    return None
