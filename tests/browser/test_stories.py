"""Stories in a real browser, on the real server: with scripts and without."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_search_filter_open_back(either_page: Page) -> None:
    """Staff search, filter, open a passage at its place, and Back brings the filtered list again."""
    page = either_page
    page.goto("/")
    page.get_by_label("Search by symptom or drug name").fill("nausea")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_title("nausea – Monograph Search")
    before = page.get_by_role("status").inner_text()

    page.get_by_role("link", name=re.compile("^Side effects")).first.click()
    expect(page).to_have_url(re.compile("section=side-effects"))
    expect(page.get_by_label("Search by symptom or drug name")).to_have_value("nausea")
    filtered = page.url

    page.locator(".ui-hit h3 a").first.click()
    expect(page).to_have_url(re.compile(r"/m/.+#side-effects$"))
    section = page.locator("section#side-effects")
    expect(section.locator("mark").first).to_be_visible()
    expect(section).to_be_in_viewport()

    page.go_back()
    expect(page).to_have_url(filtered)
    expect(page.locator('.ui-filter[aria-current="true"]')).to_have_count(1)
    page.get_by_role("link", name="Clear filters").click()
    expect(page.get_by_role("status")).to_have_text(before)


def test_marks_travel_and_the_address_stays_clean(page: Page) -> None:
    """The words leave the address of the monograph, Esc takes the marks off, and the text is as before."""
    page.goto("/search?q=hypocalcemia")
    page.locator(".ui-hit h3 a").first.click()
    expect(page).to_have_url(re.compile(r"/m/d/denosumab#side-effects$"))
    expect(page.locator("mark")).to_have_text(["Hypocalcemia", "low blood calcium"])
    text = page.locator("section#side-effects").inner_text()
    page.keyboard.press("Escape")
    expect(page.locator("mark")).to_have_count(0)
    expect(page.locator("#ui-marks")).to_have_count(0)
    assert page.locator("section#side-effects").inner_text() == text


def test_from_match_to_match(page: Page) -> None:
    """Next and previous go round the marks of a page, say where they are, and put the focus there."""
    page.goto("/m/d/denosumab?q=calcium")
    page.get_by_role("button", name="Next match").click()
    expect(page.locator("#ui-step")).to_contain_text("1 of")
    expect(page.locator("mark").first).to_be_focused()
    page.get_by_role("button", name="Previous match").click()
    expect(page.locator("mark").last).to_be_focused()


def test_the_address_of_a_section_can_be_copied(either_page: Page) -> None:
    """The sign beside a heading is a plain link to its section, without the query."""
    either_page.goto("/m/d/denosumab?q=calcium")
    either_page.locator("section.ui-section a.ui-link").first.click()
    assert re.search(r"/m/d/denosumab(\?q=calcium)?#", either_page.url)


def test_clear_marks_works_either_way(either_page: Page) -> None:
    """By script in place, without scripts by a link."""
    either_page.goto("/m/d/denosumab?q=bone")
    either_page.get_by_role("link", name="Clear marks").click()
    expect(either_page.locator("mark")).to_have_count(0)
    expect(either_page).to_have_url(re.compile(r"/m/d/denosumab$"))


def test_from_a_symptom_to_its_overview_and_back(either_page: Page) -> None:
    """The line above the results leads to a table of the pages, which leads to a section."""
    either_page.goto("/search?q=nausea")
    either_page.locator(".ui-answer a").first.click()
    expect(either_page.get_by_role("heading", level=1)).to_contain_text("Overview of")
    expect(either_page.get_by_role("table")).to_be_visible()
    either_page.get_by_role("table").locator("td a").first.click()
    assert "#" in either_page.url
    either_page.go_back()
    expect(either_page.get_by_role("table")).to_be_visible()


def test_browse_by_letter_and_class(either_page: Page) -> None:
    """From any page: browse, a letter, a monograph, its class."""
    either_page.goto("/help")
    either_page.get_by_role("link", name="Browse").click()
    either_page.get_by_role("navigation", name="Letters").get_by_role("link").first.click()
    either_page.locator(".ui-listing a").first.click()
    expect(either_page.get_by_role("heading", level=1)).to_be_visible()


def test_hostile_text_stays_text(page: Page) -> None:
    """Neither a query nor a page full of markup runs anything; the watched page would tell."""
    page.goto("/search?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    expect(page.locator("h1")).to_contain_text("<script>alert(1)</script>")
    page.goto("/m/h/hostile%20%26%20co%20%2B%20100%25?q=usage")
    expect(page.locator("h1")).to_have_text('<script>alert("title")</script> & Co')
