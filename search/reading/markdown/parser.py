"""Turns the text of one page into a `Monograph`, with the page's problems as data.

    front matter (`front_matter`) · Markdown (`markup`) → parts (`parts`) → places (`outline`) → sections with anchors

Knows nothing of files: `corpus` finds and reads those.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import chain
from pathlib import PurePosixPath
from typing import Final

from search.errors import MonographError
from search.model import Monograph, Name, Notice, Section
from search.reading.anchors import Anchors
from search.reading.generic_names import is_explanation
from search.reading.ingredients import ingredients
from search.reading.markdown.drafts import Draft, DraftNotice, Outline
from search.reading.markdown.front_matter import FrontMatter, split_front_matter
from search.reading.markdown.markup import parse_markdown, render, text_of
from search.reading.markdown.outline import outline
from search.reading.markdown.parts import Part, read_parts
from search.reading.markdown.problems import Lines, page_problems
from search.reading.section_kinds import says_no_such_product

MAX_SECTIONS: Final = 1000
"""The real pages have at most some dozens. What each section costs beside its length is bounded by this."""


def parse_monograph(identifier: str, text: str, *, source: str | None = None, sha256: str = "") -> Monograph:
    """Read one page.

    Args:
        identifier: the path under the corpus root without `.md`.
        text: the whole page; a byte order mark and any line ends are fine.
        source: the path under the corpus root, for problems; by default the identifier with `.md`.
        sha256: of the file's bytes, in hexadecimal.

    Raises:
        MonographError: the front matter cannot be read, or there are over `MAX_SECTIONS` sections.
    """
    source = source or f"{identifier}.md"
    front, body, head_lines = split_front_matter(_with_plain_line_ends(text), source)
    parts = read_parts(parse_markdown(body))
    heading = next((part.heading for part in parts if part.level == 1), "")
    title = _title(front.title or heading or PurePosixPath(identifier).name.replace("-", " ")) or identifier
    page = outline(parts, title)
    _check_size(page, source)
    generic = front.generic_name or " + ".join(dict.fromkeys(page.generic_names))
    titled = bool(front.title) or any(part.level == 1 for part in parts)
    return Monograph(
        id=unicodedata.normalize("NFC", identifier),
        title=title,
        generic_name=generic,
        names=_names(title, generic, front),
        ingredients=_ingredients(title, generic),
        sections=_sections(page, front, title),
        notices=tuple(map(_notice, page.notices)),
        problems=(*front.problems, *page_problems(page, title, Lines(body, head_lines, source), titled=titled)),
        source=source,
        sha256=sha256,
        drug_class=front.drug_class,
        status=front.status or _status(page, parts, generic),
        reviewed=front.reviewed,
        updated=front.updated,
    )


def _with_plain_line_ends(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _title(text: str) -> str:
    """A title without the quotes around it and the punctuation at its end, unless nothing else is left."""
    return " ".join(text.split()).strip("\"'“”").rstrip(" -–.,") or text.strip()


def _check_size(page: Outline, source: str) -> None:
    if len(page.drafts) > MAX_SECTIONS:
        message = f"the page has {len(page.drafts)} sections, over {MAX_SECTIONS}; split it"
        raise MonographError(message, source=source)


def _names(title: str, generic: str, front: FrontMatter) -> tuple[Name, ...]:
    """Title, generic name, brands, aliases, each name once; the generic name only where it names the whole product."""
    names = [Name(title, "title")]
    if generic and (front.generic_name or _names_product(generic, title)):
        names.append(Name(generic, "generic"))
    names += [*front.brands, *(Name(alias, "alias") for alias in front.aliases)]
    by_text: dict[str, Name] = {}
    for name in names:
        by_text.setdefault(name.text.casefold(), name)
    return tuple(by_text.values())


def _names_product(generic: str, title: str) -> bool:
    """Whether text under *Generic Name* names the whole product: no explanation, and not one ingredient of several."""
    return not is_explanation(generic) and len(ingredients(generic)) >= len(ingredients(title))


def _ingredients(title: str, generic: str) -> tuple[str, ...]:
    """The ingredients that title or generic name lists: those of the title, unless only the generic name lists several."""
    by_title, by_generic = ingredients(title), ingredients(generic)
    return by_generic if len(by_title) <= 1 < len(by_generic) else by_title


def _sections(page: Outline, front: FrontMatter, title: str) -> tuple[Section, ...]:
    """The sections of the page's text, then the questions of its front matter."""
    questions = (
        Draft("faqs", question or "FAQs", (title, "FAQs"), 3, tuple(parse_markdown(answer)))
        for question, answer in front.faqs
    )
    anchors = Anchors()
    return tuple(_section(draft, anchors, order) for order, draft in enumerate(chain(page.drafts, questions)))


def _section(draft: Draft, anchors: Anchors, order: int) -> Section:
    html = render(draft.elements)
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


def _status(page: Outline, parts: Sequence[Part], generic: str) -> str | None:
    """`no-such-product` where the page's own words say so: its lead, its generic name, or what brackets in its labels say."""
    lead = [draft for draft in page.drafts if draft.kind == "about" and len(draft.path) == 1][:2]
    lead_text = " ".join(text_of(render(draft.elements)) for draft in lead)
    suffixes = " ".join(re.findall(r"\(([^()]*)\)", " ".join(part.heading for part in parts)))
    return "no-such-product" if says_no_such_product(f"{lead_text} {generic}", suffixes) else None
