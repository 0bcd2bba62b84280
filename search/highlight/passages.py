"""Cuts the text of a section into passages that a page of results can show: bullets, paragraphs, runs of sentences.

Knows nothing of what was asked.
"""

import re
from functools import lru_cache
from typing import Final

EXCERPT_CHARS: Final = 240
"""About three lines on a desktop page: a bullet of these pages is 90 code points at the median, and 9 in 10 fit."""

KILLS: Final = re.compile(r"(?i)\b(?:fatal\w*|kill\w*|deaths?|stops? the heart|undiluted)\b")
"""What no passage is cut before."""

_SENTENCE_END: Final = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[^\s])")

Passage = tuple[int, int]
"""Half-open range of a section's text."""


@lru_cache(maxsize=2048)
def passages_of(text: str) -> tuple[Passage, ...]:
    """Whole blocks (bullets, paragraphs) where they fit, else runs of whole sentences; a list with the line that announces it."""
    passages: list[Passage] = []
    announced_from: int | None = None  # where a passage begins that announced the blocks which follow
    begin = 0
    for block in text.split("\n"):
        end = begin + len(block)
        if block.strip():
            announces = bool(passages) and text[passages[-1][0] : passages[-1][1]].rstrip().endswith(":")
            if announces and end - passages[-1][0] <= EXCERPT_CHARS:
                announced_from = passages[-1][0]
            if announced_from is not None and end - announced_from <= EXCERPT_CHARS:
                passages[-1] = (announced_from, end)
            else:
                announced_from = None
                passages += [(begin, end)] if len(block) <= EXCERPT_CHARS else _sentences(text, begin, end)
        begin = end + 1
    return tuple(passages)


def _sentences(text: str, begin: int, end: int) -> list[Passage]:
    """Runs of whole sentences of a block, each as long as fits."""
    passages: list[Passage] = []
    start = begin
    previous = begin
    for cut in [*(match.end() for match in _SENTENCE_END.finditer(text, begin, end)), end]:
        if cut - start > EXCERPT_CHARS and previous > start:
            passages.append((start, previous))
            start = previous
        previous = cut
    return [*passages, (start, end)]


def with_gravest(text: str, begin: int, end: int) -> int:
    """The end of a passage, or of the sentence after it that says that it kills: no warning is cut before that."""
    if end - begin > EXCERPT_CHARS or text.startswith("\n", end):
        return end
    block = text.find("\n", end)
    rest = text[end : block if block >= 0 else len(text)]
    ends = _SENTENCE_END.search(rest)
    sentence = rest[: ends.end()] if ends else rest
    return end + len(sentence) if len(sentence) <= EXCERPT_CHARS and KILLS.search(sentence) else end


def window_of(text: str, passage: Passage, first: int) -> Passage:
    """A part of a long passage around its first mark, cut at words."""
    begin = max(passage[0], first - EXCERPT_CHARS // 2)
    end = min(passage[1], begin + 2 * EXCERPT_CHARS)
    if begin > passage[0]:
        begin = text.find(" ", begin, first) + 1 or first
    if end < passage[1]:
        space = text.rfind(" ", first, end)
        end = space if space > first else end
    return begin, end
