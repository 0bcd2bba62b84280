"""One word as written → its folded surface, and a surface → its stem. Pure functions of the word and the data files.

Folded: case, diacritics, ligatures, width, Greek letters, the micro sign, British spelling (docs/query-language.md).
Knows nothing of texts, positions, pages or queries.
"""

import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

import Stemmer

from search.analysis.word_lists import fold_rules, stem_exceptions, word_families

GREEK: Final = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau "
        "upsilon phi chi psi omega".split(),
        strict=True,
    )
)
"""Greek letter → its name; a letter in a word of another script is read by its name."""

GREEK_NAMES: Final = frozenset(GREEK.values())

# After NFKC the micro sign is the Greek mu. "ug" is how µg is typed where there is no µ; mcg is the safe way to write it.
_MICRO_UNITS: Final = {"μg": "mcg", "ug": "mcg", "μl": "ul", "μmol": "umol", "μm": "um", "μs": "us", "μkat": "ukat"}

_LETTERS: Final = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})

_IGNORED: Final = dict.fromkeys(map(ord, "'’ʼ\u00ad\u200b\u200c\u200d\u2060\ufeff"))


class Piece(NamedTuple):
    """A searchable part of a written word. Offsets are code points in that word; `written` is its lower case, unfolded."""

    surface: str
    written: str
    start: int
    end: int


@lru_cache(maxsize=1 << 17)
def pieces(word: str) -> tuple[Piece, ...]:
    """The parts of one word: one, but for Greek letters beside others (TNFα) and for fractions (½)."""
    if word.isascii():
        lowered = word.lower().translate(_IGNORED)
        return (Piece(fold_spelling(_MICRO_UNITS.get(lowered, lowered)), lowered, 0, len(word)),)
    found: list[Piece] = []
    for start, end in _runs(word):
        plain = _plain(word[start:end])
        if not plain:
            continue
        if plain in _MICRO_UNITS:
            found.append(Piece(_MICRO_UNITS[plain], plain, start, end))
        elif plain in GREEK:
            found.append(Piece(GREEK[plain], plain, start, end))
        else:
            found += [Piece(fold_spelling(part), part, start, end) for part in plain.split("⁄")]
    return tuple(found)


def _runs(word: str) -> list[tuple[int, int]]:
    """Where a word changes between Greek letters and others; a word of Greek letters alone, or a unit, stays whole."""
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
    """The American spelling of a lower-case word, where a rule knows it: haemorrhage → hemorrhage."""
    rules = fold_rules()
    if len(word) < 4 or word in rules.exceptions:
        return word
    known = rules.words.get(word)
    if known is not None:
        return known
    return rules.pattern.sub(lambda match: rules.replacements[match[0]], word)


_snowball = Stemmer.Stemmer("english", 0)


@lru_cache(maxsize=1 << 17)
def stem(surface: str) -> str:
    """The stem of a folded surface: Snowball English (Porter2), then the stem of its word family.

    Words with a digit, and the listed exceptions, keep their own.

    Source: M. F. Porter, "Snowball: a language for stemming algorithms", 2001.
    """
    kept = stem_exceptions().get(surface)
    if kept is not None:
        return kept
    if not surface.isalpha():
        return surface
    families = word_families()
    if surface.endswith(families.ending[0]) and families.pattern.fullmatch(surface):
        surface = surface.removesuffix(families.ending[0]) + families.ending[1]
    stemmed = str(_snowball.stemWord(surface))
    return families.stems.get(stemmed, stemmed)
