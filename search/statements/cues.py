"""The cues of tables/roles.tsv, and where they stand in a text.

A cue is looked for only where its first word stands: a dictionary is asked once a word, and whole patterns are tried at few places.
"""

import re
from dataclasses import dataclass
from enum import Enum, IntFlag
from functools import cache, lru_cache
from typing import Final, NamedTuple

from search.errors import VocabularyError
from search.tables import read_table

TABLE: Final = "statements/tables/roles.tsv"
COLUMNS: Final = ("pattern", "role", "scope", "source")
_WORD: Final = re.compile(r"[a-z][a-z'-]*")
_ADVERBS: Final = (
    r"(?:(?:[a-z]+ly|also|often|sometimes|even|still|then|in turn|therefore|at times|in some cases"
    r"|in rare cases|ever) )*"
)


class StatementRole(IntFlag):
    """What a text says of what it names: a bit each, so that one place may say two things. The numbers are stored in the index."""

    MENTIONS = 0
    CAUSES = 1
    TREATS = 2
    DO_NOT_USE = 4
    TAKE_CARE = 8
    DENIES = 16
    WORSENS = CAUSES | TAKE_CARE
    """What may get worse: a harm, and a reason for care."""


WARNINGS: Final = StatementRole.DO_NOT_USE | StatementRole.TAKE_CARE


class Scope(Enum):
    """What a cue gives its role to; the names are those of the table."""

    AFTER = "after"
    BEFORE = "before"
    BOTH = "both"
    WHOLE = "whole"
    ENDS = "ends"
    ITSELF = "itself"
    GROUP = "group"
    CONDITION = "condition"


class CueMatch(NamedTuple):
    """A cue in a text."""

    start: int
    end: int
    role: StatementRole
    scope: Scope


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of the table; `head` matches its first word."""

    head: re.Pattern[str]
    pattern: re.Pattern[str]
    role: StatementRole
    scope: Scope


@cache
def cues() -> tuple[Cue, ...]:
    """All cues.

    Raises:
        VocabularyError: a role or scope is unknown, or a pattern is no regular expression.
    """
    found: list[Cue] = []
    for row in read_table(TABLE, COLUMNS):
        try:
            whole = row["pattern"].replace("{adv}", _ADVERBS)
            role = StatementRole[row["role"].upper()]
            found.append(Cue(re.compile(_head(whole)), re.compile(rf"(?:{whole})(?![a-z])"), role, Scope(row["scope"])))
        except (KeyError, ValueError, re.error) as error:
            raise VocabularyError(f"a cue cannot be read: {error}", **row.at) from error
    return tuple(found)


def cues_in(lowered: str, start: int, end: int) -> list[CueMatch]:
    """The cues in a part of a text, in order, none inside another: the longest at the first place it stands."""
    found: list[CueMatch] = []
    reached = start
    for word in _WORD.finditer(lowered, start, end):
        if word.start() < reached:
            continue
        best: CueMatch | None = None
        for cue in _starting_with(word[0]):
            match = cue.pattern.match(lowered, word.start(), end)
            if match and (best is None or match.end() > best.end):
                best = CueMatch(match.start(), match.end(), cue.role, cue.scope)
        if best:
            found.append(best)
            reached = best.end
    return found


def _head(pattern: str) -> str:
    """The part of a pattern for its first word: up to a space outside groups, a group that begins with one, or a look ahead."""
    depth = 0
    for at, char in enumerate(pattern):
        if depth == 0 and (char in " ," or pattern.startswith(("(?: ", "(?!", "(?="), at)):
            return pattern[:at]
        depth += (char == "(") - (char == ")")
    return pattern


@cache
def _any_head() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{cue.head.pattern})" for cue in cues()))


@lru_cache(maxsize=1 << 15)
def _starting_with(word: str) -> tuple[Cue, ...]:
    if not _any_head().fullmatch(word):
        return ()
    return tuple(cue for cue in cues() if cue.head.fullmatch(word))
