"""Chooses the passages of a section to show: those that say most of what was asked, with their marks. Text and ranges, never HTML.

Knows nothing of ranking.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from search.highlight.marks import Mark
from search.highlight.passages import EXCERPT_CHARS, KILLS, Passage, passages_of, window_of, with_gravest
from search.model import Excerpt, ExcerptRole, Reason
from search.statements import WARNINGS, StatementRole

MAX_EXCERPTS: Final = 2

_HOW_WELL: Final[dict[Reason, int]] = {
    "name": 0, "exact": 0, "form": 0, "prefix": 0, "spelling": 0, "synonym": 1, "class": 2, "scattered": 3,
}  # fmt: skip
"""How well a mark of each reason meets its need; the lower the better."""

Roles = Sequence[tuple[int, int]]
"""Where ranges of a text begin, ascending from 0, and the `StatementRole` of each; a range ends where the next begins."""

_GRAVEST_FIRST: Final[tuple[ExcerptRole | None, ...]] = ("warns", "causes", "treats", None, "denies")
"""Warnings and harms come before uses, and denials last: reassurance never hides what it stands beside."""

_OF_BITS: Final[tuple[tuple[int, ExcerptRole], ...]] = (
    (WARNINGS, "warns"),
    (StatementRole.CAUSES, "causes"),
    (StatementRole.TREATS, "treats"),
    (StatementRole.DENIES, "denies"),
)
_ROLES_OF: Final[dict[int, tuple[ExcerptRole, ...]]] = {
    bits: tuple(name for role, name in _OF_BITS if bits & role) for bits in range(2 * max(StatementRole))
}
"""The `StatementRole` of a place → what an excerpt says there."""

_OF_DRUGS: Final[tuple[ExcerptRole, ...]] = ("warns",)
"""What a passage may say of another drug: what it causes or treats there is not caused or treated by that drug, and "paracetamol,
not ibuprofen" denies nothing."""

_FORBIDS: Final = re.compile(r"(?i)\b(?:never|not|only|must|whole|avoid\w*|under \d+)\b")
"""A passage with one of these, and with what was typed beside a drug, restricts it (docs/safety-rules.md#rule-22)."""

_start: Final = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Asks:
    """What a query asks for.

    `names`: needs that name a drug or a class; what a passage says of something beside them is not said of them. `role`: that of
    the statements that are asked for. `asides`: needs that say how, or to whom, a drug is given. `own`: needs that the page meets
    by being about that drug: no passage is shown for those alone, if there are others. `of_interactions`: the section is one on
    interactions, where the name of a drug is a warning of it. `heading`: what the section says of what was asked in its heading, a
    question perhaps, of which no passage need have a word. `answers`: its heading is a question, and its text the answer.
    """

    names: frozenset[int]
    role: ExcerptRole | None = None
    asides: frozenset[int] = frozenset()
    own: frozenset[int] = frozenset()
    of_interactions: bool = False
    heading: ExcerptRole | None = None
    answers: bool = False

    def order(self) -> tuple[ExcerptRole | None, ...]:
        """Roles (None: it only mentions it), the one that is asked for first, then the graver ones."""
        return tuple(dict.fromkeys((self.role or "warns", *_GRAVEST_FIRST)))


def choose_excerpts(text: str, marks: tuple[Mark, ...], roles: Roles, asks: Asks) -> tuple[Excerpt, ...]:
    """The passages of a section that show most of what was asked; its beginning, if nothing matched.

    A need is shown where it is met in the best way the section has: the drug itself before its class. Passages that say what is
    asked for come first, then the graver ones; of equal ones the first in the text.

    Args:
        text: of the section.
        marks: in it.
        roles: where its ranges begin, and what the statement there says.
        asks: what is asked for of what was asked about.
    """
    passages = passages_of(text)
    marked = _marks_by_passage(passages, marks)
    if not marked:
        return tuple(_excerpt(text, passage, [], asks.heading) for passage in passages[:1])
    needs = _needs_by_passage(marked, asks)
    said = {row: _role(text, marked[row], roles, asks) for row in needs}
    forbids = {row for row, met in needs.items() if not asks.asides & met and _forbids_use(marked[row], roles, asks)}
    gravity = {row: _gravity(text, passages[row], marked[row], asks) for row in needs if asks.asides & needs[row]}
    said.update({row: "warns" for row, grave in gravity.items() if grave})
    order = asks.order()

    def worth(row: int) -> tuple[int, ...]:
        fit = -order.index(said[row])
        return gravity.get(row, 0), len(needs[row]), fit, int(row in forbids), len(marked[row]), -row

    chosen: list[int] = []
    while needs and len(chosen) < MAX_EXCERPTS:
        best = max(needs, key=worth)
        chosen.append(best)
        shown = needs[best]
        needs = {row: left for row, met in needs.items() if (left := met - shown)}
    if len(chosen) < MAX_EXCERPTS:
        chosen += _another(chosen, said, forbids, order)
    chosen.sort(key=lambda row: (order.index(said[row]), row not in forbids, row))
    return tuple(_excerpt(text, passages[row], marked[row], said[row]) for row in chosen)


def _gravity(text: str, passage: Passage, marks: Sequence[Mark], asks: Asks) -> int:
    """How gravely a passage restricts what was typed beside a drug; 0: not at all."""
    grave = 2 if KILLS.search(text, *passage) else int(_FORBIDS.search(text, *passage) is not None)
    is_just_that = any(mark.need in asks.asides and mark.why == "exact" for mark in marks)
    return grave + 2 if grave and is_just_that else grave


def _forbids_use(marks: Sequence[Mark], roles: Roles, asks: Asks) -> bool:
    """Whether a passage says not to use the drug in what was asked: before one that says to take care in it."""
    return any(
        roles[bisect_right(roles, mark.start, key=_start) - 1][1] & StatementRole.DO_NOT_USE
        for mark in marks
        if mark.need not in asks.own
    )


def _another(
    chosen: Sequence[int],
    said: Mapping[int, ExcerptRole | None],
    forbids: AbstractSet[int],
    order: Sequence[ExcerptRole | None],
) -> list[int]:
    """A passage that says another thing of what is shown already: the graver ones first, and none that only mentions it.

    What is not to be done, and what to take care of, are two things.
    """
    shown = {(said[row], said[row] == "warns" and row in forbids) for row in chosen}
    others = [
        row
        for row, role in said.items()
        if row not in chosen and role is not None and (role, role == "warns" and row in forbids) not in shown
    ]
    return sorted(others, key=lambda row: (order.index(said[row]), row))[:1]


def _needs_by_passage(marked: dict[int, list[Mark]], asks: Asks) -> dict[int, set[int]]:
    """Passage number → the needs it meets in the best way that any passage does; what stands aside, in whatever way."""
    best: dict[int, int] = {}
    for inside in marked.values():
        for mark in inside:
            way = _HOW_WELL[mark.why]
            if way < best.get(mark.need, len(_HOW_WELL)):
                best[mark.need] = way
    if not asks.own.issuperset(best):
        best = {need: way for need, way in best.items() if need not in asks.own}
    needs = {
        row: {m.need for m in inside if best.get(m.need) == _HOW_WELL[m.why] or m.need in asks.asides}
        for row, inside in marked.items()
    }
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


def _excerpt(text: str, passage: Passage, inside: list[Mark], role: ExcerptRole | None) -> Excerpt:
    """A passage with its marks; one that is a single long sentence is cut at words around its first mark."""
    begin, end = passage
    if end - begin > 2 * EXCERPT_CHARS:
        begin, end = window_of(text, passage, inside[0].start if inside else begin)
        inside = [mark for mark in inside if begin <= mark.start and mark.end <= end]
    end = with_gravest(text, begin, end)
    lead = "… " if begin > 0 and text[begin - 1] != "\n" else ""
    shown = text[begin:end].rstrip()
    stop = begin + len(shown)
    tail = " …" if not text.startswith("\n", stop) and stop < len(text.rstrip()) else ""
    shift = len(lead) - begin
    ranges = tuple([(start + shift, end + shift, why) for start, end, why, _ in inside])
    return Excerpt(lead + shown + tail, ranges, role)


def _role(text: str, marks: Sequence[Mark], roles: Roles, asks: Asks) -> ExcerptRole | None:
    """What a passage says of what was asked: the role that is asked for, or else the gravest.

    Of a drug on the page of another it may warn, or say that nothing happens; of what it is called itself it says nothing. Where a
    passage has a thing as it was typed, what it says of it in wider words does not count.
    """
    said: set[ExcerptRole | None] = set()
    best = {mark.need: _HOW_WELL[mark.why] for mark in sorted(marks, key=lambda mark: -_HOW_WELL[mark.why])}
    for mark in marks:
        if mark.need in asks.own or _HOW_WELL[mark.why] > best[mark.need]:
            continue
        of_place = _ROLES_OF[roles[bisect_right(roles, mark.start, key=_start) - 1][1]]
        if asks.of_interactions and not of_place and (mark.need in asks.names or _leads(text, mark)):
            of_place = ("warns",)
        said.update(role for role in of_place if mark.need not in asks.names or role in _OF_DRUGS)
    if not said and (asks.answers or all(mark.need in asks.names for mark in marks)):
        return asks.heading
    return next((role for role in asks.order() if role in said), None)


def _leads(text: str, mark: Mark) -> bool:
    """Whether a mark stands before the colon of its line: of interactions, what is warned of ("Grapefruit juice: raises it")."""
    begin, colon = text.rfind("\n", 0, mark.start) + 1, text.find(":", mark.end)
    return colon >= 0 and "\n" not in text[mark.end : colon] and ":" not in text[begin : mark.start]
