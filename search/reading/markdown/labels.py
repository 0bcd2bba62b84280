"""A page's tree of elements → its labelled parts. The rules by which a page is cut (docs/corpus-format.md); no wording, no files.

Two steps: `read_parts` turns the tree into a flat list (heading, label, content), then `assemble` gives each label its content
and each part its place: kind, heading, headings above. Knows nothing of front matter, names or anchors.
"""

import re
import xml.etree.ElementTree as ET  # builds elements; parses nothing
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Final

from search.reading.markdown.markup import inline_text
from search.reading.section_kinds import LabelKind, label_kind, plain_label

MIN_SUBSECTION_WORDS: Final = 25
"""A sub-heading with fewer words stays in the text of the section above it: alone it would be too short to read."""

LABEL_LEVEL: Final = 20
"""Level of a bold label: below every heading, and beside other labels."""

MAX_LABEL_WORDS: Final = 12

_PLAIN_LABEL: Final = re.compile(r"\s*([A-Z][^\n:?!.]{1,60}?)\s*:(?=\s|$)")
_PLAIN_LABELS: Final = frozenset(
    (
        "generic name", "usage", "uses", "indications", "dosage", "side effects", "adverse effects", "contraindications",
        "precautions", "warnings", "interactions", "drug interactions", "how it works", "mechanism of action", "faqs", "faq",
        "disclaimer",
    )
)  # fmt: skip
"""Labels that need not be bold. No others: "Common side effects include:" opens a list and no section."""

_QUESTION_MARKED: Final = re.compile(r"\s*Q(?:uestion)?\s*\d*\s*[:.)]", re.IGNORECASE)
_MAX_QUESTION: Final = 300


@dataclass(slots=True)
class Part:
    """A piece of a page: what opens it (a heading, a label, or nothing) and the elements below it.

    `depth` is how many lists it is an item of: 0 for a heading or paragraph, 1 or 2 for the labels that are items.
    """

    heading: str
    level: int
    meaning: LabelKind | None
    elements: list[ET.Element] = field(default_factory=list)
    depth: int = 0

    @property
    def words(self) -> int:
        """Words of its content."""
        return sum(len(inline_text(element).split()) for element in self.elements)


def read_parts(root: ET.Element) -> list[Part]:
    """The page as a flat list; the first part is what stands before any heading or label."""
    parts = [Part("", 0, None)]
    for element in root:
        if re.fullmatch("h[1-6]", element.tag):
            _add_heading(parts, element)
        elif element.tag == "p":
            _add_paragraph(parts, element)
        elif element.tag in ("ul", "ol") and _is_label_list(element):
            parts += [_item_part(item, 1) for item in element]
            parts.append(Part("", LABEL_LEVEL, None))
        elif element.tag in ("ul", "ol") and any(_label_list_in(item) is not None for item in element):
            for item in element:
                _add_ingredient(parts, item)
            parts.append(Part("", LABEL_LEVEL, None))
        else:
            parts[-1].elements.append(element)
    return parts


def _add_heading(parts: list[Part], element: ET.Element) -> None:
    heading = " ".join(inline_text(element).split())
    level = int(element.tag[1])
    field_label = re.match(r"([^:]{3,40}):\s+(.+)", heading)
    meaning = label_kind(field_label[1]) if field_label else None
    if field_label and meaning and meaning.kind == "generic-name":
        text = ET.Element("p")
        text.text = field_label[2]
        parts.append(Part(field_label[1], level, meaning, [text]))
        return
    shown = heading.rstrip(": ") if heading.strip(": ") else heading
    parts.append(Part(shown, level, label_kind(shown)))


def _add_paragraph(parts: list[Part], element: ET.Element) -> None:
    label, rest = split_label(element)
    if label is None:
        parts[-1].elements.append(element)
    else:
        parts.append(Part(label, LABEL_LEVEL, label_kind(label), [rest] if rest is not None else []))


def split_label(element: ET.Element) -> tuple[str | None, ET.Element | None]:
    """A paragraph's label and what stands behind it; (None, None) for one without.

    A label is bold and ends in a colon (inside or behind the bold), or is the whole paragraph, or is a core label; or it is not
    bold, but a core label with a colon.
    """
    bold = (
        element[0] if len(element) and element[0].tag in ("strong", "b") and not (element.text or "").strip() else None
    )
    if bold is None:
        return _plain_label(element)
    label = " ".join(inline_text(bold).split())
    tail = (bold.tail or "").lstrip()
    alone = not tail and len(element) == 1
    meaning = label_kind(label)
    ends = label.endswith(":") or tail.startswith(":") or (alone and not label.endswith((".", "!")))
    if not ends and not (meaning and meaning.core and len(label.split()) <= 4):
        return None, None
    if len(label.split()) > MAX_LABEL_WORDS and meaning is None:
        return None, None  # a sentence in bold
    if label.endswith("?") and not (meaning and meaning.core):
        return None, None
    rest = deepcopy(element)
    rest.remove(rest[0])
    rest.text = tail.removeprefix(":").lstrip()
    return label.rstrip(": "), rest if inline_text(rest).strip() else None


def _plain_label(element: ET.Element) -> tuple[str | None, ET.Element | None]:
    match = _PLAIN_LABEL.match(element.text or "")
    if match is None or plain_label(match[1]) not in _PLAIN_LABELS:
        return None, None
    rest = deepcopy(element)
    rest.text = (element.text or "")[match.end() :].lstrip()
    return match[1], rest if inline_text(rest).strip() else None


def _is_label_list(element: ET.Element) -> bool:
    """A list whose items are the format's own labels, as under an ingredient: at least one of its four main ones."""
    main = ("uses", "side-effects", "how-it-works", "faqs", "generic-name")
    found = [_exact_item_label(item) for item in element]
    kinds = {label.kind for label in found if label}
    return len(kinds & set(main)) >= 2 or (len(kinds & set(main)) == 1 and len(found) == 1)  # one alone is chance


def _label_list_in(item: ET.Element) -> ET.Element | None:
    """The list of labels below an item that names an ingredient: `* **Ambroxol:**` with `* **Usage:** …` and so on in it."""
    lead, blocks = _lead(item)
    if split_label(lead)[0] is None:
        return None
    return next((block for block in blocks if block.tag in ("ul", "ol") and _is_label_list(block)), None)


def _add_ingredient(parts: list[Part], item: ET.Element) -> None:
    labels = _label_list_in(item)
    part = _item_part(item, 1)
    part.elements = [element for element in part.elements if element is not labels]
    parts.append(part)
    if labels is not None:
        parts += [_item_part(inner, 2) for inner in labels]


def _exact_item_label(item: ET.Element) -> LabelKind | None:
    label, _ = split_label(_lead(item)[0])
    meaning = label_kind(label) if label else None
    return meaning if meaning and meaning.core and len(label.split()) <= 4 else None  # type: ignore[union-attr] # label is set


def _lead(item: ET.Element) -> tuple[ET.Element, list[ET.Element]]:
    """A list item as the paragraph it begins with, and the blocks behind that."""
    if len(item) and item[0].tag == "p" and not (item.text or "").strip():
        return item[0], list(item)[1:]
    lead = ET.Element("p")
    lead.text = item.text
    blocks: list[ET.Element] = []
    for child in item:
        if blocks or child.tag in ("ul", "ol", "p", "blockquote", "table"):
            blocks.append(child)
        else:
            lead.append(child)
    return lead, blocks


def _item_part(item: ET.Element, depth: int) -> Part:
    lead, blocks = _lead(item)
    label, rest = split_label(lead)
    if label is None:
        kept = [lead] if inline_text(lead).strip() else []
        return Part("", LABEL_LEVEL, None, kept + blocks, depth)
    return Part(label, LABEL_LEVEL, label_kind(label), ([rest] if rest is not None else []) + blocks, depth)


@dataclass(frozen=True, slots=True)
class Question:
    """A question of an FAQ as written, and the elements of its answer."""

    heading: str
    elements: tuple[ET.Element, ...]


def questions(elements: Sequence[ET.Element]) -> tuple[list[ET.Element], list[Question]]:
    """The questions of an FAQ section, and what stands before the first of them."""
    before: list[ET.Element] = []
    found: list[tuple[str, list[ET.Element]]] = []
    for block in _blocks(elements):
        lead, more = _lead(block) if block.tag == "li" else (block, [])
        question, answer = split_question(lead)
        if question is not None:
            found.append((question, ([answer] if answer is not None else []) + more))
            continue
        kept = [*([_as_paragraph(lead)] if inline_text(lead).strip() else []), *more] if block.tag == "li" else [block]
        (found[-1][1] if found else before).extend(kept)
    return before, [Question(heading, tuple(answer)) for heading, answer in found]


def _blocks(elements: Sequence[ET.Element]) -> Iterator[ET.Element]:
    """Blocks of a section, the items of its lists one by one."""
    for element in elements:
        if element.tag in ("ul", "ol") and any(split_question(_lead(item)[0])[0] for item in element):
            yield from element
        else:
            yield element


def _as_paragraph(element: ET.Element) -> ET.Element:
    if element.tag == "p":
        return element
    paragraph = deepcopy(element)
    paragraph.tag = "p"
    return paragraph


def split_question(element: ET.Element) -> tuple[str | None, ET.Element | None]:
    """A paragraph's question, as written, and the rest: bold and with `?` or `Q:`, or plain and up to its first `?`."""
    bold = (
        element[0] if len(element) and element[0].tag in ("strong", "b") and not (element.text or "").strip() else None
    )
    if element.tag not in ("p", "li"):
        return None, None
    return _plain_question(element) if bold is None else _bold_question(element, bold)


def _bold_question(element: ET.Element, bold: ET.Element) -> tuple[str | None, ET.Element | None]:
    label = " ".join(inline_text(bold).split())
    if "?" not in label and not _QUESTION_MARKED.match(label):
        return None, None
    rest = _as_paragraph(deepcopy(element))
    rest.remove(rest[0])
    rest.text = (bold.tail or "").lstrip()
    if label.rstrip(" :.").upper() in ("Q", "QUESTION"):
        question, answer = split_question(rest)
        return (f"{label} {question}", answer) if question else (None, None)
    return label.rstrip(" :"), rest if inline_text(rest).strip() else None


def _plain_question(element: ET.Element) -> tuple[str | None, ET.Element | None]:
    text = element.text or ""
    cut = text.find("?") + 1
    marked = _QUESTION_MARKED.match(text) is not None
    begins = marked or (text.lstrip()[:1].isupper() and not re.search(r"[.!]\s", text[:cut]))
    if not 0 < cut <= _MAX_QUESTION or not begins:
        return None, None
    rest = _as_paragraph(deepcopy(element))
    rest.text = text[cut:].lstrip()
    return " ".join(text[:cut].split()), rest if inline_text(rest).strip() else None
