"""Names are offered while one types, and chosen by keys or pointer."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_names_are_offered_while_one_types(page: Page) -> None:
    """The list opens under the box with kind and detail, nothing selected; Enter alone searches what was typed."""
    page.goto("/")
    page.get_by_role("combobox").press_sequentially("denos")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(options.first).to_contain_text("Denosumab")
    expect(page.get_by_role("combobox")).to_have_attribute("aria-expanded", "true")
    assert page.get_by_role("combobox").get_attribute("aria-activedescendant") is None
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=denos")


def test_an_offered_name_is_chosen_by_keys_or_pointer(page: Page) -> None:
    """Arrow and Enter search the name; a click does the same; Escape closes the list and leaves what was typed."""
    page.goto("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("denos")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(box).to_have_value("denos")
    box.press_sequentially("u")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == page.get_by_role("option").first.get_attribute("id")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=Denosumab")
    page.get_by_role("combobox").fill("denosu")
    page.get_by_role("option").first.click()
    page.wait_for_url("**/search?q=Denosumab")


def test_a_late_answer_is_dropped(page: Page) -> None:
    """What was asked for three letters never replaces what was asked for six."""
    page.goto("/")
    page.route("**/suggest?q=den", lambda route: (page.wait_for_timeout(400), route.continue_()))
    page.get_by_role("combobox").press_sequentially("denosumab")
    expect(page.get_by_role("option").first).to_contain_text("Denosumab")
    page.wait_for_timeout(500)
    expect(page.get_by_role("option").first).to_contain_text("Denosumab")
