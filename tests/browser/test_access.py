"""Every page and state, in light, dark and forced colours, has no fault that axe-core finds; and works at 320 pixels and 200 %."""

from importlib.resources import files
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page

from tests.support.states import PAGES

pytestmark = pytest.mark.browser

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def _faults(page: Page) -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", RULES)
    return [f"{fault['id']}: {node['html'][:160]}" for fault in found["violations"] for node in fault["nodes"]]


@pytest.mark.parametrize("colours", ["light", "dark", "forced"])
def test_axe_finds_nothing(browser: Browser, live_server: str, colours: str) -> None:
    """WCAG 2.2 AA and the good practice that axe knows, on every page."""
    context = browser.new_context(
        base_url=live_server,
        color_scheme="dark" if colours == "dark" else "light",
        forced_colors="active" if colours == "forced" else "none",
    )
    page = context.new_page()
    found = {}
    for name, address in PAGES.items():
        page.goto(address)
        if faults := _faults(page):
            found[name] = faults
    context.close()
    assert found == {}


def test_axe_finds_nothing_in_an_open_list(browser: Browser, live_server: str) -> None:
    """Suggestions open, one of them selected."""
    context = browser.new_context(base_url=live_server)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("combobox").press_sequentially("para")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert _faults(page) == []
    context.close()


@pytest.mark.parametrize("width", [320, 640])
def test_nothing_is_cut_off_when_it_is_narrow_or_large(browser: Browser, live_server: str, width: int) -> None:
    """At 320 pixels, and at 1280 with text twice as large (which is 640), no page scrolls sideways."""
    context = browser.new_context(base_url=live_server, viewport={"width": width, "height": 700})
    page = context.new_page()
    for address in PAGES.values():
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    context.close()


def test_one_level_one_heading_and_no_level_skipped(browser: Browser, live_server: str) -> None:
    """Headings tell the structure of every page."""
    context = browser.new_context(base_url=live_server)
    page = context.new_page()
    for address in PAGES.values():
        page.goto(address)
        levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => Number(h.tagName[1]))")
        assert levels.count(1) == 1, address
        assert all(after - before <= 1 for before, after in pairwise(levels)), (address, levels)
    context.close()
