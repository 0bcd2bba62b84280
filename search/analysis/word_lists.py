"""Loads the word lists of the analysis from its tables: folds, stems, words of the tokenizer, function words.

Each list is read once a process. Knows nothing of texts, monographs, indexes or queries.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from search.errors import VocabularyError
from search.tables import read_table

FOLD_PLACES: Final = ("word", "start", "within", "ending")
"""Where in a word a spelling rule may act, as uk_us_folds.tsv says it."""

# What may stand before -ise, -isation: hospital-ise, steril-ise, computer-ise. Keeps arise, exercise, precise, disease, promise.
_BEFORE_ISE: Final = (
    rf"(?<=[a-z]{{3}})(?:{'|'.join(f'(?<={end})' for end in 'al il ol ul ar er an in on im um id et it'.split())})"
)


@dataclass(frozen=True, slots=True)
class FoldRules:
    """How British spelling becomes American.

    `words`: whole words. `pattern` finds the parts of other words that change, `replacements` what each becomes.
    `exceptions`: words that no rule may touch.
    """

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
    """Word → the stem it is given, where Snowball would join it to a word of another meaning (stem_exceptions.tsv)."""
    return {
        row["word"]: row["stem"]
        for row in read_table("analysis/tables/stem_exceptions.tsv", ("word", "stem", "source"))
    }


@dataclass(frozen=True, slots=True)
class WordFamilies:
    """Words of one family that Snowball gives different stems.

    `stems`: a Snowball stem → the stem of its family. Words that match `pattern` have their `ending` replaced by
    `replacement` before they are stemmed (hypocalcemic as hypocalcemia).
    """

    stems: dict[str, str]
    pattern: re.Pattern[str]
    ending: str
    replacement: str


@cache
def word_families() -> WordFamilies:
    """The families of word_families.tsv.

    Raises:
        VocabularyError: a row names an unknown place, or there is not one pattern.
    """
    stems: dict[str, str] = {}
    patterns: list[tuple[re.Pattern[str], str, str]] = []
    for row in read_table("analysis/tables/word_families.tsv", ("where", "word", "becomes", "source")):
        if row["where"] == "stem":
            stems[row["word"]] = row["becomes"]
        elif row["where"] == "pattern" and not patterns:
            ending, _, replacement = row["becomes"].partition(">")
            patterns.append((re.compile(rf"\w*{row['word']}"), ending, replacement))
        else:
            raise VocabularyError(f"unknown place {row['where']!r}; use stem, or pattern once", **row.at)
    return WordFamilies(stems, *patterns[0])


@dataclass(frozen=True, slots=True)
class TokenWords:
    """Words that decide how full stops and numbers are read (token_words.tsv).

    `abbreviations`: a full stop behind them ends no clause. `measures`: before them, letters and a number are no code
    ("give 5 mg"). `amounts`: they are no letters of a code themselves ("every 6").
    """

    abbreviations: frozenset[str]
    measures: frozenset[str]
    amounts: frozenset[str]


@cache
def token_words() -> TokenWords:
    """The words of token_words.tsv, by role.

    Raises:
        VocabularyError: a row names an unknown role.
    """
    words: dict[str, set[str]] = {"abbreviation": set(), "measure": set(), "amount": set()}
    for row in read_table("analysis/tables/token_words.tsv", ("word", "role", "source")):
        if row["role"] not in words:
            raise VocabularyError(f"unknown role {row['role']!r}; use one of {', '.join(words)}", **row.at)
        words[row["role"]].add(row["word"])
    return TokenWords(frozenset(words["abbreviation"]), frozenset(words["measure"]), frozenset(words["amount"]))


@cache
def function_words() -> frozenset[str]:
    """Words that shape a question without saying what it is about, of every role (function_words.tsv)."""
    return frozenset(
        row["word"] for row in read_table("analysis/tables/function_words.tsv", ("word", "role", "source"))
    )


@cache
def denials() -> frozenset[str]:
    """The function words that deny what follows, such as "no" and "without"."""
    rows = read_table("analysis/tables/function_words.tsv", ("word", "role", "source"))
    return frozenset(row["word"] for row in rows if row["role"] == "negation")
