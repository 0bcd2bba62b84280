"""The headings and sections of a monograph's page, in order. Knows nothing of requests or the index."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from search import Match, Section
from web.marking import marked_html
from web.presentation import section_heading

_FIRST_LEVEL: Final = 2
"""The title of the page is `<h1>`."""

_LAST_LEVEL: Final = 6


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading on a monograph's page; `section` is None for one that only stands above others.

    `body` is the HTML below it, as `marked_html` returns it, which templates do not escape; a plain `str` they would escape.
    """

    level: int
    text: str
    section: Section | None
    body: str


def outline(title: str, sections: Sequence[Section], marks: dict[str, tuple[Match, ...]]) -> list[Heading]:
    """The sections of a monograph under all headings that enclose them, without a gap in the levels.

    A heading without text of its own ("FAQs" above its questions) is no section of the index, but a reader needs it.

    Args:
        title: of the monograph, which stands above all.
        sections: in the order of the page.
        marks: anchor of a section → ranges of its text to be marked.
    """
    headings: list[Heading] = []
    open_path: tuple[str, ...] = ()
    for section in sections:
        path = tuple(above for above in section.heading_path if above != title)
        shared = _shared_length(open_path, path)
        headings += [Heading(_level(n), path[n], None, "") for n in range(shared, len(path))]
        body = marked_html(section.html, marks.get(section.anchor, ()))
        headings.append(Heading(_level(len(path)), section_heading(section, title), section, body))
        open_path = (*path, section.heading)
    return headings


def _shared_length(before: tuple[str, ...], after: tuple[str, ...]) -> int:
    """How many headings two paths begin with in common."""
    return next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )


def _level(depth: int) -> int:
    return min(_FIRST_LEVEL + depth, _LAST_LEVEL)
