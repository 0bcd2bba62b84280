"""Chart notation in a query ("pt c/o SOB", "N&V", "7/7") → the words it stands for, before the query is read.

What says nothing of what is asked is left out; what was typed stays in sight, in a note. Table: tables/shorthand.tsv. Knows nothing
of drugs, names or pages.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from search.errors import VocabularyError
from search.tables import read_table

ROLES: Final = ("chart", "means")

_PIECE: Final = re.compile(r"\S+")
_COURSE: Final = re.compile(r"(?:x ?)?\d{1,2}/(?:7|52|12)|x ?\d{1,2}d|x\d{1,2}/7")
"""How long a course lasts: 7/7 is seven days, 1/52 a week, 2/12 two months. UK prescriptions; own."""

_AGE: Final = re.compile(
    r"(?i)(?<!\S)(?:aged? )?\d{1,3}[ -]?(?:yr|year|month|week|day|mo|wk|m|y|f)s?[ -]?(?:old|/?o)(?!\w)"
)
"""How old somebody is: "7 year old" is a child; pages say nothing of the 82nd year."""

_WEIGHT: Final = re.compile(r"(?i)(?<!\S)(?:weigh(?:s|ing)? )?(\d{2,3}) ?kgs?(?!\w)")
_LIGHT: Final = 50
"""Kilograms below which pages speak of a low weight; own."""

_GESTATION: Final = re.compile(r"\d{1,2}(?:\+\d)?/40")
"""How long a pregnancy has lasted: 37/40 is 37 of its 40 weeks. UK charts; own."""

_ARROW: Final = re.compile("[↑↓](?=[^\\s↑↓])")
"""An arrow is joined to what is high or low: "↑K+"."""

_ADULT: Final = 18
_MONTHS: Final = 24
"""Ages in years, and in months, below which somebody is a child, and a baby."""

_ENDS: Final = ".,;:!?)"
_LONGEST: Final = 2
"""The most pieces of a notation ("post op")."""


@dataclass(frozen=True, slots=True)
class Shorthand:
    """A notation as it was typed, and the words it stands for; "" where it says nothing of what is asked.

    `whom`: "child" or "baby", where it is the age of one; "light", where it is a low weight.
    """

    typed: str
    means: str
    whom: str = ""


def read_shorthand(text: str) -> tuple[str, tuple[Shorthand, ...]]:
    """A text with its notation written out, and what was read so, in the order typed."""
    read: list[Shorthand] = []

    def age(match: re.Match[str]) -> str:
        read.append(Shorthand(match[0].strip(), "", _whom(match[0])))
        return " "

    def weight(match: re.Match[str]) -> str:
        if int(match[1]) >= _LIGHT:
            return match[0]
        read.append(Shorthand(match[0].strip(), "", "light"))
        return " "

    text = _ARROW.sub(r"\g<0> ", _WEIGHT.sub(weight, _AGE.sub(age, text)))
    pieces = list(_PIECE.finditer(text))
    written: list[str] = []
    end = row = 0
    while row < len(pieces):
        length, found = _at(pieces, row)
        if found is not None:
            written += [text[end : pieces[row].start()], found.means]
            end = pieces[row + length - 1].end()
            read.append(found)
        row += length
    return "".join([*written, text[end:]]), tuple(read)


def _whom(age: str) -> str:
    """Whose age it is: a child's, a baby's (days, weeks, months), or "" of those who are neither."""
    number = int(re.search(r"\d+", age)[0])  # type: ignore[index] # an age has a number
    if re.search(r"(?i)day|week|month|mo|wk", age):
        return "baby" if number < _MONTHS else "child"
    return "child" if number < _ADULT else ""


def _at(pieces: list[re.Match[str]], row: int) -> tuple[int, Shorthand | None]:
    """The longest notation that begins at a piece, and of how many pieces it is; one piece that is none."""
    for length in range(min(_LONGEST, len(pieces) - row), 0, -1):
        typed = " ".join(piece[0] for piece in pieces[row : row + length])
        for form in (typed, typed.rstrip(_ENDS)):
            if _GESTATION.fullmatch(form):
                return length, Shorthand(form, "pregnancy")
            means = _notations().get(form.lower())
            if means is not None:
                return length, Shorthand(form, means)
            if _COURSE.fullmatch(form.lower()):
                return length, Shorthand(form, "")
    return 1, None


@cache
def _notations() -> Mapping[str, str]:
    """Notation in lower case → the words it stands for.

    Raises:
        VocabularyError: a row has an unknown role, or no words where it should, or stands twice.
    """
    notations: dict[str, str] = {}
    for row in read_table("query/tables/shorthand.tsv", ("typed", "role", "means", "source")):
        typed = row["typed"].lower()
        if row["role"] not in ROLES or (row["role"] == "means") != bool(row.text("means")):
            raise VocabularyError(f"use one of {', '.join(ROLES)}, and words for what means something", **row.at)
        if typed in notations or len(typed.split()) > _LONGEST:
            raise VocabularyError(f"{typed!r} stands twice, or has more than {_LONGEST} pieces", **row.at)
        notations[typed] = row.text("means")
    return MappingProxyType(notations)
