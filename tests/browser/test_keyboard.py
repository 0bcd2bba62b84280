"""Everything is reached by keys alone, and the focus is always in sight."""

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser


def test_slash_goes_to_the_box_and_types_as_itself_inside(page: Page) -> None:
    """The key focuses the box from anywhere, selects what is there, and is a letter once in it."""
    page.goto("/search?q=nausea")
    page.keyboard.press("/")
    box = page.get_by_label("Search by symptom or drug name")
    expect(box).to_be_focused()
    page.keyboard.type("a/b")
    expect(box).to_have_value("a/b")


def test_the_keyboard_reaches_everything(page: Page) -> None:
    """From the top: the skip link comes first and leads to the content; Enter in the box searches."""
    page.goto("/help")
    page.keyboard.press("Tab")
    expect(page.locator(".ui-skip")).to_be_focused()
    expect(page.locator(".ui-skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.goto("/")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("nausea")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("monographs")


def test_a_search_by_keys_alone(page: Page) -> None:
    """Choose a name, search again, narrow to a section kind, open a passage, go to its match, clear the marks: no pointer."""
    page.goto("/")
    expect(page.get_by_role("combobox")).to_be_focused()  # letters typed before that go nowhere
    page.keyboard.type("parac")
    expect(page.get_by_role("option")).to_have_count(2)  # what begins so, no longer what "pa" offered
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=Paracetamol")
    page.keyboard.press("/")
    page.keyboard.type("nausea")
    page.keyboard.press("Enter")
    expect(page).to_have_title("nausea – Monograph Search")

    _tab_to(page, page.locator(".ui-filter").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**section=**")
    _tab_to(page, page.locator(".ui-hit h3 a").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/m/**")

    _tab_to(page, page.get_by_role("button", name="Next match"))
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("mark")).to_have_count(0)


def _tab_to(page: Page, target: Locator) -> None:
    """Press Tab until something has the focus. Every stop on the way shows that it is one; the page's end goes on at its top."""
    for _ in range(60):
        page.keyboard.press("Tab")
        hidden = page.locator(":focus").evaluate_all(
            "found => found.filter(e => getComputedStyle(e).outlineStyle === 'none').map(e => e.outerHTML)"
        )
        assert not hidden, "focus that cannot be seen"
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail("Tab does not reach it")
