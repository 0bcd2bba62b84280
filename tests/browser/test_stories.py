"""Stories in a real browser, on the real server: with scripts and without."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def either_page(browser: Browser, live_server: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page with scripts, then one without. Neither may meet an error, or ask any other host."""
    yield from _watched_page(browser, live_server, scripts=request.param)


@pytest.fixture
def page(browser: Browser, live_server: str) -> Iterator[Page]:
    """A page with scripts."""
    yield from _watched_page(browser, live_server, scripts=True)


@pytest.fixture
def phone(browser: Browser, live_server: str) -> Iterator[Page]:
    """A page 390 pixels wide."""
    yield from _watched_page(browser, live_server, scripts=True, width=390)


def _watched_page(browser: Browser, server: str, *, scripts: bool, width: int = 1280) -> Iterator[Page]:
    context = browser.new_context(
        base_url=server, java_script_enabled=scripts, viewport={"width": width, "height": 900}
    )
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    wrong: list[str] = []
    opened.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("request", lambda asked: None if asked.url.startswith(server) else wrong.append(asked.url))
    yield opened
    cookies = context.cookies()
    context.close()
    assert not wrong, "refused by the policy, failed, or asked elsewhere"
    assert not cookies


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


def test_hostile_text_stays_text(page: Page) -> None:
    """Neither a query nor a page full of markup runs anything; the watched page would tell."""
    page.goto("/search?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    expect(page.locator("h1")).to_contain_text("<script>alert(1)</script>")
    page.goto("/m/h/hostile%20%26%20co%20%2B%20100%25?q=usage")
    expect(page.locator("h1")).to_have_text('<script>alert("title")</script> & Co')


def test_print_leaves_out_what_paper_cannot_use(page: Page) -> None:
    """On paper: the passages and where they come from, but no box, filters or page links."""
    page.goto("/search?q=nausea")
    page.emulate_media(media="print")
    expect(page.locator("article").first).to_be_visible()
    expect(page.locator(".ui-provenance")).to_be_visible()
    for gone in (".ui-top", ".ui-side", "search", ".ui-pages"):
        expect(page.locator(gone).first).not_to_be_visible()
