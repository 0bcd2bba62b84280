"""Tells the kind of a section from its label, a notice from its wording, and a product that does not exist from its page's words.

The patterns are in tables. Knows nothing of Markdown or of how sections are cut.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from search.errors import VocabularyError
from search.model import KIND_LABELS
from search.tables import Row, read_table

FIELD_LABELS: Final = ("generic-name", "disclaimer", "note")
"""Labels that open no section: a field of the page, and two sorts of notice."""

MAX_LABEL_CHARS: Final = 120
"""A label is a few words; longer text is not compared with the patterns of labels."""

_NUMBERING: Final = re.compile(r"^(?:[0-9]{1,2}|[ivx]{1,4}|[a-h])[.)]\s+")
_SUFFIX: Final = re.compile(r"\s*[(\[][^()\[\]]*[)\]]?\s*$")


@dataclass(frozen=True, slots=True)
class LabelKind:
    """What a label means.

    `kind`: a key of `KIND_LABELS`, or one of `FIELD_LABELS`. `core`: it is one of the labels of the owner's format, which
    open a section without a colon, and as an item of a list.
    """

    kind: str
    core: bool


def plain_label(label: str) -> str:
    """A label as patterns see it: in lower case, without colon, numbering, quotes and a suffix in brackets."""
    plain = " ".join(label.lower().replace("’", "'").split()).strip(" *_:\"'–-")
    plain = _NUMBERING.sub("", plain)
    return _SUFFIX.sub("", plain).strip(" :") or plain


@lru_cache(maxsize=8192)
def label_kind(label: str) -> LabelKind | None:
    """The meaning of a label, or None where no pattern knows it."""
    plain = plain_label(label)
    if len(plain) > MAX_LABEL_CHARS:
        return None
    return next((kind for pattern, kind in _label_patterns() if pattern.fullmatch(plain)), None)


def is_notice(text: str) -> bool:
    """Whether a note's wording says that the page is AI-generated, crowd-sourced or no medical advice."""
    return any(pattern.search(text.lower()) for pattern in _notice_patterns())


def says_no_such_product(lead: str, suffixes: str) -> bool:
    """Whether a page says of itself that its product does not exist.

    Args:
        lead: its text before any label, and its Generic Name.
        suffixes: all that stands in brackets in its labels.
    """
    texts = {"lead": lead.lower().replace("’", "'"), "label": suffixes.lower()}
    return any(pattern.search(texts[where]) for where, pattern in _no_such_patterns())


@cache
def _label_patterns() -> tuple[tuple[re.Pattern[str], LabelKind], ...]:
    patterns = []
    for row in read_table("reading/tables/section_kinds.tsv", ("kind", "pattern", "core", "source")):
        if row["kind"] not in KIND_LABELS and row["kind"] not in FIELD_LABELS:
            raise VocabularyError(f"unknown kind {row['kind']!r}", **row.at)
        patterns.append((_compiled(row), LabelKind(row["kind"], row["core"] == "yes")))
    return tuple(patterns)


@cache
def _notice_patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(_compiled(row) for row in read_table("reading/tables/notice_patterns.tsv", ("pattern", "source")))


@cache
def _no_such_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = read_table("reading/tables/no_such_product.tsv", ("where", "pattern", "source"))
    return tuple((row["where"], _compiled(row)) for row in rows)


def _compiled(row: Row) -> re.Pattern[str]:
    try:
        return re.compile(row["pattern"])
    except re.error as error:
        raise VocabularyError(f"the pattern is not a regular expression: {error}", **row.at) from error
