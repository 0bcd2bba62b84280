"""Where a text denies what it mentions, or advises against it: "does not cause drowsiness", "not recommended in pregnancy".

Rules over clauses, after NegEx (W. Chapman et al., "A simple algorithm for identifying negated findings and diseases in discharge
summaries", J. Biomed. Inform. 34, 2001): a cue denies what follows in its clause, some cues also what stands before them. Precision
and recall: docs/relevance.md. Knows nothing of tokens, queries or pages.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from search.errors import VocabularyError
from search.tables import read_table

Range = tuple[int, int]
"""Half-open, in code points."""

ROLES: Final = ("never", "before", "after", "end")

_SENTENCE: Final = re.compile(r"[^.!?;:\n]+(?:[.](?=\S)[^.!?;:\n]*)*")
_BREAK: Final = re.compile(r"\s[–—-]\s|, (?=(?:and|or|but) \w+ (?:is|are|may|can|will|should)\b)")
_SUBORDINATE: Final = re.compile(r"\W*(?:a: ?)?(?:while|although|though|if|when|since|even (?:if|though|when))\b")
_QUESTION: Final = re.compile(r"\?\s*$")
_PREFIX: Final = re.compile(r"\bnon[-‐‑ ]?(?=[a-z])(?!e\b|etheless)")
_NO: Final = re.compile(r"\W*no\b(?! (?:specific|known|special))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Cues:
    """The patterns of each role as one expression."""

    never: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    end: re.Pattern[str]


@cache
def _cues() -> _Cues:
    parts: dict[str, list[str]] = {role: [] for role in ROLES}
    for row in read_table("statements/tables/negation.tsv", ("role", "pattern", "source")):
        if row["role"] not in parts:
            raise VocabularyError(f"unknown role {row['role']!r}; use one of {', '.join(ROLES)}", **row.at)
        parts[row["role"]].append(row["pattern"])
    return _Cues(**{role: re.compile(rf"\b(?:{'|'.join(patterns)})\b") for role, patterns in parts.items()})


@lru_cache(maxsize=4096)
def denied_ranges(text: str) -> tuple[Range, ...]:
    """The ranges of a text that deny what they mention, in order; they may touch, never overlap."""
    lowered = text.lower().replace("’", "'")
    if len(lowered) != len(text) or not _may_deny(lowered):
        return () if len(lowered) == len(text) else denied_ranges(_same_length(text))
    ranges: list[Range] = []
    for sentence in _SENTENCE.finditer(lowered):
        if lowered[sentence.end() : sentence.end() + 1] != "?":
            ranges += _in_sentence(lowered, *sentence.span())
    return _merged(ranges)


def answers_no(heading: str, text: str) -> bool:
    """Whether a section is a question whose answer begins with No."""
    return bool(_QUESTION.search(heading)) and bool(_NO.match(text))


def asks(heading: str) -> bool:
    """Whether a heading is a question, which neither claims nor denies."""
    return bool(_QUESTION.search(heading))


def _may_deny(lowered: str) -> bool:
    return bool(_cues().after.search(lowered) or _cues().before.search(lowered) or "non" in lowered)


def _same_length(text: str) -> str:
    """Text whose lower case has another length (İ), with those characters as they are."""
    return "".join(char if len(char.lower()) == 1 else " " for char in text)


def _in_sentence(text: str, begin: int, end: int) -> list[Range]:
    cues = _cues()
    breaks = [m.span() for pattern in (cues.end, _BREAK) for m in pattern.finditer(text, begin, end)]
    never = [m.span() for m in cues.never.finditer(text, begin, end)]
    ranges: list[Range] = []
    for match in cues.before.finditer(text, begin, end):
        first = max((b for _, b in breaks if b <= match.start()), default=begin)
        ranges.append((first, _scope_end(text, breaks, match, begin, end)))
    for match in cues.after.finditer(text, begin, end):
        looks_only = any(a <= match.start() < b for a, b in never)
        twice = match[0] == "without" and any(a < match.start() for a, _ in ranges)  # "never … without" denies nothing
        if not looks_only and not twice:
            ranges.append((match.start(), _scope_end(text, breaks, match, begin, end)))
    for match in _PREFIX.finditer(text, begin, end):
        word = re.compile(r"[\w]+").match(text, match.end())
        ranges.append((match.start(), word.end() if word else match.end()))
    return ranges


def _scope_end(text: str, breaks: list[Range], cue: re.Match[str], begin: int, end: int) -> int:
    """Where the clause of a cue ends; a subordinate clause ("While it is not …,") at its comma."""
    stop = min((a for a, _ in breaks if a >= cue.end()), default=end)
    opened = max((a for a, _ in breaks if a <= cue.start()), default=begin)
    comma = text.find(",", cue.end(), stop)
    return comma if comma >= 0 and _SUBORDINATE.match(text, opened, cue.start()) else stop


def _merged(ranges: list[Range]) -> tuple[Range, ...]:
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif end > start:
            merged.append((start, end))
    return tuple(merged)
