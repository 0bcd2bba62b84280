"""What a page holds once every part has its place, before anchors are given and elements are rendered.

Plain values. Knows nothing of how they are found.
"""

import xml.etree.ElementTree as ET  # handles elements; parses nothing
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Self


@dataclass(frozen=True, slots=True)
class Draft:
    """A section before it has an anchor.

    `path`: the title and the headings it stands under, outermost first. `level`: of its heading, 1 to 6. `unknown`: no
    pattern knows its label, and nothing above it gave it a kind.
    """

    kind: str
    heading: str
    path: tuple[str, ...]
    level: int
    elements: tuple[ET.Element, ...]
    unknown: bool = False

    def with_more(self, elements: Iterable[ET.Element]) -> Self:
        """The section with these elements behind its own."""
        return replace(self, elements=(*self.elements, *elements))


@dataclass(frozen=True, slots=True)
class DraftNotice:
    """A notice before it is rendered; `kind` is "note" or "disclaimer"."""

    kind: str
    heading: str
    elements: tuple[ET.Element, ...]


@dataclass(slots=True)
class Outline:
    """The sections, notices and generic names of a page, each in the order of the page."""

    drafts: list[Draft] = field(default_factory=list)
    notices: list[DraftNotice] = field(default_factory=list)
    generic_names: list[str] = field(default_factory=list)
