"""What matched, as ranges of a text, and the excerpt to show: text and ranges, never HTML. Knows nothing of ranking.

Ranges are half-open, in code points, sorted, and never overlap. A phrase is one mark.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from search.analysis import Place
from search.expansion import AllWords, AnySurface, Need, Plan, Words
from search.folding import stem
from search.model import Excerpt, Match
from search.postings import Postings

EXCERPT_CHARS: Final = 240
"""About three lines on a desktop page: a bullet of these pages is 90 code points at the median, and 9 in 10 fit."""

MAX_EXCERPTS: Final = 2

_SENTENCE_END: Final = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[^\s])")
_WHY_ORDER: Final = ("name", "exact", "form", "synonym", "spelling", "prefix", "class", "scattered", "related")


class Mark(NamedTuple):
    """A range that matched, why, and which need of the plan it meets; a tuple, as a page makes hundreds."""

    start: int
    end: int
    why: str
    need: int


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: Words
    stems: tuple[str, ...]
    need: int


class Marker:
    """Finds the marks of one plan in any text."""

    def __init__(self, plan: Plan) -> None:
        self._words: dict[str, tuple[int, str]] = {}
        self._scattered: dict[str, tuple[int, str]] = {}
        self._surfaces: dict[str, int] = {}
        self._phrases: list[_Phrase] = []
        for number, need in enumerate(plan.required):
            self._learn(number, need)

    def _learn(self, number: int, need: Need) -> None:
        for alternative in need.alternatives:
            matcher = alternative.matcher
            if isinstance(matcher, AnySurface):
                self._surfaces.update(dict.fromkeys(matcher.surfaces, number))
            elif isinstance(matcher, AllWords):
                self._scattered.update({stem(surface): (number, surface) for surface in matcher.surfaces})
            elif len(matcher.surfaces) == 1:
                self._words[stem(matcher.surfaces[0])] = (number, matcher.surfaces[0])
            else:
                self._phrases.append(_Phrase(matcher, tuple(map(stem, matcher.surfaces)), number))

    def wanted(self, postings: Postings) -> npt.NDArray[np.bool_]:
        """(surfaces,) bool: the words of an index that can be marked at all."""
        phrases = (stemmed for phrase in self._phrases for stemmed in phrase.stems)
        return postings.wanted(self._surfaces, (*self._words, *self._scattered, *phrases))

    def marks(self, tokens: Sequence[Place], *, scattered: bool = False) -> tuple[Mark, ...]:
        """The marks of a text of the index.

        Args:
            tokens: its tokens, or only those that are `wanted`.
            scattered: mark the words of a unit where they stand apart, as in a section of that tier.
        """
        found: list[Mark] = []
        for surface, _, start, end in tokens:
            stemmed = stem(surface)
            if (known := self._words.get(stemmed)) is not None:
                found.append(Mark(start, end, "exact" if surface == known[1] else "form", known[0]))
            elif surface in self._surfaces:
                found.append(Mark(start, end, "prefix", self._surfaces[surface]))
            elif scattered and (known := self._scattered.get(stemmed)) is not None:
                found.append(Mark(start, end, "scattered", known[0]))
        for phrase in self._phrases:
            found += _phrase_marks(phrase, tokens)
        return _without_overlaps(found) if len(found) > 1 else tuple(found)


def _phrase_marks(phrase: _Phrase, tokens: Sequence[Place]) -> Iterator[Mark]:
    for first, token in enumerate(tokens):
        if stem(token[0]) != phrase.stems[0]:
            continue
        chain = [first]
        for number in range(1, len(phrase.stems)):
            step = phrase.words.positions[number] - phrase.words.positions[number - 1]
            following = _next(tokens, chain[-1], phrase.stems[number], step, phrase.words.slop)
            if following is None:
                break
            chain.append(following)
        else:
            exact = all(tokens[i][0] == s for i, s in zip(chain, phrase.words.surfaces, strict=True))
            yield Mark(token[2], tokens[chain[-1]][3], "exact" if exact else "form", phrase.need)


def _next(tokens: Sequence[Place], after: int, wanted: str, step: int, slop: int) -> int | None:
    """The first token of a stem that stands `step` positions after a token, or up to `slop` more."""
    here = tokens[after][1]
    for index in range(after + 1, len(tokens)):
        distance = tokens[index][1] - here - step
        if distance > slop:
            return None
        if distance >= 0 and stem(tokens[index][0]) == wanted:
            return index
    return None


def _without_overlaps(marks: list[Mark]) -> tuple[Mark, ...]:
    """In order, the longest first where two begin together; one that begins inside another is dropped."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return tuple(kept)


def matches(marks: tuple[Mark, ...]) -> tuple[Match, ...]:
    """Marks as the plain ranges of a result."""
    return tuple((mark.start, mark.end, mark.why) for mark in marks)


def reasons(marks: tuple[Mark, ...], *, named: bool) -> tuple[str, ...]:
    """Why a section is a hit, each reason once, in a fixed order."""
    found = {mark.why for mark in marks} | ({"name"} if named else set())
    return tuple(why for why in _WHY_ORDER if why in found)


def excerpts(text: str, marks: tuple[Mark, ...]) -> tuple[Excerpt, ...]:
    """The passages of a section that show most of what was asked, in the order of the text; its beginning, if nothing matched."""
    passages = _passages(text)
    if not marks:
        return tuple(_excerpt(text, passage, []) for passage in passages[:1])
    held = _held(passages, marks)
    wanted = {mark.need for mark in marks}
    chosen: list[int] = []
    while held and wanted and len(chosen) < MAX_EXCERPTS:
        best = max(held, key=lambda row: (len({m.need for m in held[row]} & wanted), len(held[row]), -row))
        shown = {mark.need for mark in held[best]} & wanted
        if not shown:
            break
        chosen.append(best)
        wanted -= shown
    return tuple(_excerpt(text, passages[row], held[row]) for row in sorted(chosen))


def _held(passages: Sequence[tuple[int, int]], marks: tuple[Mark, ...]) -> dict[int, list[Mark]]:
    """Passage number → the marks inside it, for those that have any."""
    held: dict[int, list[Mark]] = {}
    row = 0
    for mark in marks:
        while row < len(passages) and passages[row][1] < mark.end:
            row += 1
        if row < len(passages) and passages[row][0] <= mark.start:
            held.setdefault(row, []).append(mark)
    return held


@lru_cache(maxsize=8192)
def _passages(text: str) -> tuple[tuple[int, int], ...]:
    """Whole blocks (bullets, paragraphs) where they fit, else runs of whole sentences."""
    found: list[tuple[int, int]] = []
    begin = 0
    for block in text.split("\n"):
        end = begin + len(block)
        if block.strip():
            found += [(begin, end)] if len(block) <= EXCERPT_CHARS else _sentences(text, begin, end)
        begin = end + 1
    return tuple(found)


def _sentences(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = begin
    cuts = [match.end() for match in _SENTENCE_END.finditer(text, begin, end)]
    previous = begin
    for cut in [*cuts, end]:
        if cut - start > EXCERPT_CHARS and previous > start:
            found.append((start, previous))
            start = previous
        previous = cut
    return [*found, (start, end)]


def _excerpt(text: str, passage: tuple[int, int], inside: list[Mark]) -> Excerpt:
    """A passage with its marks; one that is a single long sentence is cut at words around its first mark."""
    begin, end = passage
    if end - begin > 2 * EXCERPT_CHARS:
        begin, end = _window(text, passage, inside[0].start if inside else begin)
        inside = [mark for mark in inside if begin <= mark.start and mark.end <= end]
    lead = "… " if begin > 0 and text[begin - 1] != "\n" else ""
    shown = text[begin:end].rstrip()
    tail = " …" if begin + len(shown) < len(text.rstrip()) and not text[begin + len(shown) :].startswith("\n") else ""
    shift = len(lead) - begin
    ranges = tuple((mark.start + shift, mark.end + shift, mark.why) for mark in inside)
    return Excerpt(lead + shown + tail, ranges)


def _window(text: str, passage: tuple[int, int], first: int) -> tuple[int, int]:
    begin = max(passage[0], first - EXCERPT_CHARS // 2)
    end = min(passage[1], begin + 2 * EXCERPT_CHARS)
    if begin > passage[0]:
        begin = text.find(" ", begin, first) + 1 or first
    if end < passage[1]:
        space = text.rfind(" ", first, end)
        end = space if space > first else end
    return begin, end
