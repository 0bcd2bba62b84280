"""Finds which words of a text matched a plan, as ranges of the text. Never HTML; knows nothing of ranking or of excerpts.

Ranges are half-open, in code points, sorted, and never overlap. A phrase is one mark.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from search.analysis import Occurrence, occurrences, stem
from search.highlight.phrases import WORD_ALONE, MarkedPhrase, end_of_phrase
from search.index import Postings
from search.model import REASONS, Match, Reason
from search.query import (
    AllParts,
    AllWords,
    Alternative,
    AnyForm,
    OnPages,
    Phrase,
    Plan,
    SectionsOfKind,
    SectionsOfPages,
)

NO_PAGE: Final = -1
"""The monograph of a text that is of none."""


class Mark(NamedTuple):
    """A range that matched, why, and which need of the plan it meets; a tuple, as a page makes hundreds."""

    start: int
    end: int
    why: Reason
    need: int


@dataclass(slots=True)
class _StemMeaning:
    """What a stem means to a plan, gathered from its alternatives.

    `typed`: the need it meets as a word, the surface typed, and why it is marked (None: by its form). `scattered`: the need
    whose unit it is a word of, marked only where units stand apart. `class_needs`: the drugs whose class it names.
    `phrases` begin with it.
    """

    typed: tuple[int, str, Reason | None] | None = None
    scattered: int | None = None
    class_needs: list[int] = field(default_factory=list)
    phrases: list[MarkedPhrase] = field(default_factory=list)


class _WordMeaning(NamedTuple):
    """What one surface means to a plan.

    `phrases` it may begin, each with the largest gap to its second word; why it is marked (None if it is not); the need it
    meets, or of a class the needs, as two drugs may be of one class.
    """

    phrases: tuple[tuple[int, MarkedPhrase], ...] = ()
    why: Reason | None = None
    need: int = 0
    class_needs: tuple[int, ...] = ()


_UNKNOWN: Final = _WordMeaning()


class Marker:
    """Finds the marks of one plan in any text."""

    def __init__(self, plan: Plan) -> None:
        self.names = frozenset(number for number, need in enumerate(plan.required) if need.about != "finding")
        self._by_stem: dict[str, _StemMeaning] = {}
        self._prefixed: dict[str, int] = {}  # surface → need
        self._pages_of_class: dict[int, frozenset[int]] = {}  # need → the only pages on which its class means the drug
        for number, need in enumerate(plan.required):
            for alternative in need.alternatives:
                self._learn(number, alternative)
        self._first_words = {*self._by_stem, *self._prefixed}
        self._meanings: dict[str, _WordMeaning] = {}

    def wanted(self, postings: Postings) -> npt.NDArray[np.bool_]:
        """(surfaces,) bool: the words of an index that can be marked at all."""
        phrases = [phrase for meaning in self._by_stem.values() for phrase in meaning.phrases]
        inside = (word for phrase in phrases for word in (*phrase.stems, *map(stem, phrase.words.guard)))
        return postings.wanted(self._prefixed, {*self._by_stem, *inside})

    def marks_of(self, short: str, *, page: int = NO_PAGE, scattered: bool = False) -> tuple[Mark, ...]:
        """The marks of a short text that recurs from page to page: a heading, a title. Few of them have any word of a query."""
        if self._first_words.isdisjoint(_words_of(short)):
            return ()
        return self.marks(occurrences(short), page=page, scattered=scattered)

    def marks(self, tokens: Sequence[Occurrence], *, page: int = NO_PAGE, scattered: bool = False) -> tuple[Mark, ...]:
        """The marks of a text of the index.

        Args:
            tokens: its tokens, or only those that are `wanted`.
            page: the monograph it is of. The class of a drug means that drug on pages of the others alone.
            scattered: mark the words of a unit where they stand apart, as in a section of that tier.
        """
        marks: list[Mark] = []
        meanings = self._meanings
        last = len(tokens) - 1
        for row, (surface, position, start, end) in enumerate(tokens):
            phrases, why, need, class_needs = meanings[surface] if surface in meanings else self._meaning(surface)
            if class_needs:
                marks += [Mark(start, end, "class", number) for number in class_needs]
            elif why is not None and (scattered or why != "scattered"):
                marks.append(Mark(start, end, why, need))
            if not phrases:
                continue
            gap = tokens[row + 1][1] - position if row < last else WORD_ALONE
            for reach, phrase in phrases:
                if reach >= gap and (mark := _phrase_mark(phrase, tokens, row)) is not None:
                    marks.append(mark)  # few tokens begin a phrase
        if self._pages_of_class:
            marks = [mark for mark in marks if mark.why != "class" or page in self._pages_of_class[mark.need]]
        return _without_overlaps(marks) if len(marks) > 1 else tuple(marks)

    def _learn(self, number: int, alternative: Alternative) -> None:
        """Take in an alternative of the `number`-th need. What was typed is learnt before its synonyms, and stays."""
        match alternative.matcher:
            case AnyForm(surfaces=surfaces):
                self._prefixed.update(dict.fromkeys(surfaces, number))
            case AllWords() as words:
                self._learn_words(number, words, alternative)
            case AllParts(parts=parts):
                for name in (name for part in parts for name in part):
                    self._learn_phrase(number, name, alternative.why)
            case OnPages() as of_class:
                self._learn_class(number, of_class, alternative.why)
            case Phrase() as phrase:
                self._learn_phrase(number, phrase, alternative.why)
            case SectionsOfKind() | SectionsOfPages():
                pass  # a section of the kind, or of a member of the class, has no words to mark

    def _learn_words(self, number: int, words: AllWords, alternative: Alternative) -> None:
        """Words that may stand anywhere: each is marked, those of a unit only where units stand apart."""
        for surface in words.surfaces:
            if alternative.tier == "scattered":
                self._of_stem(stem(surface)).scattered = number
            else:
                self._learn_phrase(number, Phrase((surface,)), alternative.why)

    def _learn_class(self, number: int, of_class: OnPages, why: Reason | None) -> None:
        phrase = of_class.words
        self._pages_of_class[number] = of_class.monographs
        if len(phrase.surfaces) == 1 and not phrase.guard:
            self._of_stem(stem(phrase.surfaces[0])).class_needs.append(number)
        else:
            self._learn_phrase(number, phrase, why)

    def _learn_phrase(self, number: int, phrase: Phrase, why: Reason | None) -> None:
        stems = tuple(map(stem, phrase.surfaces))
        meaning = self._of_stem(stems[0])
        if len(stems) > 1 or phrase.guard:
            meaning.phrases.append(MarkedPhrase(phrase, stems, number, why))
        elif meaning.typed is None:
            meaning.typed = (number, phrase.surfaces[0], why)

    def _of_stem(self, stemmed: str) -> _StemMeaning:
        return self._by_stem.setdefault(stemmed, _StemMeaning())

    def _meaning(self, surface: str) -> _WordMeaning:
        """What a surface means to this plan, remembered: a page of results has the same few words again and again."""
        meaning = self._meanings[surface] = self._look_up(surface)
        return meaning

    def _look_up(self, surface: str) -> _WordMeaning:
        of_stem = self._by_stem.get(stem(surface))
        prefixed = self._prefixed.get(surface)
        if of_stem is None:
            return _UNKNOWN if prefixed is None else _WordMeaning((), "prefix", prefixed)
        phrases = tuple((phrase.reach, phrase) for phrase in of_stem.phrases)
        if of_stem.typed is not None:
            need, typed, why = of_stem.typed
            return _WordMeaning(phrases, why or ("exact" if surface == typed else "form"), need)
        if prefixed is not None:
            return _WordMeaning(phrases, "prefix", prefixed)
        if of_stem.class_needs:
            return _WordMeaning(phrases, "class", 0, tuple(of_stem.class_needs))
        if of_stem.scattered is not None:
            return _WordMeaning(phrases, "scattered", of_stem.scattered)
        return _WordMeaning(phrases)


def matches(marks: Iterable[Mark]) -> tuple[Match, ...]:
    """Marks as the plain ranges of a result."""
    return tuple([mark[:3] for mark in marks])


def reasons(marks: Iterable[Mark], *, named: bool) -> tuple[Reason, ...]:
    """Why a section is a hit, each reason once, in the order of `REASONS`."""
    of_marks: set[Reason] = {mark.why for mark in marks}
    return _ordered(frozenset((*of_marks, "name") if named else of_marks))


@lru_cache(maxsize=512)
def _ordered(reasons: frozenset[Reason]) -> tuple[Reason, ...]:
    return tuple(why for why in REASONS if why in reasons)


@lru_cache(maxsize=8192)
def _words_of(short: str) -> frozenset[str]:
    """Every surface and stem of a short text."""
    surfaces = [token[0] for token in occurrences(short)]
    return frozenset((*surfaces, *map(stem, surfaces)))


def _phrase_mark(phrase: MarkedPhrase, tokens: Sequence[Occurrence], first: int) -> Mark | None:
    """The mark of a phrase that begins at a token of its first stem."""
    end, exact = end_of_phrase(phrase, tokens, first)
    if end is None:
        return None
    return Mark(tokens[first][2], end, phrase.why or ("exact" if exact else "form"), phrase.need)


def _without_overlaps(marks: list[Mark]) -> tuple[Mark, ...]:
    """In order, the longest first where two begin together; one that begins inside another is dropped."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return tuple(kept)
