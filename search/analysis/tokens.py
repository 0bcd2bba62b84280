"""Text → tokens; the same for pages and queries. Every token knows its place in the text as written.

    line → words and numbers (`_WORD`) → pieces (`folding`: case, marks, Greek, spelling) → compounds (B-12, COX 2) → positions

There is no stop list: "not recommended" and "recommended" differ. Knows nothing of fields, sections or queries.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from search.analysis.folding import GREEK_NAMES, pieces
from search.analysis.word_lists import function_words

BLOCK_GAP: Final = 16
"""Positions between two blocks: no phrase, whatever words it may skip, crosses from one to the next."""

CLAUSE_GAP: Final = 4
"""Positions added at the end of a clause, so that "is low. Calcium" is not low calcium. A phrase typed with its full stop
is analysed alike, and still matches."""

HYPHENS: Final = "-\u2010\u2011\u2012\u2013\u2212"

_INVISIBLE = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
_WORD: Final = re.compile(
    r"(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])\.?"  # i.v., U.S.
    r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+\.\d+|(?<![\w.])\.\d+|\d+"  # 1,000 · 2.5 · .5 · 5
    rf"|[^\W\d_](?:[^\W_]|[{_INVISIBLE}])*(?:['’ʼ](?:s|t|re|ve|ll|d|m)(?![^\W_]))?",  # words, codes, St John's
    re.IGNORECASE,
)
_CLAUSE_END: Final = re.compile(r"[.;:!?]['\"”’)\]]*(?:\s|$)")
_ABBREVIATIONS: Final = frozenset("st dr mr mrs ms prof vs eg ie approx no fig viz cf sp spp".split())

# What a number counts or measures, after which letters and number are no code: "give 5 mg", "May 12".
_NO_CODE_BEFORE: Final = frozenset(
    "mg g kg mcg ng l ml ul dl iu u unit units mmol umol mol mm cm m hz kcal percent day days hour hours hr hrs h week weeks "
    "month months year years yr yrs minute minutes min second seconds time times tablet tablets capsule capsules dose doses "
    "drop drops puff puffs january february march april may june july august september october november december".split()
)
_NO_CODE_LETTERS: Final = frozenset(
    "every about after over under least most than age aged up within until before total jan feb mar apr jun jul aug sep sept "
    "oct nov dec may june july march april".split()
)


class Token(NamedTuple):
    """One searchable word; a tuple and no dataclass, as a corpus makes millions.

    `surface` is folded, `written` its lower case unfolded; `start`, `end` are code points of the text as written.
    """

    surface: str
    position: int
    start: int
    end: int
    written: str


@dataclass(slots=True)
class _Word:
    """A piece before it has a position; `gap` is what stands between it and the word before, on the same line."""

    surface: str
    written: str
    start: int
    end: int
    gap: str


Occurrence = tuple[str, int, int, int]
"""Surface, position, start, end of a token: what highlighting reads, from the arrays or from `occurrences`."""


@lru_cache(maxsize=4096)
def occurrences(text: str) -> tuple[Occurrence, ...]:
    """The tokens of a short text (a heading, a title), which recurs from page to page."""
    return tuple(token[:4] for token in analyse(text))


def analyse(text: str) -> list[Token]:
    """The tokens of a text, in order of position. A compound written with a space stands at the position of its parts."""
    tokens: list[Token] = []
    position = 0
    offset = 0
    for line in text.split("\n"):
        words = list(_words(line, offset))
        index = 0
        while index < len(words):
            word = words[index]
            if index and word.gap != " " and _ends_clause(words[index - 1].surface, word.gap):
                position += CLAUSE_GAP
            gap = _code_gap(words, index)
            if gap is None:
                tokens.append(Token(word.surface, position, word.start, word.end, word.written))
                index += 1
            else:
                number = words[index + 1]
                if gap == " ":
                    tokens += [Token(w.surface, position, w.start, w.end, w.written) for w in (word, number)]
                code = word.surface + number.surface
                tokens.append(Token(code, position, word.start, number.end, code))
                index += 2
            position += 1
        offset += len(line) + 1
        position += BLOCK_GAP
    return tokens


Key = tuple[str, ...]
"""The surfaces of a name or a term, codes as one: what names are compared by."""


def codes_for_parts(tokens: list[Token]) -> list[Token]:
    """Tokens with one at each position: the code where there is one ("B 12" is b12 alone), as a query means it."""
    widest: dict[int, Token] = {}
    for token in tokens:
        there = widest.get(token.position)
        if there is None or token.end - token.start > there.end - there.start:
            widest[token.position] = token
    return list(widest.values())


@lru_cache(maxsize=1 << 15)
def term_key(text: str) -> Key:
    """The surfaces of a text, codes as one."""
    return tuple(token.surface for token in codes_for_parts(analyse(text)))


def _words(line: str, offset: int) -> Iterator[_Word]:
    end = 0
    for match in _WORD.finditer(line):
        raw = match[0]
        gap = line[end : match.start()]
        end = match.end()
        if raw[0].isdecimal() or raw[0] == ".":
            surface = _number(raw)
            yield _Word(surface, surface, offset + match.start(), offset + end, gap)
            continue
        for piece in pieces(raw.replace(".", "")) if "." in raw else pieces(raw):
            stop = end if "." in raw else match.start() + piece.end
            yield _Word(piece.surface, piece.written, offset + match.start() + piece.start, offset + stop, gap)
            gap = ""


def _number(raw: str) -> str:
    """1,000 → 1000; .5 → 0.5; 2.50 → 2.5: one way to write one number, so that 2.5 mg is never 25 mg."""
    whole, point, decimals = raw.replace(",", "").partition(".")
    decimals = decimals.rstrip("0")
    return (whole or "0") + (point + decimals if decimals else "")


def _ends_clause(before: str, gap: str) -> bool:
    return _CLAUSE_END.search(gap) is not None and not (
        gap[0] == "." and (len(before) == 1 or before in _ABBREVIATIONS)
    )


def _code_gap(words: list[_Word], index: int) -> str | None:
    """What joins letters and number at `index` to one code ("" β2, "-" COX-2, " " COX 2); None where there is no code."""
    if index + 1 >= len(words):
        return None
    letters, number = words[index], words[index + 1]
    if not (number.surface.isdecimal() and len(number.surface) <= 2 and _is_code_letters(letters.surface)):
        return None
    after = words[index + 2] if index + 2 < len(words) else None
    if after is not None and after.gap == "" and after.surface not in GREEK_NAMES:
        return None  # interferon beta-1a
    joined = number.gap == "" or (len(number.gap) == 1 and number.gap in HYPHENS)
    return number.gap if joined or _is_spaced_code(letters, number, after) else None


def _is_spaced_code(letters: _Word, number: _Word, after: _Word | None) -> bool:
    """Whether letters and a number with a space between are a code, and no amount: not "every 6", nor "up to 10 mg"."""
    if number.gap != " " or letters.surface in function_words() or letters.surface in _NO_CODE_LETTERS:
        return False
    return after is None or not after.gap.isspace() or after.surface not in _NO_CODE_BEFORE


def _is_code_letters(surface: str) -> bool:
    return surface in GREEK_NAMES or (len(surface) <= 5 and surface.isalpha())
