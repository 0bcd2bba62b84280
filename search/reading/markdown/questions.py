"""Finds the questions of an FAQ section and cuts its text into question and answer.

Knows nothing of labels or of where the section stands.
"""

import re
import xml.etree.ElementTree as ET  # handles elements; parses nothing
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from search.reading.markdown.elements import LISTS, as_paragraph, has_text, lead_of, leading_bold, one_line

MAX_QUESTION_CHARS: Final = 300
"""A question that is not bold ends within so many characters."""

_MARKED: Final = re.compile(r"\s*Q(?:uestion)?\s*\d*\s*[:.)]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """A question of an FAQ as written, and the elements of its answer."""

    heading: str
    elements: tuple[ET.Element, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The question that a paragraph begins with, and what stands behind it; None where nothing does."""

    question: str
    rest: ET.Element | None


def questions(elements: Sequence[ET.Element]) -> tuple[list[ET.Element], list[Question]]:
    """What stands in an FAQ section before its first question, and the questions with their answers."""
    before: list[ET.Element] = []
    answers: list[tuple[str, list[ET.Element]]] = []
    for block in _blocks(elements):
        lead, blocks = lead_of(block) if block.tag == "li" else (block, [])
        asked = _split_question(lead)
        if asked is not None:
            answers.append((asked.question, ([asked.rest] if asked.rest is not None else []) + blocks))
            continue
        paragraph = [as_paragraph(lead)] if has_text(lead) else []
        text = [*paragraph, *blocks] if block.tag == "li" else [block]
        (answers[-1][1] if answers else before).extend(text)
    return before, [Question(question, tuple(answer)) for question, answer in answers]


def _blocks(elements: Sequence[ET.Element]) -> Iterator[ET.Element]:
    """The blocks of a section; of a list in which an item asks something, the items one by one."""
    for element in elements:
        if element.tag in LISTS and any(_split_question(lead_of(item)[0]) for item in element):
            yield from element
        else:
            yield element


def _split_question(element: ET.Element) -> _Asked | None:
    """A paragraph's question: bold and with `?` or `Q:`, or plain and up to its first `?`; None where it asks nothing."""
    if element.tag not in ("p", "li"):
        return None
    bold = leading_bold(element)
    return _plain_question(element) if bold is None else _bold_question(element, bold)


def _bold_question(element: ET.Element, bold: ET.Element) -> _Asked | None:
    label = one_line(bold)
    if "?" not in label and not _MARKED.match(label):
        return None
    rest = as_paragraph(deepcopy(element))
    rest.remove(rest[0])
    rest.text = (bold.tail or "").lstrip()
    if label.rstrip(" :.").upper() in ("Q", "QUESTION"):
        asked = _split_question(rest)
        return _Asked(f"{label} {asked.question}", asked.rest) if asked else None
    return _Asked(label.rstrip(" :"), rest if has_text(rest) else None)


def _plain_question(element: ET.Element) -> _Asked | None:
    text = element.text or ""
    end = text.find("?") + 1
    marked = _MARKED.match(text) is not None
    begins = marked or (text.lstrip()[:1].isupper() and not re.search(r"[.!]\s", text[:end]))
    if not 0 < end <= MAX_QUESTION_CHARS or not begins:
        return None
    rest = as_paragraph(deepcopy(element))
    rest.text = text[end:].lstrip()
    return _Asked(" ".join(text[:end].split()), rest if has_text(rest) else None)
