"""Gives each part of a page its place: sections with their kind and the headings above them, notices and generic names.

At each point of a page some headings and labels are open, each a frame: headings by their level, then the label of an ingredient,
then the label of a section. A part belongs to the frames that are open where it stands. Knows nothing of files, front matter or
anchors.
"""

import re
import xml.etree.ElementTree as ET  # handles elements; parses nothing
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from search.reading.markdown.drafts import Draft, DraftNotice, Outline
from search.reading.markdown.lookahead import LOOK_AHEAD, label_levels_below, stands_over_section
from search.reading.markdown.markup import inline_text, render, text_of
from search.reading.markdown.parts import LABEL_LEVEL, Part
from search.reading.markdown.questions import questions
from search.reading.section_kinds import is_notice

MIN_SUBSECTION_WORDS: Final = 25
"""A sub-heading without a kind of its own and with fewer words stays in the text of the section above it, so that a hit is no
fragment of a sentence or two."""

INGREDIENT_LEVEL: Final = 15
"""Level of an ingredient's label, which stands over the labels of sections: below all headings, above `LABEL_LEVEL`. One less for
a label that stands over ingredients, one more for an ingredient in a list."""

MAX_GENERIC_WORDS: Final = 12
"""A generic name is a few words; longer text under its label is an explanation, and becomes a section."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """A heading or label that is open; `kind` is that of the sections under it, None where it gives none."""

    level: int
    heading: str
    kind: str | None
    depth: int = 0


def outline(parts: Sequence[Part], title: str) -> Outline:
    """The sections, notices and generic names of a page.

    Args:
        parts: what `read_parts` returns, in the order of the page.
        title: what the page calls itself; the outermost heading of every section.
    """
    builder = _Builder(title)
    named = [part for part in parts if part.heading or part.elements]
    for number, part in enumerate(named):
        builder.add(part, named[number + 1 : number + 1 + LOOK_AHEAD])
    return builder.outline


class _Builder:
    """Takes the parts of one page in turn, and keeps the frames that are open."""

    def __init__(self, title: str) -> None:
        self.outline = Outline()
        self._title = title
        self._frames: list[_Frame] = []

    def add(self, part: Part, following: Sequence[Part]) -> None:
        """Give one part its place; `following` are the parts behind it."""
        kind = part.meaning.kind if part.meaning else None
        # What stands over the items of a list ends with the list.
        self._frames = [frame for frame in self._frames if frame.depth <= part.depth]
        if not part.heading:
            self._text(part)
        elif part.level <= 2 and _words(part.heading) == _words(self._title):  # h1, and h2 under it
            self._close(part.level)
            self._text(part)
        elif kind == "generic-name":
            self._close(LABEL_LEVEL if part.level == LABEL_LEVEL else part.level)
            self._generic_name(part)
        elif kind == "disclaimer" or (kind == "note" and is_notice(part.text)):
            self._notice(part, str(kind))
        elif part.level < LABEL_LEVEL:
            self._heading(part, kind, following)
        else:
            self._label(part, kind, following)

    def _notice(self, part: Part, kind: str) -> None:
        """A notice is the first element under its label and those that go on in its wording; the rest is text of the page."""
        self._close(INGREDIENT_LEVEL)
        ends = (n for n, element in enumerate(part.elements) if n and not is_notice(inline_text(element)))
        end = next(ends, len(part.elements))
        self.outline.notices.append(DraftNotice(kind, part.heading, tuple(part.elements[:end])))
        self._text(Part("", part.level, None, part.elements[end:]))

    def _text(self, part: Part) -> None:
        """Text without a label of its own: of the section it stands in, or of the page."""
        frame = self._frames[-1] if self._frames else _Frame(0, self._title, None)
        if part.elements:
            self._open(part, frame.kind or "about", heading=frame.heading)

    def _generic_name(self, part: Part) -> None:
        """Short lines are names, one each; longer text is a section."""
        lines = [line.strip() for line in text_of(render(part.elements)).split("\n") if line.strip()]
        if all(len(line.split()) <= MAX_GENERIC_WORDS for line in lines):
            self.outline.generic_names += lines
        else:
            self._open(part, "about")

    def _heading(self, part: Part, kind: str | None, following: Sequence[Part]) -> None:
        """A heading opens a section, unless it stands right over others or has too little text under it."""
        self._close(part.level)
        above = self._kind_above()
        own = "about" if kind == "note" else kind
        stands_over = stands_over_section(part, following)
        if own is None and above not in (None, "faqs") and not stands_over and part.words < MIN_SUBSECTION_WORDS:
            self._join(_relabelled(part), str(above))
            return
        if part.elements or not stands_over:
            self._open(part, own or above or "about", unknown=own is None and above is None and not stands_over)
        self._frames.append(_Frame(part.level, part.heading, own or above))

    def _label(self, part: Part, kind: str | None, following: Sequence[Part]) -> None:
        """A label opens a section of its kind; one without a kind belongs to what is above it, or names an ingredient."""
        if kind is None and (levels := label_levels_below(part, following)):
            level = INGREDIENT_LEVEL + part.depth + 1 - levels
            self._close(level)
            if part.elements:
                self._open(part, "about")
            self._frames.append(_Frame(level, part.heading, None, following[0].depth))
            return
        above = self._kind_above()
        if kind == "note" and any(frame.kind for frame in self._frames if frame.level < INGREDIENT_LEVEL):
            kind = None  # a note under a heading belongs to what the heading says; what follows it does too
        if above is not None and (kind == above or (kind is None and above != "faqs")):
            self._inside(part, above)
            return
        self._close(LABEL_LEVEL if kind is not None else INGREDIENT_LEVEL)
        own = "about" if kind in (None, "note") else str(kind)
        self._open(part, own, unknown=kind is None)
        self._frames.append(_Frame(LABEL_LEVEL, part.heading, None if own == "about" else own, part.depth))

    def _inside(self, part: Part, kind: str | None) -> None:
        """A label under a section of its kind, or without a kind of its own: a section, or text of the one above."""
        labels = [frame for frame in self._frames if frame.level == LABEL_LEVEL]
        if part.meaning is not None and labels and labels[-1].kind == kind:
            self._close(LABEL_LEVEL)  # a second Side Effects is no part of the first
            self._open(part, str(kind))
            self._frames.append(_Frame(LABEL_LEVEL, part.heading, kind, part.depth))
        elif part.words >= MIN_SUBSECTION_WORDS:
            self._open(part, str(kind))
        else:
            self._join(_relabelled(part), str(kind))

    def _join(self, elements: list[ET.Element], kind: str) -> None:
        """Add text to the section of the innermost heading, which is opened for it when there is none yet."""
        frame = self._frames[-1]
        path = (self._title, *(above.heading for above in self._frames[:-1]))
        for number in range(len(self.outline.drafts) - 1, -1, -1):
            draft = self.outline.drafts[number]
            if draft.heading == frame.heading and draft.path == path:
                self.outline.drafts[number] = draft.with_more(elements)
                return
            if draft.path[: len(path) + 1] != (*path, frame.heading):
                break
        # The new section goes before those that stand under its heading already.
        inside = (*path, frame.heading)
        below = (n for n, draft in enumerate(self.outline.drafts) if draft.path[: len(inside)] == inside)
        place = next(below, len(self.outline.drafts))
        later, self.outline.drafts[place:] = self.outline.drafts[place:], []
        self._open(Part(frame.heading, frame.level, None, elements), kind, above=path)
        self.outline.drafts += later

    def _open(
        self,
        part: Part,
        kind: str,
        *,
        heading: str | None = None,
        above: tuple[str, ...] | None = None,
        unknown: bool = False,
    ) -> None:
        """Add a section made of a part; of an FAQ, one section a question.

        Args:
            part: its text, and its heading.
            kind: of the section.
            heading: of the innermost frame, where the part is text of that frame and has no heading of its own.
            above: the headings above it; by default those of the frames.
            unknown: as in `Draft`.
        """
        shown = part.heading if heading is None else heading
        open_frames = self._frames if heading is None else self._frames[:-1]
        path = above or (self._title, *(frame.heading for frame in open_frames))
        level = min(part.level, 6) if 0 < part.level < INGREDIENT_LEVEL else min(2 + len(path) - 1, 6)
        if kind == "faqs":
            self._add_faq(part, Draft(kind, shown, path, level, ()))
        else:
            self.outline.drafts.append(Draft(kind, shown, path, level, tuple(part.elements), unknown))

    def _add_faq(self, part: Part, faq: Draft) -> None:
        """Add the section `faq` for what is no question in a part, and a section below it for each question."""
        before, asked = questions(part.elements)
        if part.heading.endswith("?") or not asked or before:
            self.outline.drafts.append(faq.with_more(before if asked else part.elements))
        repeated = self._title != faq.path[-1] and faq.path[-1] == faq.heading
        path = faq.path if repeated else (*faq.path, faq.heading)
        for question in asked:
            section = Draft(faq.kind, question.heading, path, min(faq.level + 1, 6), question.elements)
            self.outline.drafts.append(section)

    def _close(self, level: int) -> None:
        """Close the frames of this level and below."""
        self._frames = [frame for frame in self._frames if frame.level < level]

    def _kind_above(self) -> str | None:
        """The kind that the innermost frame with one gives to what stands under it."""
        return next((frame.kind for frame in reversed(self._frames) if frame.kind), None)


def _relabelled(part: Part) -> list[ET.Element]:
    """The label of a part put back before its text, as it was written."""
    paragraph = ET.Element("p")
    strong = ET.SubElement(paragraph, "strong")
    strong.text = f"{part.heading}:"
    elements = list(part.elements)
    if elements and elements[0].tag == "p":
        opening = elements.pop(0)
        strong.tail = f" {opening.text or ''}"
        paragraph.extend(opening)
    return [paragraph, *elements]


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())
