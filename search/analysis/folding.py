"""Folds a word as written to its surface: the one form under which all its spellings are indexed and searched.

Folded are case, diacritics, ligatures, width, Greek letters, the micro sign and British spelling (docs/query-language.md).
Pure functions of the word and the data files. Knows nothing of stems, texts, positions, pages or queries.
"""

import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from search.analysis.word_lists import fold_rules

GREEK: Final = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau "
        "upsilon phi chi psi omega".split(),
        strict=True,
    )
)
"""Greek letter → its name in English: "TNFα" is indexed as "tnf alpha"."""

GREEK_NAMES: Final = frozenset(GREEK.values())
"""The names of all Greek letters."""

# After NFKC the micro sign is the Greek mu. "ug" is how µg is typed where there is no µ; mcg is the safe way to write it.
_MICRO_UNITS: Final = {"μg": "mcg", "ug": "mcg", "μl": "ul", "μmol": "umol", "μm": "um", "μs": "us", "μkat": "ukat"}

_LETTERS: Final = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})

_IGNORED: Final = dict.fromkeys(map(ord, "'’ʼ\u00ad\u200b\u200c\u200d\u2060\ufeff"))


class Piece(NamedTuple):
    """A searchable part of a written word.

    `surface` is folded; `written` is its lower case, unfolded. `start` and `end` are offsets in the word, in code points.
    """

    surface: str
    written: str
    start: int
    end: int


@lru_cache(maxsize=1 << 17)
def pieces(word: str) -> tuple[Piece, ...]:
    """The searchable parts of one word as written, in its order; none where nothing but marks is left.

    Nearly always one. More where Greek letters stand beside others ("TNFα": tnf, alpha) and for fractions ("½": 1, 2).
    """
    if word.isascii():
        lowered = word.lower().translate(_IGNORED)
        return (Piece(fold_spelling(_MICRO_UNITS.get(lowered, lowered)), lowered, 0, len(word)),)
    parts: list[Piece] = []
    for start, end in _runs(word):
        plain = _plain(word[start:end])
        if not plain:
            continue
        if plain in _MICRO_UNITS:
            parts.append(Piece(_MICRO_UNITS[plain], plain, start, end))
        elif plain in GREEK:
            parts.append(Piece(GREEK[plain], plain, start, end))
        else:
            parts += [Piece(fold_spelling(part), part, start, end) for part in plain.split("⁄")]
    return tuple(parts)


def _runs(word: str) -> list[tuple[int, int]]:
    """The stretches (start, end) of a word that are each one Greek letter, or other letters.

    A word of Greek letters alone, and a unit ("μg"), stay whole.
    """
    greek = [_plain(char) in GREEK for char in word]
    marks = [unicodedata.combining(char) != 0 or not char.isalnum() for char in word]
    if _plain(word) in _MICRO_UNITS or (all(g or m for g, m in zip(greek, marks, strict=True)) and sum(greek) > 1):
        return [(0, len(word))]
    runs: list[tuple[int, int]] = []
    start = 0
    for i in range(1, len(word)):
        if not marks[i] and (greek[i] or greek[i - 1]):
            runs.append((start, i))
            start = i
    return [*runs, (start, len(word))]


def _plain(text: str) -> str:
    """Lower case without diacritics, ligatures, width or invisible characters."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_IGNORED).translate(_LETTERS))
    return unicodedata.normalize("NFKC", "".join(c for c in decomposed if not unicodedata.combining(c))).casefold()


@lru_cache(maxsize=1 << 17)
def fold_spelling(word: str) -> str:
    """The American spelling of a lower-case word where a rule knows one (haemorrhage → hemorrhage), else the word itself."""
    rules = fold_rules()
    if len(word) < 4 or word in rules.exceptions:
        return word
    american = rules.words.get(word)
    if american is not None:
        return american
    return rules.pattern.sub(lambda match: rules.replacements[match[0]], word)
