"""Reading a page: golden files in and out, and what holds for any text at all.

To renew the golden files after a change that is meant: `python -m tests.search.reading.markdown.test_parser`, then read the difference.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.errors import MonographError
from search.model import KINDS, Monograph
from search.reading.markdown.markup import text_of
from search.reading.markdown.parser import parse_monograph
from tests.support.paths import DATA
from tests.support.words_held import words_held, words_of_page

GOLDEN = DATA / "golden" / "parser"
PAGES = sorted(GOLDEN.glob("*.md"))

lines = st.sampled_from(
    [
        "# Title", "## Usage", "### **Side Effects:**", "**Usage:**", "**Usage:** text here", "* **Usage:** inner", "* **Bold:** item",
        "**Alphalin:**", "**FAQs:**", "* **Why?** Because.", "* **Q: Who?** A: You.", "Usage: plain", "**Disclaimer:** not medical advice.",
        "**Note:** AI-generated.", "**Note:** keep dry", "text of a paragraph", "    indented", "  * deeper", "1. one", "| a | b |", "|---|---|",
        "> quote", "***", "**In summary:** so", "**", "* ", "<b>x</b> <i", "[a](b)", "`code", "### Q?", "Setext\n------", "", "",
    ]
)  # fmt: skip
pages = st.lists(lines, max_size=25).map("\n".join) | st.text(max_size=200)


def plain(monograph: Monograph) -> dict[str, Any]:
    """A monograph as a golden file shows it."""
    values: dict[str, Any] = json.loads(json.dumps(asdict(monograph), ensure_ascii=False))
    return values


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_golden(page: Path) -> None:
    """A page is read as its golden file says, section by section."""
    expected = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    assert plain(parse_monograph(page.stem, page.read_text(encoding="utf-8"))) == expected


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_golden_pages_lose_nothing(page: Path) -> None:
    """Each word of a golden page is held exactly once (but for the answer that front matter adds)."""
    text = page.read_text(encoding="utf-8")
    monograph = parse_monograph(page.stem, text)
    assert words_of_page(text) - words_held(monograph, text) == {}


@settings(max_examples=400, deadline=None)
@given(pages)
def test_any_text_is_a_monograph(text: str) -> None:
    """Whatever the page, it is read: texts are those of their HTML, anchors are unique and plain, kinds are known."""
    try:
        monograph = parse_monograph("a/b", text)
    except MonographError:
        assert text.startswith("---")
        return
    anchors = [section.anchor for section in monograph.sections]
    assert len(set(anchors)) == len(anchors)
    assert [section.order for section in monograph.sections] == list(range(len(anchors)))
    for section in monograph.sections:
        assert section.text == text_of(section.html)
        assert section.kind in KINDS
        assert section.heading
        assert section.heading_path[0] == monograph.title
        assert section.anchor.isascii()
        assert not section.anchor.startswith("ui-")
        assert 0 < len(section.anchor) <= 60


def numbered(chosen: list[str]) -> str:
    """Lines with a word of its own behind each heading, so that no two headings are alike."""
    return "\n".join(
        f"{line} w{n}" if line.startswith("#") and line[-1].isalnum() else line for n, line in enumerate(chosen)
    )


@settings(max_examples=300, deadline=None)
@given(st.lists(lines, max_size=25, unique=True).map(numbered))
def test_no_word_is_lost(text: str) -> None:
    """Whatever the order of labels, headings and lists, every word of the page is held."""
    monograph = parse_monograph("a/b", f"---\ntitle: Title\n---\n{text}")
    assert words_of_page(text) - words_held(monograph, text) == {}


def test_anchors_do_not_depend_on_other_sections() -> None:
    """Adding a section in front changes no other anchor."""
    body = "**Usage:** a\n\n**FAQs:**\n\n* **Why is it so?** Because.\n* **Why not?** So.\n"
    before = {s.heading: s.anchor for s in parse_monograph("a", f"# T\n\n{body}").sections}
    after = {
        s.heading: s.anchor for s in parse_monograph("a", f"# T\n\nLead text.\n\n**Dosage:** b\n\n{body}").sections
    }
    assert before.items() <= after.items()


@pytest.mark.parametrize("form", ["**Usage:** x", "**Usage**: x", "**Usage:**\n\nx", "**Usage:**\nx", "**Usage (general):** x", "__Usage:__ x",
                                  "Usage: x", "## Usage\nx", "### **Usage:**\n\nx", "Usage\n-----\nx", "#### Usage: \n\nx", "**USAGE** x"])  # fmt: skip
def test_a_label_in_any_form(form: str) -> None:
    """A label is the same label bold or not, as a heading, with a suffix, with its text beside or below it."""
    (section,) = parse_monograph("a", f"# T\n\n{form}\n").sections
    assert (section.kind, section.text) == ("uses", "x")


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("---\ntitle: [x\n---\nbody", 3, "not YAML"),
        ("---\ntitle: x\nbody", 1, "not closed"),
        ("---\n- a\n- b\n---\nbody", 2, "key: value"),
        ("---\na: &x [1]\nb: *x\n---\nbody", 1, "aliases"),
    ],
)
def test_broken_front_matter_is_refused(text: str, line: int, reason: str) -> None:
    """Front matter that cannot be read names the file, the line and the reason."""
    with pytest.raises(MonographError, match=reason) as caught:
        parse_monograph("a/b", text)
    assert (caught.value.source, caught.value.line) == ("a/b.md", line)


def test_odd_front_matter_is_reported() -> None:
    """Values of another type, unknown statuses and odd keys are reported or passed over; the page is read."""
    page = parse_monograph(
        "a", "---\nyes: 1\ntitle: 12\nbrand_names: {a: b}\nstatus: gone\nupdated: 2026-01-02\n---\n**Usage:** x"
    )
    assert (page.title, page.updated, page.status) == ("12", "2026-01-02", None)
    assert [problem.kind for problem in page.problems] == ["front-matter", "front-matter"]


def test_a_mark_and_other_line_ends() -> None:
    """A byte order mark and line ends of other systems change nothing."""
    text = "---\ntitle: X\n---\n\n# X\n\n**Usage:** y\n"
    assert parse_monograph("a", "\ufeff" + text.replace("\n", "\r\n")) == parse_monograph("a", text)


if __name__ == "__main__":
    for path in PAGES:
        made = json.dumps(
            plain(parse_monograph(path.stem, path.read_text(encoding="utf-8"))), ensure_ascii=False, indent=1
        )
        path.with_suffix(".json").write_text(made + "\n", encoding="utf-8")
