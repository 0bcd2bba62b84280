"""What matched, as ranges of a text, and the excerpt to show: text and ranges, never HTML. Knows nothing of ranking.

Ranges are half-open, in code points, sorted, and never overlap. A phrase is one mark.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from search.analysis import Occurrence, occurrences, stem
from search.index import Postings
from search.model import Excerpt, Match
from search.query import AllParts, AllWords, Alternative, AnyForm, OnPages, Phrase, Plan, SectionsOfKind
from search.statements import denied_ranges

EXCERPT_CHARS: Final = 240
"""About three lines on a desktop page: a bullet of these pages is 90 code points at the median, and 9 in 10 fit."""

MAX_EXCERPTS: Final = 2

_SENTENCE_END: Final = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[^\s])")
_WAYS: Final = {"exact": 0, "form": 0, "prefix": 0, "spelling": 0, "synonym": 1, "class": 2, "scattered": 3}
"""How well a mark of each reason meets its need; the lower the better."""

_WORST: Final = 9
_WHY_ORDER: Final = ("name", "exact", "form", "synonym", "spelling", "prefix", "class", "scattered", "related")


NO_PAGE: Final = -1
"""The monograph of a text that is of none."""


class Mark(NamedTuple):
    """A range that matched, why, and which need of the plan it meets; a tuple, as a page makes hundreds."""

    start: int
    end: int
    why: str
    need: int


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: Phrase
    stems: tuple[str, ...]
    need: int
    why: str | None

    @property
    def reach(self) -> int:
        """How far the second word may stand from the first."""
        positions = self.words.positions
        return positions[1] - positions[0] + self.words.slop if len(positions) > 1 else _ALONE


_ALONE: Final = 1 << 30
"""The reach of a phrase of one word, which needs no other."""


class _Known(NamedTuple):
    """What a surface means to a plan: phrases that may begin with it, by reach; why it is marked ("": not); the need it meets."""

    phrases: tuple[tuple[int, _Phrase], ...]
    why: str
    need: int


_UNKNOWN: Final = _Known((), "", 0)


@lru_cache(maxsize=8192)
def _words_of(short: str) -> frozenset[str]:
    """Every surface and stem of a short text."""
    surfaces = [place[0] for place in occurrences(short)]
    return frozenset((*surfaces, *map(stem, surfaces)))


class Marker:
    """Finds the marks of one plan in any text."""

    def __init__(self, plan: Plan) -> None:
        self._words: dict[str, tuple[int, str, str | None]] = {}
        self._scattered: dict[str, int] = {}
        self._surfaces: dict[str, int] = {}
        self._phrases: dict[str, list[_Phrase]] = {}
        self._known: dict[str, _Known] = {}
        self._only_on: dict[int, frozenset[int]] = {}
        self._class_words: dict[str, list[int]] = {}
        self.of_drugs = frozenset(number for number, need in enumerate(plan.required) if need.names_drug)
        for number, need in enumerate(plan.required):
            for alternative in need.alternatives:
                self._learn(number, alternative)
        self._first = {*self._words, *self._scattered, *self._surfaces, *self._phrases, *self._class_words}

    def _learn(self, number: int, alternative: Alternative) -> None:
        match alternative.matcher:
            case AnyForm(surfaces=surfaces):
                self._surfaces.update(dict.fromkeys(surfaces, number))
            case AllWords(surfaces=surfaces) if alternative.tier != "scattered":
                for surface in surfaces:
                    self._learn_words(number, Phrase((surface,)), alternative.why)
            case AllWords(surfaces=surfaces):
                self._scattered.update({stem(surface): number for surface in surfaces})
            case AllParts(parts=parts):
                for name in (name for part in parts for name in part):
                    self._learn_words(number, name, alternative.why)
            case OnPages() as of_class:
                self._learn_class(number, of_class, alternative.why)
            case Phrase() as inside:
                self._learn_words(number, inside, alternative.why)
            case SectionsOfKind():
                pass  # a section of the kind has no words to mark

    def _learn_class(self, number: int, of_class: OnPages, why: str | None) -> None:
        """Two drugs may be of one class, each on the other's page: all needs that a word of it may meet are kept."""
        inside = of_class.words
        self._only_on[number] = of_class.monographs
        if len(inside.surfaces) == 1 and not inside.guard:
            self._class_words.setdefault(stem(inside.surfaces[0]), []).append(number)
        else:
            self._learn_words(number, inside, why)

    def _learn_words(self, number: int, inside: Phrase, why: str | None) -> None:
        """Words typed are learnt before their synonyms, and stay."""
        stems = tuple(map(stem, inside.surfaces))
        if len(stems) == 1 and not inside.guard:
            self._words.setdefault(stems[0], (number, inside.surfaces[0], why))
        else:
            self._phrases.setdefault(stems[0], []).append(_Phrase(inside, stems, number, why))

    def wanted(self, postings: Postings) -> npt.NDArray[np.bool_]:
        """(surfaces,) bool: the words of an index that can be marked at all."""
        every = (phrase for phrases in self._phrases.values() for phrase in phrases)
        phrases = (word for phrase in every for word in (*phrase.stems, *map(stem, phrase.words.guard)))
        return postings.wanted(self._surfaces, (*self._words, *self._scattered, *self._class_words, *phrases))

    def marks_of(self, short: str, *, page: int = NO_PAGE, scattered: bool = False) -> tuple[Mark, ...]:
        """The marks of a short text that recurs from page to page: a heading, a title. Few of them have any word of a query."""
        if self._first.isdisjoint(_words_of(short)):
            return ()
        return self.marks(occurrences(short), page=page, scattered=scattered)

    def marks(self, tokens: Sequence[Occurrence], *, page: int = NO_PAGE, scattered: bool = False) -> tuple[Mark, ...]:
        """The marks of a text of the index.

        Args:
            tokens: its tokens, or only those that are `wanted`.
            page: the monograph it is of. The class of a drug means that drug on pages of the others alone.
            scattered: mark the words of a unit where they stand apart, as in a section of that tier.
        """
        found: list[Mark] = []
        known = self._known
        last = len(tokens) - 1
        for row, (surface, position, start, end) in enumerate(tokens):
            phrases, why, need = known[surface] if surface in known else self._look_up(surface)
            if why == "class":
                found += [Mark(start, end, why, n) for n in self._class_words[stem(surface)]]
            elif why and (scattered or why != "scattered"):
                found.append(Mark(start, end, why, need))
            if not phrases:
                continue
            gap = tokens[row + 1][1] - position if row < last else _ALONE
            for reach, phrase in phrases:
                if reach >= gap and (mark := _phrase_mark(phrase, tokens, row)) is not None:
                    found.append(mark)  # few tokens begin a phrase
        if self._only_on:
            found = [m for m in found if m.why != "class" or page in self._only_on[m.need]]
        return _without_overlaps(found) if len(found) > 1 else tuple(found)

    def _look_up(self, surface: str) -> _Known:
        """What a surface means to this plan, remembered: a page of results has the same few words again and again."""
        stemmed = stem(surface)
        if stemmed not in self._first and surface not in self._first:
            self._known[surface] = _UNKNOWN
            return _UNKNOWN
        need, why = 0, ""
        if (word := self._words.get(stemmed)) is not None:
            need, why = word[0], word[2] or ("exact" if surface == word[1] else "form")
        elif surface in self._surfaces:
            need, why = self._surfaces[surface], "prefix"
        elif stemmed in self._class_words:
            why = "class"
        elif stemmed in self._scattered:
            need, why = self._scattered[stemmed], "scattered"
        phrases = tuple((phrase.reach, phrase) for phrase in self._phrases.get(stemmed, ()))
        known = self._known[surface] = _Known(phrases, why, need)
        return known


def _phrase_mark(phrase: _Phrase, tokens: Sequence[Occurrence], first: int) -> Mark | None:
    """The mark of a phrase that begins at a token of its first stem."""
    if _guarded(phrase, tokens, first):
        return None
    chain = [first]
    for number in range(1, len(phrase.stems)):
        step = phrase.words.positions[number] - phrase.words.positions[number - 1]
        following = _next(tokens, chain[-1], phrase.stems[number], step, phrase.words.slop)
        if following is None:
            return None
        chain.append(following)
    exact = all(tokens[i][0] == s for i, s in zip(chain, phrase.words.surfaces, strict=True))
    why = phrase.why or ("exact" if exact else "form")
    return Mark(tokens[first][2], tokens[chain[-1]][3], why, phrase.need)


def _guarded(phrase: _Phrase, tokens: Sequence[Occurrence], first: int) -> bool:
    """Whether the word just before makes it another thing."""
    if not phrase.words.guard or not first:
        return False
    before = tokens[first - 1]
    return before[1] == tokens[first][1] - 1 and stem(before[0]) in map(stem, phrase.words.guard)


def _next(tokens: Sequence[Occurrence], after: int, wanted: str, step: int, slop: int) -> int | None:
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
    return tuple([mark[:3] for mark in marks])


def reasons(marks: tuple[Mark, ...], *, named: bool) -> tuple[str, ...]:
    """Why a section is a hit, each reason once, in a fixed order."""
    found = {mark.why for mark in marks}
    return _ordered(frozenset((*found, "name") if named else found))


@lru_cache(maxsize=512)
def _ordered(reasons: frozenset[str]) -> tuple[str, ...]:
    return tuple(why for why in _WHY_ORDER if why in reasons)


def excerpts(
    text: str, marks: tuple[Mark, ...], of_drugs: frozenset[int], own: frozenset[int] = frozenset()
) -> tuple[Excerpt, ...]:
    """The passages of a section that show most of what was asked, in the order of the text; its beginning, if nothing matched.

    A need is shown where it is met in the best way the section has: the drug itself before its class.

    Args:
        text: of the section.
        marks: in it.
        of_drugs: needs that name a drug: that a passage denies something of the drug does not deny the drug.
        own: needs that the page meets by being about that drug: no passage is shown for those alone, if there are others.
    """
    passages = _passages(text)
    held = _held(passages, marks)
    if not held:
        return tuple(_excerpt(text, passage, [], of_drugs) for passage in passages[:1])
    needs = _shown(held, own)
    chosen: list[int] = []
    while needs and len(chosen) < MAX_EXCERPTS:
        best = max(needs, key=lambda row: (len(needs[row]), len(held[row]), -row))
        chosen.append(best)
        shown = needs[best]
        needs = {row: left for row, met in needs.items() if (left := met - shown)}
    return tuple(_excerpt(text, passages[row], held[row], of_drugs) for row in sorted(chosen))


def _shown(held: dict[int, list[Mark]], own: frozenset[int]) -> dict[int, set[int]]:
    """Passage number → the needs it meets in the best way that any passage does."""
    best: dict[int, int] = {}
    for inside in held.values():
        for mark in inside:
            way = _WAYS[mark.why]
            if way < best.get(mark.need, _WORST):
                best[mark.need] = way
    if not own.issuperset(best):
        best = {need: way for need, way in best.items() if need not in own}
    found = {row: {m.need for m in inside if best.get(m.need) == _WAYS[m.why]} for row, inside in held.items()}
    return {row: needs for row, needs in found.items() if needs}


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


@lru_cache(maxsize=2048)
def _passages(text: str) -> tuple[tuple[int, int], ...]:
    """Whole blocks (bullets, paragraphs) where they fit, else runs of whole sentences; a list with the line that announces it."""
    found: list[tuple[int, int]] = []
    opened: int | None = None  # where a passage begins that announced the blocks which follow
    begin = 0
    for block in text.split("\n"):
        end = begin + len(block)
        if block.strip():
            announced = bool(found) and text[found[-1][0] : found[-1][1]].rstrip().endswith(":")
            if announced and end - found[-1][0] <= EXCERPT_CHARS:
                opened = found[-1][0]
            if opened is not None and end - opened <= EXCERPT_CHARS:
                found[-1] = (opened, end)
            else:
                opened = None
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


def _excerpt(text: str, passage: tuple[int, int], inside: list[Mark], of_drugs: frozenset[int]) -> Excerpt:
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
    ranges = tuple([(begin + shift, end + shift, why) for begin, end, why, _ in inside])
    return Excerpt(lead + shown + tail, ranges, _denies(text, inside, of_drugs))


def _denies(text: str, marks: Sequence[Mark], of_drugs: frozenset[int]) -> bool:
    """Whether every mark, or every mark of some need but the names of drugs, stands in a negated clause."""
    ranges = denied_ranges(text) if marks else ()
    if not ranges:
        return False
    claimed: set[int] = set()
    denied: set[int] = set()
    for mark in marks:
        if mark.need not in of_drugs:
            inside = any(start <= mark.start < end for start, end in ranges)
            (denied if inside else claimed).add(mark.need)
    return bool(denied - claimed)


def _window(text: str, passage: tuple[int, int], first: int) -> tuple[int, int]:
    begin = max(passage[0], first - EXCERPT_CHARS // 2)
    end = min(passage[1], begin + 2 * EXCERPT_CHARS)
    if begin > passage[0]:
        begin = text.find(" ", begin, first) + 1 or first
    if end < passage[1]:
        space = text.rfind(" ", first, end)
        end = space if space > first else end
    return begin, end
