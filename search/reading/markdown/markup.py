"""Turns Markdown into a tree of safe elements, and elements into HTML and its text. The only user of `markdown`.

Raw HTML stays text, but for `sub sup br b i`; links and images are reduced to their text. `text_of(html)` joins the text nodes of
the HTML, in which newlines stand between blocks, so an offset in the text is a place in the HTML. Knows nothing of labels or
sections.
"""

import re
import xml.etree.ElementTree as ET  # builds elements; parses nothing
from collections.abc import Iterable
from html import escape, unescape
from html.parser import HTMLParser
from typing import Final

import markdown
from markdown.inlinepatterns import InlineProcessor

MAX_NESTING: Final = 20
"""Levels of lists in lists, and of quotes in quotes. Python-Markdown recurses at each level; real pages have two."""

BLOCKS: Final = frozenset("p h1 h2 h3 h4 h5 h6 ul ol li blockquote hr table thead tbody tr th td".split())
"""Tags of blocks, which a newline parts in the HTML."""

_INLINE: Final = frozenset("strong em sub sup br b i".split())
_VOID: Final = frozenset(("br", "hr"))

_ITEM: Final = re.compile(r"(\s*)([*+-]|\d{1,9}[.)])(?:\s+(.*))?$")
_RULE: Final = re.compile(r"\s{0,3}([-*_])(?:\s*\1){2,}\s*$")
_STARTS_BLOCK: Final = re.compile(r"(?:\*\*|__)\S|#{1,6}\s|>")
_LINK: Final = re.compile(r"!?\[([^\[\]\n]{1,300})\]\(<?[^()<>\s]{0,500}>?(?:\s\"[^\"\n]{0,200}\")?\)")
_CONTROL: Final = {code: " " for code in range(32) if code != ord("\n")}
MAX_BLOCK_CHARS: Final = 8_000
"""The longest text without a blank line; a longer one is cut, at a space where there is one. Python-Markdown takes time for inline
marks that grows with the square of a block. The longest block of 2,057 real pages has 2,525 characters."""

_BLOCK: Final = re.compile(r"((?:(?!\n[ \t]*\n)[\s\S]){%d}\S{0,200})(?!\n[ \t]*\n)" % MAX_BLOCK_CHARS)  # noqa: UP031 # braces
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8}[0-9]{0,2});")
_UNDERLINE: Final = re.compile(r"(?:-{2,}|={2,})\s*$")
_QUOTE: Final = re.compile(rf"(?:\s*>){{{MAX_NESTING + 1},}}")


class _Tag(InlineProcessor):
    """The few tags of raw HTML that are read as tags, such as `<sub>2</sub>`."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[ET.Element, int, int]:  # type: ignore[override] # noqa: N802, ARG002
        element = ET.Element(m[1].lower() if m[1] else "br")
        element.text = m[2] or None
        return element, m.start(0), m.end(0)


def _converter() -> markdown.Markdown:
    """Python-Markdown without links, images, code, entities and raw HTML, but for the tags of `_Tag`."""
    converter = markdown.Markdown(extensions=["tables"], extension_configs={"tables": {"use_align_attribute": True}})
    converter.preprocessors.deregister("html_block")
    for name in ("code", "reference"):
        converter.parser.blockprocessors.deregister(name)
    for name in ("reference", "link", "image_link", "image_reference", "short_reference", "short_image_ref",
                 "autolink", "automail", "html", "entity", "backtick"):  # fmt: skip
        converter.inlinePatterns.deregister(name)
    converter.treeprocessors.deregister("prettify")
    tags = r"<(sub|sup|b|i)>([^<>\n]{0,200})</\1>|<br\s*/?>"
    converter.inlinePatterns.register(_Tag(f"(?i){tags}", converter), "tags", 185)
    return converter


_converters: Final[list[markdown.Markdown]] = []
"""Converters that no thread uses just now: making one takes longer than parsing a page."""


def parse_markdown(text: str) -> ET.Element:
    """The body of a page as a tree: `p`, `h1`…`h6`, `ul`, `ol`, `blockquote`, `table`, `hr` with inline elements.

    Time grows with the length of the text, whatever it holds (docs/corpus-format.md gives the limits).
    """
    converter = _converters.pop() if _converters else _converter()
    converter.reset()
    lines = _tidied(_LINK.sub(r"\1", text)).split("\n")
    for preprocessor in converter.preprocessors:
        lines = preprocessor.run(lines)
    document = converter.parser.parseDocument(lines).getroot()
    root = document if document is not None else ET.Element("div")
    for processor in converter.treeprocessors:
        changed = processor.run(root)
        root = root if changed is None else changed
    _converters.append(converter)
    return root


def _tidied(text: str) -> str:
    """The text with lists as Python-Markdown reads them: a blank line before the first item, four spaces a level.

    Lists are nested to `MAX_NESTING` at most. `levels` holds the indents of the lists that are open.
    """
    tidied: list[str] = []
    levels: list[int] = []
    blank = True
    for line in _plainer(text).split("\n"):
        indent = len(line) - len(line.lstrip())
        item = None if _RULE.match(line) else _ITEM.match(line)
        if not line.strip():
            tidied.append("")
        elif _UNDERLINE.match(line) and not blank and not levels:
            tidied[-1:] = ["", tidied[-1], line.strip(), ""]
        elif item is not None and (item[3] or item[2] in "*+-"):
            if not levels and not blank:
                tidied.append("")
            _enter(levels, indent)
            marker = item[2] if item[2] in "*+-" else f"{item[2][:-1]}."
            tidied.append(f"{'    ' * (len(levels) - 1)}{marker} {item[3] or ''}")
        elif levels and not _ends_list(line, indent, blank=blank):
            tidied.append("    " * (len(levels) if blank else 0) + line.strip())
        else:
            if not blank and (levels or _STARTS_BLOCK.match(line) or _RULE.match(line)):
                tidied.append("")
            levels.clear()
            tidied.append(line.strip() if indent else line)
            if _RULE.match(line):
                tidied.append("")
        blank = not line.strip()
    return "\n".join(tidied)


def _plainer(text: str) -> str:
    """The text with plain line ends, spaces for tabs and control characters, and long runs of marks made short.

    Python-Markdown takes much time for such runs, and for very long blocks.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    text = text.translate(_CONTROL)
    if len(text) > MAX_BLOCK_CHARS:
        text = _BLOCK.sub(r"\1\n\n", text)
    text = _ENTITY.sub(lambda match: unescape(match[0]), text)
    text = re.sub(r"([*_`~])\1{7,}", lambda match: match[1] * 3, text)
    return _QUOTE.sub("> " * MAX_NESTING, text)


def _enter(levels: list[int], indent: int) -> None:
    """Open or close lists for an item at this indent; an item deeper by one space is still in the list of the one above."""
    while levels and indent < levels[-1]:
        levels.pop()
    if not levels or (indent > levels[-1] + 1 and len(levels) < MAX_NESTING):
        levels.append(indent)


def _ends_list(line: str, indent: int, *, blank: bool) -> bool:
    """Whether a line ends the open lists: text at the margin does, after a blank line or where it starts a block."""
    return indent < 2 and (blank or _STARTS_BLOCK.match(line) is not None or _RULE.match(line) is not None)


def render(elements: Iterable[ET.Element]) -> str:
    """Elements as HTML: allowed tags only, no attributes but a table cell's `align`, a newline between blocks."""
    parts: list[str] = []
    for element in elements:
        if parts:
            parts.append("\n")
        _write(element, parts)
    return "".join(parts)


def _write(element: ET.Element, parts: list[str]) -> None:
    """Append the HTML of an element to `parts`; of a tag that is not allowed, its text and children."""
    tag = element.tag if element.tag in BLOCKS or element.tag in _INLINE else None
    align = element.get("align", "") if tag in ("th", "td") else ""
    if tag:
        parts.append(f'<{tag} align="{align}">' if align in ("left", "right", "center") else f"<{tag}>")
    if element.text and not (element.tag in _CONTAINERS and not element.text.strip()):
        parts.append(_shown(element.text))
    begun = bool(element.text and element.text.strip())
    for child in element:
        if begun and child.tag in BLOCKS:
            parts.append("\n")
        _write(child, parts)
        begun = True
        if child.tail and (child.tail.strip() or element.tag not in _CONTAINERS):
            parts.append(_shown(child.tail))
    if tag == "br":
        parts.append("\n")
    if tag and tag not in _VOID:
        parts.append(f"</{tag}>")


_CONTAINERS: Final = frozenset("ul ol li blockquote table thead tbody tr div".split())


def _shown(text: str) -> str:
    """Text escaped for HTML; a line break inside a block becomes a space."""
    return escape(text.replace("\n", " "), quote=True)


def text_of(html: str) -> str:
    """The text nodes of HTML, one after the other: the text that a section's ranges count in, in code points."""
    reader = _TextNodes()
    reader.feed(html)
    reader.close()
    return "".join(reader.nodes)


class _TextNodes(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.nodes: list[str] = []

    def handle_data(self, data: str) -> None:
        self.nodes.append(data)


def inline_text(element: ET.Element) -> str:
    """The text of an element without its markup."""
    return "".join(element.itertext())
