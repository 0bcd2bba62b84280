"""What pages show of what `search` found: the only Python that makes HTML. Knows nothing of requests or the index.

`marked` marks words of plain text; `marked_html` those of the HTML of a section, whose text nodes, joined, are the
text that the ranges count in.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html.parser import HTMLParser
from typing import Final

from flask import Flask
from markupsafe import Markup, escape

from search import KIND_LABELS, Match, MonographHit, Section, SectionHit

REASONS: Final = {
    "exact": "as typed",
    "form": "as typed",
    "name": "as typed",
    "prefix": "as typed",
    "synonym": "synonym",
    "class": "drug class",
    "spelling": "other spelling",
    "scattered": "words apart",
    "related": "related",
}
"""Why a word is marked → the words of the legend. What shares its words shares its look."""

TIER_LABELS: Final = {
    "synonym": "by synonym",
    "class": "about the drug class",
    "scattered": "words apart, not together",
    "related": "related",
}
"""How a section was found, where that is not "as typed"."""

NOTE_LABELS: Final = {
    "synonym": "Synonyms",
    "name": "Name",
    "spelling": "Spelling",
    "partial": "Not all words",
    "ignored": "Left out",
    "hint": "Hint",
    "lookalike": "Look-alike",
    "ambiguous": "Several meanings",
    "no-monograph": "No monograph",
    "not-mentioned": "Not mentioned",
    "excluded": "Excluded",
    "filtered": "Filtered",
    "section-hint": "Section",
    "related": "Related",
}
"""Kind of a note → the word it opens with, so that its colour is never alone."""

CAUTIONS: Final = frozenset(
    "partial ignored lookalike ambiguous no-monograph not-mentioned excluded filtered spelling".split()
)
"""Notes that change what a reader may conclude from the list."""

SWITCHABLE: Final = frozenset({"synonym", "name", "spelling", "section-hint"})
"""Notes that `without=` can switch off."""

_FIRST_LEVEL = 2
_LAST_LEVEL = 6


def install(app: Flask) -> None:
    """Give the templates these functions and words."""
    app.jinja_env.filters.update(marked=marked, day=day, moment=moment, counted=counted)
    app.jinja_env.globals.update(
        tier_labels=TIER_LABELS, note_labels=NOTE_LABELS, cautions=CAUTIONS, switchable=SWITCHABLE
    )


def marked(text: str, matches: Iterable[Match]) -> Markup:
    """Escaped text with its matches in `<mark>`.

    Args:
        text: any text; nothing in it is taken for markup.
        matches: ranges in code points of `text`. Out of bounds, empty or overlapping ones are cut or left out.
    """
    return Markup("".join(_pieces(text, 0, _tidy(matches, len(text)))))  # noqa: S704 # every piece is escaped


def marked_html(html: str, matches: Iterable[Match]) -> Markup:
    """The HTML of a section with its matches in `<mark>`, one for each text node that a match reaches into.

    Args:
        html: safe HTML out of the index; its tags are kept as they are, its text is escaped anew.
        matches: ranges in code points of the text nodes of `html`, joined.
    """
    walker = _Walker(matches)
    walker.feed(html)
    walker.close()
    return Markup("".join(walker.parts))  # noqa: S704 # tags of HTML that indexing made safe, and escaped text


class _Walker(HTMLParser):
    """Copies tags as they stand, and text with marks, counting code points of text as it goes."""

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
        here = [(max(a, self._offset), min(b, end), why) for a, b, why in self._matches if a < end and b > self._offset]
        self.parts.extend(_pieces(data, self._offset, _tidy(here, end)))
        self._offset = end


def _tidy(matches: Iterable[Match], length: int) -> Iterator[Match]:
    """The matches in order, inside the text, none over another."""
    reached = 0
    for start, end, why in sorted(matches):
        first, last = max(start, reached), min(end, length)
        if first < last:
            yield first, last, why
            reached = last


def _pieces(text: str, offset: int, matches: Iterable[Match]) -> Iterator[str]:
    """Text that begins at `offset`, escaped, with what its matches cover in marks. White space alone is not marked."""
    reached = 0
    for start, end, why in matches:
        yield _escaped(text[reached : start - offset])
        reached = end - offset
        inside = text[start - offset : reached]
        yield f'<mark class="{_escaped(why)}">{_escaped(inside)}</mark>' if inside.strip() else _escaped(inside)
    yield _escaped(text[reached:])


def _escaped(text: str) -> str:
    """Escaped as `markupsafe.escape` does, as plain text: a page joins some hundred pieces, and then is markup once."""
    return str(escape(text))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a monograph page: a section's, or one that only stands over others (then without `section`)."""

    level: int
    text: str
    section: Section | None
    body: Markup


def outline(title: str, sections: Sequence[Section], marks: dict[str, tuple[Match, ...]]) -> list[Heading]:
    """The sections of a page under all the headings that enclose them, no level skipped.

    A heading with no text of its own ("FAQs" over its questions) is no section, but a reader needs it.
    """
    headings: list[Heading] = []
    open_path: tuple[str, ...] = ()
    for section in sections:
        path = tuple(above for above in section.heading_path if above != title)
        shared = _shared(open_path, path)
        headings += [Heading(_level(n), path[n], None, Markup("")) for n in range(shared, len(path))]
        body = marked_html(section.html, marks.get(section.anchor, ()))
        headings.append(Heading(_level(len(path)), section_heading(section, title), section, body))
        open_path = (*path, section.heading)
    return headings


def _shared(before: tuple[str, ...], after: tuple[str, ...]) -> int:
    return next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )


def _level(depth: int) -> int:
    return min(_FIRST_LEVEL + depth, _LAST_LEVEL)


def section_heading(section: Section | SectionHit, title: str) -> str:
    """What a section is called; text that stands right under the title has no heading of its own."""
    return section.heading if section.heading not in ("", title) else KIND_LABELS[section.kind]


def path_above(hit: SectionHit, title: str) -> list[str]:
    """The headings over a hit, but for what its card shows already: the title, and the label of its kind."""
    shown = {title.casefold(), KIND_LABELS[hit.kind].casefold()}
    return [above for above in hit.heading_path if above.casefold() not in shown]


def legend(items: Iterable[MonographHit]) -> list[tuple[str, str]]:
    """(class of a mark, words for it) for each look of marks among these hits; none where all are as typed."""
    matches = (m for item in items for hit in item.sections for excerpt in hit.excerpts for m in excerpt.matches)
    found = {REASONS.get(why, why): why for _, _, why in matches}
    if found.keys() <= {"as typed"}:
        return []
    return sorted(((why, words) for words, why in found.items()), key=lambda pair: list(REASONS).index(pair[0]))


def notices(items: Iterable[MonographHit]) -> list[str]:
    """What pages say of where they come from, each once."""
    return list(dict.fromkeys(item.notice for item in items if item.notice))


def single_words(text: str) -> list[str]:
    """The words of a query that may be tried one at a time; those that are syntax are not."""
    words = [word for word in text.split() if word[0] not in '-"*' and ":" not in word]
    return list(dict.fromkeys(words)) if len(words) > 1 else []


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 section, 1,204 sections."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def day(moment: str) -> str:
    """23 November 2026, out of an ISO 8601 moment; what is no such moment stays as it is."""
    try:
        parsed = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    return f"{parsed.day} {parsed:%B %Y}"


def moment(text: str) -> str:
    """23 November 2026, 14:05 UTC, out of an ISO 8601 moment in UTC; what is no such moment stays as it is."""
    try:
        return f"{day(text)}, {datetime.fromisoformat(text):%H:%M} UTC"
    except ValueError:
        return text
