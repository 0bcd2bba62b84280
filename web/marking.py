"""Marks the matches of a query in text and in HTML. The only Python of this program that writes HTML.

`marked` takes plain text. `marked_html` takes the HTML of a section, and ranges that count in its text nodes, joined.
Knows nothing of requests or of how matches are found.
"""

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from markupsafe import Markup, escape

from search import Match


def marked(text: str, matches: Iterable[Match]) -> Markup:
    """The text as HTML, with its matches in `<mark>`.

    Args:
        text: any text; nothing in it is taken for markup.
        matches: ranges in code points of `text`. Out of bounds, empty or overlapping ones are cut or left out.
    """
    return Markup("".join(_pieces(text, 0, _tidy(matches, len(text)))))  # noqa: S704 # every piece is escaped


def marked_html(html: str, matches: Iterable[Match]) -> Markup:
    """The HTML of a section with its matches in `<mark>`; a match that crosses tags has a mark in each of its text nodes.

    Args:
        html: HTML out of the index, which indexing made safe; its tags are copied, its text is escaped again.
        matches: ranges in code points of the text nodes of `html`, joined.
    """
    walker = _Walker(matches)
    walker.feed(html)
    walker.close()
    return Markup("".join(walker.parts))  # noqa: S704 # tags of HTML that indexing made safe, and escaped text


class _Walker(HTMLParser):
    """Copies tags unchanged and text with marks, and counts the code points of text that it has passed."""

    def __init__(self, matches: Iterable[Match]) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._matches = tuple(matches)
        self._offset = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.parts.append(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        end = self._offset + len(data)
        inside = [
            (max(start, self._offset), min(stop, end), why)
            for start, stop, why in self._matches
            if start < end and stop > self._offset
        ]
        self.parts.extend(_pieces(data, self._offset, _tidy(inside, end)))
        self._offset = end


def _tidy(matches: Iterable[Match], length: int) -> Iterator[Match]:
    """The matches in order, cut so that they lie inside the text and none overlaps another."""
    reached = 0
    for start, end, why in sorted(matches):
        cut_start, cut_end = max(start, reached), min(end, length)
        if cut_start < cut_end:
            yield cut_start, cut_end, why
            reached = cut_end


def _pieces(text: str, offset: int, matches: Iterable[Match]) -> Iterator[str]:
    """Pieces of HTML: the text escaped, with its matches in `<mark>`. White space alone is not marked.

    Args:
        text: a part of a longer text.
        offset: where it begins there, in code points.
        matches: ranges of the longer text that lie inside this part, in order, without overlap.
    """
    reached = 0
    for start, end, why in matches:
        yield _escaped(text[reached : start - offset])
        reached = end - offset
        inside = text[start - offset : reached]
        yield f'<mark class="{_escaped(why)}">{_escaped(inside)}</mark>' if inside.strip() else _escaped(inside)
    yield _escaped(text[reached:])


def _escaped(text: str) -> str:
    """Escaped, as `str`: a page joins some hundred pieces, and joining `str` is faster than joining `Markup`."""
    return str(escape(text))
