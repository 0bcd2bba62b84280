"""Cuts a page's tree of elements into a flat list of parts: each a heading or label and what stands under it.

The rules by which a page is cut (docs/corpus-format.md). Knows nothing of front matter, of what a part belongs to, or of anchors.
"""

import re
import xml.etree.ElementTree as ET  # builds elements; parses nothing
from dataclasses import dataclass, field
from typing import Final

from search.reading.markdown.elements import LISTS, has_text, lead_of, one_line
from search.reading.markdown.labels import MAX_CORE_LABEL_WORDS, split_label
from search.reading.markdown.markup import inline_text
from search.reading.section_kinds import LabelKind, label_kind

LABEL_LEVEL: Final = 20
"""Level of a bold label: below every heading (1 to 6), and beside other labels."""

_MAIN_KINDS: Final = frozenset(("uses", "side-effects", "how-it-works", "faqs", "generic-name"))
"""Kinds of the labels by which a list of labels is told from other lists."""


@dataclass(slots=True)
class Part:
    """A piece of a page: what opens it (a heading, a label, or nothing: "") and the elements below it.

    `level`: 1 to 6 of a heading, `LABEL_LEVEL` of a label, 0 of what stands before both. `meaning` is None where no
    pattern knows the label. `depth` is how many lists it is an item of: 0 for a heading or paragraph, 1 or 2 for labels
    that are items.
    """

    heading: str
    level: int
    meaning: LabelKind | None
    elements: list[ET.Element] = field(default_factory=list)
    depth: int = 0

    @property
    def words(self) -> int:
        """The number of words below what opens it."""
        return sum(len(inline_text(element).split()) for element in self.elements)

    @property
    def text(self) -> str:
        """The words below what opens it, on one line."""
        return " ".join(map(one_line, self.elements))


def read_parts(root: ET.Element) -> list[Part]:
    """The parts of a page in its order; the first part is what stands before any heading or label."""
    parts = [Part("", 0, None)]
    for element in root:
        if re.fullmatch("h[1-6]", element.tag):
            parts.append(_heading_part(element))
        elif element.tag == "p":
            _add_paragraph(parts, element)
        elif element.tag in LISTS and _is_label_list(element):
            parts += [_item_part(item, 1) for item in element]
            parts.append(Part("", LABEL_LEVEL, None))
        elif element.tag in LISTS and any(_label_list_in(item) is not None for item in element):
            for item in element:
                _add_ingredient(parts, item)
            parts.append(Part("", LABEL_LEVEL, None))
        else:
            parts[-1].elements.append(element)
    return parts


def _heading_part(element: ET.Element) -> Part:
    """The part that a heading opens; "Generic Name: paracetamol" is a label and its text."""
    heading = one_line(element)
    level = int(element.tag[1])
    field_label = re.match(r"([^:]{3,40}):\s+(.+)", heading)
    meaning = label_kind(field_label[1]) if field_label else None
    if field_label and meaning and meaning.kind == "generic-name":
        text = ET.Element("p")
        text.text = field_label[2]
        return Part(field_label[1], level, meaning, [text])
    shown = heading.rstrip(": ") if heading.strip(": ") else heading
    return Part(shown, level, label_kind(shown))


def _add_paragraph(parts: list[Part], element: ET.Element) -> None:
    label = split_label(element)
    if label is None:
        parts[-1].elements.append(element)
    else:
        elements = [label.rest] if label.rest is not None else []
        parts.append(Part(label.heading, LABEL_LEVEL, label_kind(label.heading), elements))


def _is_label_list(element: ET.Element) -> bool:
    """Whether the items of a list are the format's own labels, as under an ingredient.

    Two of the main kinds tell, or one that is the only item: one main label among others may be chance.
    """
    meanings = [_core_item_label(item) for item in element]
    main = {meaning.kind for meaning in meanings if meaning} & _MAIN_KINDS
    return len(main) >= 2 or (len(main) == 1 and len(meanings) == 1)


def _core_item_label(item: ET.Element) -> LabelKind | None:
    """The meaning of an item's label where that is a short core label."""
    label = split_label(lead_of(item)[0])
    if label is None or not label.heading:
        return None
    meaning = label_kind(label.heading)
    return meaning if meaning and meaning.core and len(label.heading.split()) <= MAX_CORE_LABEL_WORDS else None


def _label_list_in(item: ET.Element) -> ET.Element | None:
    """The list of labels in an item that names an ingredient: `* **Ambroxol:**` with `* **Usage:** …` and so on in it."""
    lead, blocks = lead_of(item)
    if split_label(lead) is None:
        return None
    return next((block for block in blocks if block.tag in LISTS and _is_label_list(block)), None)


def _add_ingredient(parts: list[Part], item: ET.Element) -> None:
    """Add an item that names an ingredient, then the labels of the list in it."""
    labels = _label_list_in(item)
    part = _item_part(item, 1)
    part.elements = [element for element in part.elements if element is not labels]
    parts.append(part)
    if labels is not None:
        parts += [_item_part(inner, 2) for inner in labels]


def _item_part(item: ET.Element, depth: int) -> Part:
    lead, blocks = lead_of(item)
    label = split_label(lead)
    if label is None:
        return Part("", LABEL_LEVEL, None, ([lead] if has_text(lead) else []) + blocks, depth)
    rest = [label.rest] if label.rest is not None else []
    return Part(label.heading, LABEL_LEVEL, label_kind(label.heading), rest + blocks, depth)
