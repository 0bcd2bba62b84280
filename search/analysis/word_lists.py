"""The word lists of analysis and query: folds, stems, function words. Data in, plain values out.

Knows nothing of monographs, indexes or queries.
"""

import re
from dataclasses import dataclass
from functools import cache

from search.errors import VocabularyError
from search.tables import read_table

FOLD_PLACES = ("word", "start", "within", "ending")

# What may stand before -ise, -isation: hospital-ise, steril-ise, computer-ise. Keeps arise, exercise, precise, disease, promise.
_BEFORE_ISE = (
    rf"(?<=[a-z]{{3}})(?:{'|'.join(f'(?<={end})' for end in 'al il ol ul ar er an in on im um id et it'.split())})"
)


@dataclass(frozen=True, slots=True)
class FoldRules:
    """British → American spelling: whole words, a pattern that finds the rules' places, and words no rule may touch."""

    words: dict[str, str]
    pattern: re.Pattern[str]
    replacements: dict[str, str]
    exceptions: frozenset[str]


@cache
def fold_rules() -> FoldRules:
    """The rules of uk_us_folds.tsv, compiled.

    Raises:
        VocabularyError: a row names an unknown place.
    """
    words: dict[str, str] = {}
    parts: dict[str, list[str]] = {place: [] for place in FOLD_PLACES}
    replacements: dict[str, str] = {}
    for row in read_table("analysis/tables/uk_us_folds.tsv", ("where", "uk", "us", "source")):
        place, uk, us = row["where"], row["uk"], row["us"]
        if place not in FOLD_PLACES:
            raise VocabularyError(f"unknown place {place!r}; use one of {', '.join(FOLD_PLACES)}", **row.at)
        if place == "word":
            words[uk] = us
        else:
            parts[place].append(uk)
            replacements[uk] = us
    longest_first = {place: "|".join(sorted(map(re.escape, p), key=len, reverse=True)) for place, p in parts.items()}
    pattern = (
        rf"^(?:{longest_first['start']})|(?:{longest_first['within']})|{_BEFORE_ISE}(?:{longest_first['ending']})$"
    )
    exceptions = frozenset(
        row["word"] for row in read_table("analysis/tables/fold_exceptions.tsv", ("word", "reason", "source"))
    )
    return FoldRules(words, re.compile(pattern), replacements, exceptions)


@cache
def stem_exceptions() -> dict[str, str]:
    """Word → the stem it keeps, against Snowball's own."""
    return {
        row["word"]: row["stem"]
        for row in read_table("analysis/tables/stem_exceptions.tsv", ("word", "stem", "source"))
    }


@dataclass(frozen=True, slots=True)
class WordFamilies:
    """Stems that become another's, and a pattern of words whose ending (`ending`) is replaced before stemming."""

    stems: dict[str, str]
    pattern: re.Pattern[str]
    ending: tuple[str, str]


@cache
def word_families() -> WordFamilies:
    """The families of word_families.tsv.

    Raises:
        VocabularyError: a row names an unknown place, or there is not one pattern.
    """
    stems: dict[str, str] = {}
    patterns: list[tuple[re.Pattern[str], tuple[str, str]]] = []
    for row in read_table("analysis/tables/word_families.tsv", ("where", "word", "becomes", "source")):
        if row["where"] == "stem":
            stems[row["word"]] = row["becomes"]
        elif row["where"] == "pattern" and not patterns:
            old, _, new = row["becomes"].partition(">")
            patterns.append((re.compile(rf"\w*{row['word']}"), (old, new)))
        else:
            raise VocabularyError(f"unknown place {row['where']!r}; use stem, or pattern once", **row.at)
    pattern, ending = patterns[0]
    return WordFamilies(stems, pattern, ending)


@cache
def function_words() -> frozenset[str]:
    """Words that shape a question without saying what it is about."""
    return frozenset(
        row["word"] for row in read_table("analysis/tables/function_words.tsv", ("word", "role", "source"))
    )


@cache
def denials() -> frozenset[str]:
    """Function words that deny what follows."""
    rows = read_table("analysis/tables/function_words.tsv", ("word", "role", "source"))
    return frozenset(row["word"] for row in rows if row["role"] == "negation")
