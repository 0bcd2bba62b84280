"""Small questions about elements of a page that several rules ask: what a block begins with, and what it says on one line.

Knows nothing of labels, questions or sections.
"""

import xml.etree.ElementTree as ET  # builds elements; parses nothing
from copy import deepcopy

from search.reading.markdown.markup import inline_text

LISTS = ("ul", "ol")


def one_line(element: ET.Element) -> str:
    """The text of an element without its markup, each run of white space as one space."""
    return " ".join(inline_text(element).split())


def has_text(element: ET.Element) -> bool:
    """Whether an element says anything."""
    return bool(inline_text(element).strip())


def leading_bold(element: ET.Element) -> ET.Element | None:
    """The bold text that a block begins with; None where it begins otherwise."""
    if len(element) and element[0].tag in ("strong", "b") and not (element.text or "").strip():
        return element[0]
    return None


def lead_of(item: ET.Element) -> tuple[ET.Element, list[ET.Element]]:
    """A list item as the paragraph it begins with, and the blocks behind that."""
    if len(item) and item[0].tag == "p" and not (item.text or "").strip():
        return item[0], list(item)[1:]
    lead = ET.Element("p")
    lead.text = item.text
    blocks: list[ET.Element] = []
    for child in item:
        if blocks or child.tag in (*LISTS, "p", "blockquote", "table"):
            blocks.append(child)
        else:
            lead.append(child)
    return lead, blocks


def as_paragraph(element: ET.Element) -> ET.Element:
    """The element itself where it is a paragraph, else a copy of it as one."""
    if element.tag == "p":
        return element
    paragraph = deepcopy(element)
    paragraph.tag = "p"
    return paragraph
