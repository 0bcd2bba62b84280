"""Markdown to safe HTML, and the one text that comes of it."""

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.reading.markdown.markup import parse_markdown, render, text_of
from tests.support.hostile_texts import HOSTILE_UNITS

ALLOWED = set("p h1 h2 h3 h4 h5 h6 ul ol li strong em sub sup br b i blockquote hr table thead tbody tr th td".split())
hostile = st.text(max_size=200) | st.text(alphabet="*_`[]()<>!#&;-+|\\ \n\t1.aβ/:\"'", max_size=120)


def html(markdown: str) -> str:
    """A whole text as HTML."""
    return render(parse_markdown(markdown))


@settings(max_examples=500, deadline=None)
@given(hostile)
def test_html_is_safe(markdown: str) -> None:
    """An independent sanitizer with our short list of tags has nothing to remove: the text it leaves is the same."""
    made = html(markdown)
    cleaned = nh3.clean(made, tags=ALLOWED, attributes={"td": {"align"}, "th": {"align"}}, link_rel=None)
    assert text_of(cleaned) == text_of(made)
    assert made.count("<") == cleaned.count("<")


@settings(max_examples=300, deadline=None)
@given(hostile)
def test_letters_survive(markdown: str) -> None:
    """Every letter of a text without entities and links is in its HTML's text, in order."""
    plain = markdown.replace("&", " ").replace("](", "] (").replace("<", " ").replace("\r", " ")
    letters = [char for char in plain if char.isalpha()]
    assert [char for char in text_of(html(plain)) if char.isalpha()] == letters


def test_blocks_stand_on_lines() -> None:
    """The text has one line for each block: items, cells, paragraphs, and what a line break parts."""
    text = text_of(html("Intro\n* one\n* two\n    * deep\n\n| a | b |\n|---|---|\n| c | d |\n\nx<br>y\n\n> quote"))
    assert text.split("\n") == ["Intro", "one", "two", "deep", "a", "b", "c", "d", "x", "y", "quote"]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Label:\n* item", "<p>Label:</p>\n<ul><li>item</li></ul>"),
        (
            "<script>x</script> <b>bold</b> H<sub>2</sub>O",
            "<p>&lt;script&gt;x&lt;/script&gt; <b>bold</b> H<sub>2</sub>O</p>",
        ),
        ("[text](javascript:alert) ![image](x.png)", "<p>text image</p>"),
        ("[ref]: http://example.org", "<p>[ref]: http://example.org</p>"),
        ('<img src=x onerror="y">', "<p>&lt;img src=x onerror=&quot;y&quot;&gt;</p>"),
        (
            "|a|\n|:-:|\n|b|",
            '<table><thead><tr><th align="center">a</th></tr></thead>\n<tbody><tr><td align="center">b</td></tr></tbody></table>',
        ),
        ("* a\n  * b\n* c", "<ul><li>a\n<ul><li>b</li></ul></li>\n<li>c</li></ul>"),
        ("5 &lt; 6 &amp; 7", "<p>5 &lt; 6 &amp; 7</p>"),
    ],
)
def test_pieces(markdown: str, expected: str) -> None:
    """What these pages hold is rendered so, and nothing of it is markup that the page did not mean."""
    assert html(markdown) == expected


@pytest.mark.parametrize("unit", HOSTILE_UNITS)
def test_long_hostile_runs_are_rendered(unit: str) -> None:
    """Eight thousand of a mark that other converters choke on is rendered, no letter lost; `benchmarks.rendering` has the times."""
    text = unit * 8000
    letters = sum(char.isalpha() for char in text.replace("&amp;", "&"))  # unclosed tags are shown as they are
    assert sum(char.isalpha() for char in text_of(html(text))) == letters


def test_deep_nesting_is_capped() -> None:
    """Three hundred lists in each other, or quotes, are read without recursion running out, and no word is lost."""
    lists = "\n".join("  " * depth + f"* item{depth}" for depth in range(300))
    assert all(f"item{depth}" in text_of(html(lists)) for depth in range(300))
    assert "end" in text_of(html(">" * 5000 + " end"))
