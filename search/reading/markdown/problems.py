"""Tells what a page's author should look at: no title, an unknown label, an empty section. Data, which `check` prints.

Knows nothing of how a page is cut.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from search.model import Problem
from search.reading.markdown.drafts import Draft, Outline

MAX_PROBLEMS: Final = 100
"""Problems that are reported of one page: one with more is not mended one by one."""

_MAX_LABEL_WORDS: Final = 8
_MAX_LABEL_CHARS: Final = 80


class Lines:
    """Finds the lines of labels in the file of a page.

    Args:
        body: the text behind the front matter.
        head_lines: the number of lines before it.
        source: the path of the file, for messages.
    """

    def __init__(self, body: str, head_lines: int, source: str) -> None:
        self._lines = body.split("\n")
        self._head_lines = head_lines
        self.source = source

    def number_of(self, label: str) -> int | None:
        """The number of the first line with the words of a label, from 1; None where no line has them."""
        words = re.findall(r"\w+", label)[:_MAX_LABEL_WORDS]
        if not words:
            return None
        pattern = re.compile(r"\W+".join(map(re.escape, words)))
        numbers = (number for number, line in enumerate(self._lines, start=1) if pattern.search(line))
        number = next(numbers, None)
        return None if number is None else number + self._head_lines


def page_problems(outline: Outline, title: str, lines: Lines, *, titled: bool) -> tuple[Problem, ...]:
    """The problems of a page, at most `MAX_PROBLEMS`.

    Args:
        outline: the sections of the page.
        title: what the page is called.
        lines: the lines of its file.
        titled: whether the page itself has the title, in its front matter or a heading of level 1.
    """
    return tuple(islice(_problems(outline, title, lines, titled=titled), MAX_PROBLEMS))


def _problems(outline: Outline, title: str, lines: Lines, *, titled: bool) -> Iterator[Problem]:
    source = lines.source
    if not titled:
        yield Problem("no-title", f"no title in front matter and no heading of level 1; called {title!r}", source, 1)
    for draft in outline.drafts:
        yield from _section_problems(draft, lines)
    if all(draft.kind == "about" for draft in outline.drafts):
        yield Problem("no-known-label", "no section label is known; the whole text is under About", source, 1)


def _section_problems(draft: Draft, lines: Lines) -> Iterator[Problem]:
    shown = draft.heading[:_MAX_LABEL_CHARS]
    if draft.unknown:
        message = f"the label {shown!r} is of no known kind; its text is under About"
        yield Problem("unknown-label", message, lines.source, lines.number_of(draft.heading))
    elif not draft.elements:
        message = f"nothing stands under {shown!r}"
        yield Problem("empty-section", message, lines.source, lines.number_of(draft.heading))
