"""A page's flat parts → its sections, notices and generic names, each with its place: what a heading or label stands over.

Frames are the headings open at a point of the page: headings by their level, then an ingredient's label, then a section's label.
Knows nothing of files, front matter or anchors.
"""

import re
import xml.etree.ElementTree as ET  # handles elements; parses nothing
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from search.reading.markdown.labels import LABEL_LEVEL, MIN_SUBSECTION_WORDS, Part, questions
from search.reading.markdown.markup import inline_text, render, text_of
from search.reading.section_kinds import FIELD_LABELS, is_notice

INGREDIENT_LEVEL: Final = 15
"""Level of a label that stands over other labels: below headings, above section labels; one less for what stands over it,
one more in a list."""

MAX_GENERIC_WORDS: Final = 12
"""A generic name is a few words; longer text under its label is an explanation, and becomes a section."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A section before it has an anchor. `unknown`: its label has no pattern, and nothing above it gave it a kind."""

    kind: str
    heading: str
    path: tuple[str, ...]
    level: int
    elements: tuple[ET.Element, ...]
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class DraftNotice:
    """A notice before it is rendered."""

    kind: str
    heading: str
    elements: tuple[ET.Element, ...]


@dataclass(slots=True)
class Outline:
    """What a page holds, in its order."""

    drafts: list[Draft] = field(default_factory=list)
    notices: list[DraftNotice] = field(default_factory=list)
    generic_names: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Frame:
    level: int
    heading: str
    kind: str | None
    depth: int = 0


def outline(parts: Sequence[Part], title: str) -> Outline:
    """Give each part its place."""
    builder = _Builder(title)
    named = [part for part in parts if part.heading or part.elements]
    for number, part in enumerate(named):
        builder.add(part, named[number + 1 : number + 3])
    return builder.made


class _Builder:
    def __init__(self, title: str) -> None:
        self.made = Outline()
        self._title = title
        self._frames: list[_Frame] = []

    def add(self, part: Part, following: Sequence[Part]) -> None:
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
        elif kind == "disclaimer" or (kind == "note" and is_notice(_text(part))):
            self._notice(part, str(kind))
        elif part.level < LABEL_LEVEL:
            self._heading(part, kind, following)
        else:
            self._label(part, kind, following)

    def _notice(self, part: Part, kind: str) -> None:
        """A notice is the text at its label, and what goes on in its wording; other text behind it is of the page again."""
        self._close(INGREDIENT_LEVEL)
        cut = next((n for n, e in enumerate(part.elements) if n and not is_notice(inline_text(e))), len(part.elements))
        self.made.notices.append(DraftNotice(kind, part.heading, tuple(part.elements[:cut])))
        self._text(Part("", part.level, None, part.elements[cut:]))

    def _text(self, part: Part) -> None:
        """Text without a label of its own: of the section it stands in, or of the page."""
        if part.elements:
            frame = self._frames[-1] if self._frames else None
            self._open(
                part, frame.kind or "about" if frame else "about", heading=frame.heading if frame else self._title
            )

    def _generic_name(self, part: Part) -> None:
        lines = [line.strip() for line in text_of(render(part.elements)).split("\n") if line.strip()]
        if all(len(line.split()) <= MAX_GENERIC_WORDS for line in lines):
            self.made.generic_names += lines
        else:
            self._open(part, "about")

    def _heading(self, part: Part, kind: str | None, following: Sequence[Part]) -> None:
        self._close(part.level)
        above = self._kind_above()
        own = "about" if kind == "note" else kind
        stands_over = _heads(part, following)
        if own is None and above not in (None, "faqs") and not stands_over and part.words < MIN_SUBSECTION_WORDS:
            self._join(_relabelled(part), str(above))
            return
        if part.elements or not stands_over:
            self._open(part, own or above or "about", unknown=own is None and above is None and not stands_over)
        self._frames.append(_Frame(part.level, part.heading, own or above))

    def _label(self, part: Part, kind: str | None, following: Sequence[Part]) -> None:
        if kind is None and (over := _stands_over(part, following)):
            level = INGREDIENT_LEVEL + part.depth + 1 - over
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
        beside = [frame for frame in self._frames if frame.level == LABEL_LEVEL]
        if part.meaning is not None and beside and beside[-1].kind == kind:
            self._close(LABEL_LEVEL)  # a second Side Effects is no part of the first
            self._open(part, str(kind))
            self._frames.append(_Frame(LABEL_LEVEL, part.heading, kind, part.depth))
        elif part.words >= MIN_SUBSECTION_WORDS:
            self._open(part, str(kind))
        else:
            self._join(_relabelled(part), str(kind))

    def _join(self, elements: list[ET.Element], kind: str) -> None:
        """Add text to the section of the innermost heading, which is made here when it has none yet."""
        frame = self._frames[-1]
        path = (self._title, *(above.heading for above in self._frames[:-1]))
        for number in range(len(self.made.drafts) - 1, -1, -1):
            draft = self.made.drafts[number]
            if draft.heading == frame.heading and draft.path == path:
                self.made.drafts[number] = _with(draft, elements)
                return
            if draft.path[: len(path) + 1] != (*path, frame.heading):
                break
        inside = (*path, frame.heading)
        below = (n for n, draft in enumerate(self.made.drafts) if draft.path[: len(inside)] == inside)
        first = next(below, len(self.made.drafts))
        later, self.made.drafts[first:] = self.made.drafts[first:], []
        self._open(Part(frame.heading, frame.level, None, elements), kind, above=path)
        self.made.drafts += later

    def _open(
        self,
        part: Part,
        kind: str,
        *,
        heading: str | None = None,
        above: tuple[str, ...] | None = None,
        unknown: bool = False,
    ) -> None:
        shown = part.heading if heading is None else heading
        open_frames = self._frames if heading is None else self._frames[:-1]
        path = above or (self._title, *(frame.heading for frame in open_frames))
        level = min(part.level, 6) if 0 < part.level < INGREDIENT_LEVEL else min(2 + len(path) - 1, 6)
        if kind != "faqs":
            self.made.drafts.append(Draft(kind, shown, path, level, tuple(part.elements), unknown))
            return
        before, asked = questions(part.elements)
        if part.heading.endswith("?") or not asked or before:
            self.made.drafts.append(Draft(kind, shown, path, level, tuple(before if asked else part.elements)))
        under = path if self._title != path[-1] and path[-1] == shown else (*path, shown)
        for question in asked:
            self.made.drafts.append(Draft(kind, question.heading, under, min(level + 1, 6), question.elements))

    def _close(self, level: int) -> None:
        self._frames = [frame for frame in self._frames if frame.level < level]

    def _kind_above(self) -> str | None:
        return next((frame.kind for frame in reversed(self._frames) if frame.kind), None)


def _heads(part: Part, following: Sequence[Part]) -> bool:
    """Whether a heading stands over a section that comes next; a notice or a generic name is none."""
    for after in following:
        if after.level <= part.level or not after.heading:
            return False
        if after.meaning is None or after.meaning.kind not in FIELD_LABELS:
            return True
    return False


def _stands_over(part: Part, following: Sequence[Part]) -> int:
    """How many levels of labels an unknown label stands over.

    1 as an ingredient before its Usage, Side Effects, …; 2 before such an ingredient; else 0.
    """
    if not following or not following[0].heading:
        return 0
    first = following[0]
    if first.depth > part.depth:
        return 1
    if part.depth or part.elements or first.level != LABEL_LEVEL:
        return 0
    if first.meaning is not None:
        return int(first.meaning.core)
    return 2 if _stands_over(first, following[1:]) == 1 else 0


def _with(draft: Draft, more: list[ET.Element]) -> Draft:
    return Draft(draft.kind, draft.heading, draft.path, draft.level, (*draft.elements, *more), draft.unknown)


def _relabelled(part: Part) -> list[ET.Element]:
    """The label of a part put back before its text, as it was written."""
    paragraph = ET.Element("p")
    strong = ET.SubElement(paragraph, "strong")
    strong.text = f"{part.heading}:"
    elements = list(part.elements)
    if elements and elements[0].tag == "p":
        first = elements.pop(0)
        strong.tail = f" {first.text or ''}"
        paragraph.extend(first)
    return [paragraph, *elements]


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def _text(part: Part) -> str:
    return " ".join(" ".join(inline_text(element).split()) for element in part.elements)
