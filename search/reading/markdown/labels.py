"""Finds the label that a paragraph begins with, such as Side Effects in "**Side Effects:** nausea, headache".

The rules are those of docs/corpus-format.md. Knows nothing of lists, headings or sections.
"""

import re
import xml.etree.ElementTree as ET  # builds elements; parses nothing
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Final

from search.reading.markdown.elements import has_text, leading_bold, one_line
from search.reading.section_kinds import label_kind, plain_label
from search.tables import read_table

MAX_LABEL_WORDS: Final = 12
"""Bold text with more words is a sentence, unless it is known as a label."""

MAX_CORE_LABEL_WORDS: Final = 4
"""A core label of at most so many words needs no colon."""

_UNMARKED: Final = re.compile(r"\s*([A-Z][^\n:?!.]{1,60}?)\s*:(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Label:
    """A label as written, without its colon, and what stands behind it in its paragraph; None where nothing does."""

    heading: str
    rest: ET.Element | None


def split_label(paragraph: ET.Element) -> Label | None:
    """The label of a paragraph and what stands behind it; None for a paragraph without one.

    A label is bold and ends in a colon (inside or behind the bold), or is the whole paragraph, or is a core label
    (`LabelKind.core`). Without bold, it is one of the few labels of `plain_labels.tsv` and a colon.
    """
    bold = leading_bold(paragraph)
    if bold is None:
        return _unmarked_label(paragraph)
    heading = one_line(bold)
    tail = (bold.tail or "").lstrip()
    if not _is_label(heading, tail, alone=not tail and len(paragraph) == 1):
        return None
    rest = deepcopy(paragraph)
    rest.remove(rest[0])
    rest.text = tail.removeprefix(":").lstrip()
    return Label(heading.rstrip(": "), rest if has_text(rest) else None)


def _is_label(heading: str, tail: str, *, alone: bool) -> bool:
    """Whether bold text is a label: `tail` is the text behind it, and `alone` says that it is the whole paragraph."""
    words = len(heading.split())
    meaning = label_kind(heading)
    core = meaning is not None and meaning.core
    ends = heading.endswith(":") or tail.startswith(":") or (alone and not heading.endswith((".", "!")))
    if not ends and not (core and words <= MAX_CORE_LABEL_WORDS):
        return False
    is_sentence = words > MAX_LABEL_WORDS and meaning is None
    is_question = heading.endswith("?") and not core
    return not is_sentence and not is_question


def _unmarked_label(paragraph: ET.Element) -> Label | None:
    text = paragraph.text or ""
    match = _UNMARKED.match(text)
    if match is None or plain_label(match[1]) not in _unmarked_labels():
        return None
    rest = deepcopy(paragraph)
    rest.text = text[match.end() :].lstrip()
    return Label(match[1], rest if has_text(rest) else None)


@cache
def _unmarked_labels() -> frozenset[str]:
    return frozenset(row["label"] for row in read_table("reading/tables/plain_labels.tsv", ("label", "source")))
