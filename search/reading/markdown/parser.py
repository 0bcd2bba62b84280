"""A page's text → a `Monograph`, with its problems as data. No files: `monographs` finds and reads those.

front matter (`front_matter`) · Markdown (`rendering`) → parts (`sectioning`) → places (`outline`) → sections with anchors
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice
from pathlib import PurePosixPath
from typing import Final

from search.errors import MonographError
from search.model import Monograph, Name, Notice, Problem, Section
from search.reading.anchors import Anchors
from search.reading.ingredients import ingredients
from search.reading.markdown.front_matter import FrontMatter, split_front_matter
from search.reading.markdown.labels import Part, read_parts
from search.reading.markdown.markup import parse_markdown, render, text_of
from search.reading.markdown.outline import Draft, DraftNotice, Outline, outline
from search.reading.section_kinds import says_no_such_product

MAX_SECTIONS: Final = 1000
"""The real pages have at most some dozens. What each section costs beside its length is bounded by this."""

MAX_PROBLEMS: Final = 100
"""A page with more is not mended one by one."""


def parse_monograph(identifier: str, text: str, *, source: str | None = None, sha256: str = "") -> Monograph:
    """Read one page.

    Args:
        identifier: the path under the corpus root without `.md`.
        text: the whole page; a byte order mark and any line ends are fine.
        source: the path under the corpus root, for problems; by default the identifier with `.md`.
        sha256: of the file's bytes.

    Raises:
        MonographError: the front matter cannot be read, or there are over `MAX_SECTIONS` sections.
    """
    source = source or f"{identifier}.md"
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    front, body, head_lines = split_front_matter(text, source)
    parts = read_parts(parse_markdown(body))
    title = _title(front, parts, identifier)
    found = outline(parts, title)
    if len(found.drafts) > MAX_SECTIONS:
        message = f"the page has {len(found.drafts)} sections, over {MAX_SECTIONS}; split it"
        raise MonographError(message, source=source)
    generic = front.generic_name or " + ".join(dict.fromkeys(found.generic_names))
    listed = ingredients(title)
    lines = _Lines(body, head_lines, source)
    names = _names(title, generic if front.generic_name or _is_name(generic, listed) else "", front)
    return Monograph(
        id=unicodedata.normalize("NFC", identifier),
        title=title,
        generic_name=generic,
        names=names,
        ingredients=listed if len(listed) > 1 or not generic else _longer(listed, ingredients(generic)),
        sections=_sections(found, front, title),
        notices=tuple(_notice(notice) for notice in found.notices),
        problems=(*front.problems, *islice(_problems(found, front, parts, title, lines), MAX_PROBLEMS)),
        source=source,
        sha256=sha256,
        drug_class=front.drug_class,
        status=front.status or _status(found, parts, generic),
        reviewed=front.reviewed,
        updated=front.updated,
    )


def _title(front: FrontMatter, parts: list[Part], identifier: str) -> str:
    """What the page calls itself: front matter, else its first heading of level 1, else its file name."""
    first = next((part.heading for part in parts if part.level == 1), "")
    title = front.title or first or PurePosixPath(identifier).name.replace("-", " ")
    return " ".join(title.split()).strip("\"'“”").rstrip(" -–.,") or title.strip() or identifier


_EXPLAINS: Final = re.compile(
    r"\b(?:is|are|no|not|isn't|doesn't|there|this|these|varies|vary|depends?|multiple|various|none|n/a|see|same)\b",
    re.IGNORECASE,
)


def _is_name(generic: str, listed: tuple[str, ...]) -> bool:
    """Whether the text under *Generic Name* names the whole product: no explanation, and not one ingredient of several."""
    return not _EXPLAINS.search(generic.replace("’", "'")) and len(ingredients(generic)) >= len(listed)


def _names(title: str, generic: str, front: FrontMatter) -> tuple[Name, ...]:
    """Title, generic name, brands, aliases, each name once."""
    all_names = [Name(title, "title"), *([Name(generic, "generic")] if generic else []), *front.brands]
    all_names += [Name(alias, "alias") for alias in front.aliases]
    once: dict[str, Name] = {}
    for name in all_names:
        once.setdefault(name.text.casefold(), name)
    return tuple(once.values())


def _longer(listed: tuple[str, ...], generic: tuple[str, ...]) -> tuple[str, ...]:
    return generic if len(generic) > 1 else listed


def _sections(found: Outline, front: FrontMatter, title: str) -> tuple[Section, ...]:
    anchors = Anchors()
    made: list[Section] = []
    for draft in found.drafts:
        html = render(draft.elements)
        made.append(_section(draft, html, anchors, len(made)))
    for question, answer in front.faqs:
        draft = Draft("faqs", question or "FAQs", (title, "FAQs"), 3, ())
        made.append(_section(draft, render(parse_markdown(answer)), anchors, len(made)))
    return tuple(made)


def _section(draft: Draft, html: str, anchors: Anchors, order: int) -> Section:
    text = text_of(html)
    return Section(
        anchor=anchors.name(draft.heading, draft.path[-1], text, draft.kind),
        kind=draft.kind,
        heading=draft.heading,
        heading_path=draft.path,
        level=draft.level,
        text=text,
        html=html,
        order=order,
    )


def _notice(notice: DraftNotice) -> Notice:
    html = render(notice.elements)
    return Notice("note" if notice.kind == "note" else "disclaimer", notice.heading, text_of(html), html)


def _status(found: Outline, parts: list[Part], generic: str) -> str | None:
    """`no-such-product` where the page's own words say so: its lead, its generic name, or what brackets in its labels say."""
    lead = [draft for draft in found.drafts if draft.kind == "about" and len(draft.path) == 1][:2]
    lead_text = " ".join(text_of(render(draft.elements)) for draft in lead)
    suffixes = " ".join(re.findall(r"\(([^()]*)\)", " ".join(part.heading for part in parts)))
    return "no-such-product" if says_no_such_product(f"{lead_text} {generic}", suffixes) else None


class _Lines:
    """Finds the line of a label, counted in the file."""

    def __init__(self, body: str, head_lines: int, source: str) -> None:
        self._lines = body.split("\n")
        self._head_lines = head_lines
        self.source = source

    def of(self, label: str) -> int | None:
        words = re.findall(r"\w+", label)
        pattern = re.compile(r"\W+".join(map(re.escape, words[:8]))) if words else None
        found = (number for number, line in enumerate(self._lines, start=1) if pattern and pattern.search(line))
        number = next(found, None)
        return None if number is None else number + self._head_lines


def _problems(found: Outline, front: FrontMatter, parts: list[Part], title: str, lines: _Lines) -> Iterator[Problem]:
    source = lines.source
    if not front.title and not any(part.level == 1 for part in parts):
        yield Problem("no-title", f"no title in front matter and no heading of level 1; called {title!r}", source, 1)
    for draft in found.drafts:
        if draft.unknown:
            message = f"the label {draft.heading[:80]!r} is of no known kind; its text is under About"
            yield Problem("unknown-label", message, source, lines.of(draft.heading))
        elif not draft.elements:
            yield Problem(
                "empty-section", f"nothing stands under {draft.heading[:80]!r}", source, lines.of(draft.heading)
            )
    if all(draft.kind == "about" for draft in found.drafts):
        yield Problem("no-known-label", "no section label is known; the whole text is under About", source, 1)
