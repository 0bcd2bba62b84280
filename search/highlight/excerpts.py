"""Chooses the passages of a section to show: those that say most of what was asked, with their marks. Text and ranges, never HTML.

Knows nothing of ranking.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Final

from search.highlight.marks import Mark
from search.model import Excerpt, ExcerptRole, Reason
from search.statements import WARNINGS, StatementRole

EXCERPT_CHARS: Final = 240
"""About three lines on a desktop page: a bullet of these pages is 90 code points at the median, and 9 in 10 fit."""

MAX_EXCERPTS: Final = 2

_SENTENCE_END: Final = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[^\s])")

_HOW_WELL: Final[dict[Reason, int]] = {
    "name": 0, "exact": 0, "form": 0, "prefix": 0, "spelling": 0, "synonym": 1, "class": 2, "scattered": 3,
}  # fmt: skip
"""How well a mark of each reason meets its need; the lower the better."""

Passage = tuple[int, int]
"""Half-open range of a section's text."""

Roles = Sequence[tuple[int, int]]
"""Where ranges of a text begin, ascending from 0, and the `StatementRole` of each; a range ends where the next begins."""

_GRAVEST_FIRST: Final[tuple[tuple[StatementRole, ExcerptRole], ...]] = (
    (WARNINGS, "warns"),
    (StatementRole.CAUSES, "causes"),
    (StatementRole.TREATS, "treats"),
    (StatementRole.DENIES, "denies"),
)
"""Warnings and harms come before uses, and those before denials: reassurance never hides what it stands beside."""

_start: Final = itemgetter(0)


def choose_excerpts(
    text: str, marks: tuple[Mark, ...], roles: Roles, of_drugs: frozenset[int], own: frozenset[int] = frozenset()
) -> tuple[Excerpt, ...]:
    """The passages of a section that show most of what was asked, in the order of the text; its beginning, if nothing matched.

    A need is shown where it is met in the best way the section has: the drug itself before its class.

    Args:
        text: of the section.
        marks: in it.
        roles: where its ranges begin, and what the statement there says.
        of_drugs: needs that name a drug: what a passage says of something on its page is not said of the drug.
        own: needs that the page meets by being about that drug: no passage is shown for those alone, if there are others.
    """
    passages = _passages(text)
    marked = _marks_by_passage(passages, marks)
    if not marked:
        return tuple(_excerpt(text, passage, [], roles, of_drugs) for passage in passages[:1])
    needs = _needs_by_passage(marked, own)
    chosen: list[int] = []
    while needs and len(chosen) < MAX_EXCERPTS:
        best = max(needs, key=lambda row: (len(needs[row]), len(marked[row]), -row))
        chosen.append(best)
        shown = needs[best]
        needs = {row: left for row, met in needs.items() if (left := met - shown)}
    return tuple(_excerpt(text, passages[row], marked[row], roles, of_drugs) for row in sorted(chosen))


def _needs_by_passage(marked: dict[int, list[Mark]], own: frozenset[int]) -> dict[int, set[int]]:
    """Passage number → the needs it meets in the best way that any passage does."""
    best: dict[int, int] = {}
    for inside in marked.values():
        for mark in inside:
            way = _HOW_WELL[mark.why]
            if way < best.get(mark.need, len(_HOW_WELL)):
                best[mark.need] = way
    if not own.issuperset(best):
        best = {need: way for need, way in best.items() if need not in own}
    needs = {row: {m.need for m in inside if best.get(m.need) == _HOW_WELL[m.why]} for row, inside in marked.items()}
    return {row: met for row, met in needs.items() if met}


def _marks_by_passage(passages: Sequence[Passage], marks: tuple[Mark, ...]) -> dict[int, list[Mark]]:
    """Passage number → the marks inside it, for those that have any."""
    marked: dict[int, list[Mark]] = {}
    row = 0
    for mark in marks:
        while row < len(passages) and passages[row][1] < mark.end:
            row += 1
        if row < len(passages) and passages[row][0] <= mark.start:
            marked.setdefault(row, []).append(mark)
    return marked


@lru_cache(maxsize=2048)
def _passages(text: str) -> tuple[Passage, ...]:
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


def _excerpt(text: str, passage: Passage, inside: list[Mark], roles: Roles, of_drugs: frozenset[int]) -> Excerpt:
    """A passage with its marks; one that is a single long sentence is cut at words around its first mark."""
    begin, end = passage
    if end - begin > 2 * EXCERPT_CHARS:
        begin, end = _window(text, passage, inside[0].start if inside else begin)
        inside = [mark for mark in inside if begin <= mark.start and mark.end <= end]
    lead = "… " if begin > 0 and text[begin - 1] != "\n" else ""
    shown = text[begin:end].rstrip()
    stop = begin + len(shown)
    tail = " …" if not text.startswith("\n", stop) and stop < len(text.rstrip()) else ""
    shift = len(lead) - begin
    ranges = tuple([(start + shift, end + shift, why) for start, end, why, _ in inside])
    return Excerpt(lead + shown + tail, ranges, _role(inside, roles, of_drugs))


def _role(marks: Sequence[Mark], roles: Roles, of_drugs: frozenset[int]) -> ExcerptRole | None:
    """What a passage says of what was asked, the names of drugs apart; the gravest, where it says several things."""
    said = 0
    for mark in marks:
        if mark.need not in of_drugs:
            said |= roles[bisect_right(roles, mark.start, key=_start) - 1][1]
    return next((name for role, name in _GRAVEST_FIRST if role & said), None)


def _window(text: str, passage: Passage, first: int) -> Passage:
    """A part of a long passage around its first mark, cut at words."""
    begin = max(passage[0], first - EXCERPT_CHARS // 2)
    end = min(passage[1], begin + 2 * EXCERPT_CHARS)
    if begin > passage[0]:
        begin = text.find(" ", begin, first) + 1 or first
    if end < passage[1]:
        space = text.rfind(" ", first, end)
        end = space if space > first else end
    return begin, end
