"""Marks: on any text and any HTML, nothing is lost, nothing is run, and marks cover what they say."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from search import KIND_LABELS, NOTE_KINDS, REASONS, TIERS, Excerpt, MonographHit, Section, SectionHit
from tests.support.paths import ROOT
from web.formats import counted, day
from web.labels import NOTE_LABELS, REASON_LABELS, TIER_LABELS
from web.marking import marked, marked_html
from web.outline import outline
from web.presentation import legend, single_words

WHY = st.sampled_from(sorted(REASON_LABELS))
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=60) | st.text(
    "<>&\"'ab \n🦴", max_size=60
)
RANGES = st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70), WHY), max_size=6)
TAGS = st.sampled_from(["p", "em", "strong", "li", "ul", "code"])
TAG = re.compile(r"<[^>]*>")


def plain(marked_up: str) -> str:
    """The text of HTML in which every < of text is escaped."""
    return html.unescape(TAG.sub("", marked_up))


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, str]:
    """(html, its text): text nodes nested in tags."""
    written, text = [], []
    for tag, first, second in draw(st.lists(st.tuples(TAGS, TEXT, TEXT), max_size=4)):
        written.append(f'<{tag} class="a&amp;b">{html.escape(first)}<br />{html.escape(second, quote=False)}</{tag}>')
        text += [first, second]
    return "".join(written), "".join(text)


@given(TEXT, RANGES)
def test_marked_text_without_tags_is_the_text(text: str, ranges: list[tuple[int, int, str]]) -> None:
    """Marks add nothing but tags, and escape everything else: whatever is text stays text."""
    written = marked(text, ranges)
    assert plain(written) == text
    assert set(TAG.findall(written)) <= {"</mark>", *(f'<mark class="{why}">' for why in REASON_LABELS)}


@given(TEXT, RANGES)
def test_marks_are_balanced_and_never_nested(text: str, ranges: list[tuple[int, int, str]]) -> None:
    """Opening and closing tags take turns."""
    tags = TAG.findall(marked(text, ranges))
    assert all((tag == "</mark>") == bool(number % 2) for number, tag in enumerate(tags))
    assert len(tags) % 2 == 0


@given(st.text("ab <&🦴", min_size=1, max_size=40), st.data())
def test_a_mark_covers_its_range(text: str, data: st.DataObject) -> None:
    """One good range gives one mark around exactly those code points, unless they are only white space."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    inside = re.findall(r'<mark class="exact">(.*?)</mark>', marked(text, [(start, end, "exact")]), re.DOTALL)
    assert [html.unescape(part) for part in inside] == ([text[start:end]] if text[start:end].strip() else [])


@given(documents(), RANGES)
def test_marked_html_keeps_text_and_tags(document: tuple[str, str], ranges: list[tuple[int, int, str]]) -> None:
    """Without marks, the HTML has the tags it had and the text it had, in the same places."""
    written, text = document
    out = marked_html(written, ranges)
    assert plain(out) == text
    without = re.sub(r'<mark class="[^"]*">|</mark>', "", out)
    assert TAG.findall(without) == TAG.findall(written)
    assert plain(without) == plain(written)


@given(documents(), RANGES)
def test_marks_stay_inside_one_text_node(document: tuple[str, str], ranges: list[tuple[int, int, str]]) -> None:
    """No tag stands inside a mark, so the tree is the one that was indexed."""
    for inside in re.findall(r"<mark[^>]*>(.*?)</mark>", marked_html(document[0], ranges), re.DOTALL):
        assert "<" not in inside
        assert inside.strip()


@given(documents(), st.data())
def test_the_same_range_marks_the_same_words_in_text_and_html(document: tuple[str, str], data: st.DataObject) -> None:
    """The offsets of the excerpt are the offsets of the page."""
    written, text = document
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    inside = re.findall(r"<mark[^>]*>(.*?)</mark>", marked_html(written, [(start, end, "form")]), re.DOTALL)
    assert "".join("".join(html.unescape(part) for part in inside).split()) == "".join(text[start:end].split())


def test_a_phrase_over_inline_tags_is_marked_in_each() -> None:
    """A range that reaches over a tag becomes a mark on either side of it."""
    assert marked_html("<p>low <em>blood</em> salt</p>", [(0, 14, "form")]) == (
        '<p><mark class="form">low </mark><em><mark class="form">blood</mark></em><mark class="form"> salt</mark></p>'
    )


def test_blocks_are_joined_by_newlines_that_are_never_marked() -> None:
    """A newline between list items is text, counts, and takes no mark where an element could not stand."""
    written = marked_html("<ul>\n<li>ab</li>\n<li>cd</li></ul>", [(1, 7, "exact")])
    assert written == '<ul>\n<li><mark class="exact">ab</mark></li>\n<li><mark class="exact">cd</mark></li></ul>'


def test_an_unknown_reason_is_escaped() -> None:
    """Even the reason cannot break out of its attribute."""
    assert marked("ab", [(0, 1, '"><script>')]) == '<mark class="&#34;&gt;&lt;script&gt;">a</mark>b'


def _section(heading: str, *path: str, kind: str = "about") -> Section:
    return Section(heading.lower(), kind, heading, path, len(path) + 1, "t", "<p>t</p>", 0)


def test_the_outline_adds_headings_that_are_no_sections_once() -> None:
    """FAQs over two questions appears once, ingredients stand over their sections, and no level is skipped."""
    sections = [
        _section("X", "X"),
        _section("Side Effects", "X", "Caffeine", kind="side-effects"),
        _section("Q1", "X", "FAQs", kind="faqs"),
        _section("Q2", "X", "FAQs", kind="faqs"),
    ]
    found = [(h.level, h.text, h.section is not None) for h in outline("X", sections, {})]
    assert found == [
        (2, "About", True),
        (2, "Caffeine", False),
        (3, "Side Effects", True),
        (2, "FAQs", False),
        (3, "Q1", True),
        (3, "Q2", True),
    ]


def test_a_heading_that_is_a_section_is_not_repeated() -> None:
    """Questions under a section of that name need no second heading."""
    sections = [_section("FAQs", "X", kind="faqs"), _section("Q1", "X", "FAQs", kind="faqs")]
    assert [(h.level, h.text) for h in outline("X", sections, {})] == [(2, "FAQs"), (3, "Q1")]


def test_the_legend_explains_only_what_is_there() -> None:
    """Nothing to explain while all marks are words as typed."""
    assert legend([_hit("exact"), _hit("form")]) == []
    assert legend([_hit("exact"), _hit("synonym")]) == [("exact", "as typed"), ("synonym", "synonym")]


def _hit(why: str) -> MonographHit:
    section = SectionHit("a", "about", "A", (), (), 1.0, "typed", (why,), (Excerpt("word", ((0, 4, why),)),))
    return MonographHit("a", "A", (), (), None, (), None, None, False, None, 0, (section,))


def test_small_words() -> None:
    """Counts agree with their nouns, days are read aloud, and only plain words are offered one by one."""
    assert counted(1, "section") == "1 section"
    assert counted(1204, "section") == "1,204 sections"
    assert day("2026-11-03T08:00:00Z") == "3 November 2026"
    assert day("unknown") == "unknown"
    assert single_words('low calcium -vomiting section:uses "a b"') == ["low", "calcium", 'b"']
    assert single_words("word") == []


def test_every_kind_has_a_colour_in_both_themes() -> None:
    """A new kind of section cannot be forgotten in the style sheet."""
    style = (ROOT / "web" / "static" / "site.css").read_text("utf-8")
    for kind in KIND_LABELS:
        assert style.count(f"  --ui-{kind}: #") == 2, kind
        assert f".ui-kind-{kind} {{" in style


def test_every_code_has_a_label() -> None:
    """Each reason, tier beside "typed", kind of note and role that a search may give is called something, and no others are."""
    assert set(REASON_LABELS) == set(REASONS)
    assert set(TIER_LABELS) == set(TIERS) - {"typed"}
    assert set(NOTE_LABELS) == set(NOTE_KINDS)
