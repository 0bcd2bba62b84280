"""Wide, narrow and printed: what stands where, and nothing scrolls sideways."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_filters_stand_beside_wide_results_and_fold_on_a_phone(page: Page, phone: Page) -> None:
    """Wide: in sight, left of the list. Phone: folded until asked for, and nothing scrolls sideways."""
    page.goto("/search?q=nausea")
    filters, cards = page.locator(".ui-filters"), page.locator("article").first
    expect(filters).to_be_visible()
    beside, card = filters.bounding_box(), cards.bounding_box()
    assert beside is not None
    assert card is not None
    assert beside["x"] + beside["width"] < card["x"]

    phone.goto("/search?q=nausea")
    expect(phone.locator(".ui-filters a").first).not_to_be_visible()
    phone.locator(".ui-fold > summary").click()
    expect(phone.locator(".ui-filters a").first).to_be_visible()


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/search?q=nausea",
        "/search?q=qwzx",
        "/m/p/paracetamol?q=pain",
        "/help",
        "/m/h/hostile%20%26%20co%20%2B%20100%25",
    ],
)
@pytest.mark.parametrize("width", [320, 390, 768])
def test_no_page_scrolls_sideways(page: Page, address: str, width: int) -> None:
    """At phone widths, and at 320 pixels, which is 1280 at 400 % zoom."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_print_leaves_out_what_paper_cannot_use(page: Page) -> None:
    """On paper: the passages and where they come from, but no box, filters or page links."""
    page.goto("/search?q=nausea")
    page.emulate_media(media="print")
    expect(page.locator("article").first).to_be_visible()
    expect(page.locator(".ui-provenance")).to_be_visible()
    for gone in (".ui-top", ".ui-side", "search", ".ui-pages"):
        expect(page.locator(gone).first).not_to_be_visible()
