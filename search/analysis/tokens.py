"""Cuts text into tokens, the same way for pages and queries. Every token knows its place in the text as written.

    line → words and numbers (`_WORD`) → pieces (`folding`: case, marks, Greek, spelling) → codes (B-12, COX 2) → positions

There is no stop list: "not recommended" and "recommended" differ. Knows nothing of fields, sections or queries.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from search.analysis.folding import GREEK_NAMES, pieces
from search.analysis.word_lists import function_words, token_words

BLOCK_GAP: Final = 16
"""Positions added at the end of a line, which ends a block (a paragraph, an item): no phrase, whatever words it may skip,
crosses from one block to the next."""

CLAUSE_GAP: Final = 4
"""Positions added at the end of a clause, so that "is low. Calcium" is not low calcium. A phrase typed with its full stop
is analysed alike, and still matches."""

HYPHENS: Final = "-\u2010\u2011\u2012\u2013\u2212"
"""All characters that are read as a hyphen, the minus sign and the en dash among them."""

_INVISIBLE = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
_WORD: Final = re.compile(
    r"(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])\.?"  # i.v., U.S.
    r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+\.\d+|(?<![\w.])\.\d+|\d+"  # 1,000 · 2.5 · .5 · 5
    rf"|[^\W\d_](?:[^\W_]|[{_INVISIBLE}])*(?:['’ʼ](?:s|t|re|ve|ll|d|m)(?![^\W_]))?",  # words, codes, St John's
    re.IGNORECASE,
)
_CLAUSE_END: Final = re.compile(r"[.;:!?]['\"”’)\]]*(?:\s|$)")


class Token(NamedTuple):
    """One searchable word. A tuple and no dataclass, since a corpus has millions of them.

    `surface` is folded, `written` its lower case unfolded. `position` counts words, with gaps between clauses and blocks.
    `start` and `end` are offsets in the text as written, in code points.
    """

    surface: str
    position: int
    start: int
    end: int
    written: str


@dataclass(slots=True)
class _Word:
    """A word that has no position yet; `gap` is the text between it and the word before it on the same line."""

    surface: str
    written: str
    start: int
    end: int
    gap: str


Occurrence = tuple[str, int, int, int]
"""Surface, position, start, end of a token, as in `Token`: what highlighting reads, from the index or from `occurrences`."""


@lru_cache(maxsize=4096)
def occurrences(text: str) -> tuple[Occurrence, ...]:
    """The tokens of a short text such as a heading; cached, since headings recur from page to page."""
    return tuple(token[:4] for token in analyse(text))


def analyse(text: str) -> list[Token]:
    """The tokens of a text, in order of position.

    Letters and a number that are one code ("B-12", "COX 2") are one token. Where a space stands between them, both parts
    are tokens as well, at the same position as the code.
    """
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
"""The surfaces of a name or a term, a code as one surface: names with the same key are the same name."""


def codes_for_parts(tokens: list[Token]) -> list[Token]:
    """One token a position: of a code and its parts, the code alone ("B 12" is b12), as a query means it."""
    widest: dict[int, Token] = {}
    for token in tokens:
        rival = widest.get(token.position)
        if rival is None or token.end - token.start > rival.end - rival.start:
            widest[token.position] = token
    return list(widest.values())


@lru_cache(maxsize=1 << 15)
def term_key(text: str) -> Key:
    """The key of a name or a term: its surfaces, a code as one surface."""
    return tuple(token.surface for token in codes_for_parts(analyse(text)))


def _words(line: str, offset: int) -> Iterator[_Word]:
    """The words and numbers of a line that begins `offset` code points into the text."""
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
    """Whether a clause ends in a gap behind the word `before`: at its punctuation, but not at the full stop of "e.g."."""
    return _CLAUSE_END.search(gap) is not None and not (
        gap[0] == "." and (len(before) == 1 or before in token_words().abbreviations)
    )


def _code_gap(words: list[_Word], index: int) -> str | None:
    """What stands between the letters at `index` and the number behind them: "" (β2), a hyphen (COX-2) or a space (COX 2).

    None where the two are no code.
    """
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
    """Whether letters and a number with a space between are a code and no amount, as "every 6" and "up to 10 mg" are."""
    if number.gap != " " or letters.surface in function_words() or letters.surface in token_words().amounts:
        return False
    return after is None or not after.gap.isspace() or after.surface not in token_words().measures


def _is_code_letters(surface: str) -> bool:
    return surface in GREEK_NAMES or (len(surface) <= 5 and surface.isalpha())
