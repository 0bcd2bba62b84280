"""The real pages of ../shared: every one is read, no word is lost, and labels give sections. Skipped where they are absent."""

import re
from functools import cache
from pathlib import Path

import pytest

from search.model import Monograph
from search.reading.corpus import read_page
from search.reading.pages import list_pages
from tests.support.paths import MONOGRAPHS, MONOGRAPHS_HEADINGS, needs_shared
from tests.support.words_held import words_held, words_of_page

pytestmark = needs_shared

LABELS = {
    "uses": "usage|uses",
    "side-effects": "side[ -]effects",
    "how-it-works": "how it works",
    "faqs": "faqs?",
    "dosage": "dosage",
    "precautions": "precautions",
}


@cache
def pages(folder: Path) -> tuple[tuple[str, Monograph], ...]:
    """Text and monograph of every page of a folder."""
    return tuple((page.path.read_text(encoding="utf-8"), read_page(page)) for page in list_pages(folder))


@pytest.mark.parametrize(("folder", "count"), [(MONOGRAPHS, 2057), (MONOGRAPHS_HEADINGS, 191)])
def test_every_page_is_read(folder: Path, count: int) -> None:
    """All pages are read, each with at least one section."""
    assert len(pages(folder)) == count
    assert all(monograph.sections for _, monograph in pages(folder))


@pytest.mark.parametrize("folder", [MONOGRAPHS, MONOGRAPHS_HEADINGS])
def test_no_word_is_lost(folder: Path) -> None:
    """Each word of each page is held: in title, generic name, a heading, a section's text or a notice."""
    lost = {m.id: dict(words_of_page(text) - words_held(m, text)) for text, m in pages(folder)}
    assert {identifier: words for identifier, words in lost.items() if words} == {}


@pytest.mark.parametrize("folder", [MONOGRAPHS, MONOGRAPHS_HEADINGS])
def test_no_word_is_held_twice(folder: Path) -> None:
    """No word stands in two places; of all pages at most one differs, where a paragraph hides a `Generic Name` from this test."""
    twice = {m.id: dict(words_held(m, text) - words_of_page(text)) for text, m in pages(folder)}
    assert len([words for words in twice.values() if words]) <= 1


@pytest.mark.parametrize("kind", LABELS)
@pytest.mark.parametrize("folder", [MONOGRAPHS, MONOGRAPHS_HEADINGS])
def test_labels_give_sections(folder: Path, kind: str) -> None:
    """Of the pages that carry a label in any form, at least 99 % have a section of its kind."""
    label = rf"(?:{LABELS[kind]})(?:\s*\([^)\n]*\))?"
    forms = (
        rf"(?im)^\s*(?:[*+-]\s+)?(?:(?:#+\s*)?(?:\*\*|__){label}:?(?:\*\*|__):?|#+\s*{label}:?\s*$|{label}:(?=\s|$))"
    )
    carrying = [monograph for text, monograph in pages(folder) if re.search(forms, text)]
    having = [monograph for monograph in carrying if any(section.kind == kind for section in monograph.sections)]
    assert len(having) >= 0.99 * len(carrying)


def test_ingredients_of_combinations() -> None:
    """A title with a plus sign is a combination of as many ingredients."""
    for _, monograph in pages(MONOGRAPHS):
        if monograph.title.count(" + ") and "(" not in monograph.title:
            assert 1 <= len(monograph.ingredients) <= monograph.title.count("+") + monograph.title.count("&") + 1, (
                monograph.title
            )
