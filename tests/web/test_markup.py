"""No markup of a page, a title, a brand, a class, a query or an excerpt becomes markup of ours: read by another parser, and by a browser."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import html5lib
import nh3
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Error
from playwright.sync_api import Page as BrowserPage

from search import SearchEngine, Settings, build_index, read_corpus
from tests.support.page import Page
from tests.support.serving import serve
from web import create_app

RUN = "window.ran=1"
PAYLOADS = (
    f"<script>{RUN}</script>", f"<img src=x onerror={RUN}>", f"<svg/onload={RUN}>", f"\"><script>{RUN}</script>", f"' autofocus onfocus='{RUN}",
    f"</title><script>{RUN}</script>", f"</textarea><script>{RUN}</script>", f"<!--><script>{RUN}</script>", "<style>@import'//x.example'</style>",
    f"[a](javascript:{RUN})", f"<javascript:{RUN}>", f"![a](x \"onerror={RUN}\")", f"<a href=\"jav&#x09;ascript:{RUN}\">a</a>", "{{7*7}}{% raw %}", "${7*7}",
    f"&lt;script&gt;{RUN}&lt;/script&gt;", f"<math><mtext></p><script>{RUN}</script>", f"<b onclick={RUN}>b</b>", f"<sub/onmouseover={RUN}>s",
    f"\u2028<script>{RUN}</script>", f"<iframe srcdoc='<script>{RUN}</script>'>", f"<form action=javascript:{RUN}><button>", "=cmd|' /C calc'!A0",
    "<base href=//x.example/>", f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>", "<details open ontoggle=" + RUN + ">",
)  # fmt: skip
"""What has run elsewhere, one for each place a text can stand in: element, attribute, title, comment, link, template, cell."""

ALLOWED = frozenset(
    "html head meta title link script body header footer main nav search section article aside div p span a em strong b i br sub sup mark ul ol "
    "li dl dt dd h1 h2 h3 h4 h5 h6 form label input button fieldset legend details summary table caption thead tbody tr th td time code pre "
    "blockquote hr small select option output abbr q svg path rect circle kbd".split()
)
"""Elements that our templates and rendering may make."""


def hostile_page(number: int, payload: str) -> str:
    """A page that has a payload wherever an author may write something."""
    quoted = "'" + payload.replace("'", "''") + "'"
    return (
        f"---\ntitle: {quoted}\ngeneric_name: {quoted}\nbrand_names:\n  - {{name: {quoted}, region: {quoted}}}\naliases: [{quoted}]\n"
        f"drug_class: {quoted}\nreviewed: false\n---\n\n# {payload}\n\n**Usage:**\n\nfrobnicate {number} {payload}\n\n"
        f"**Side Effects:**\n\n* nausea {payload}\n* **{payload}**\n\n**{payload}:**\n\nnausea {payload}\n\n## {payload}\n\n`{payload}`\n\n"
        f"| {payload} | nausea |\n|---|---|\n| {payload} | nausea |\n\n**FAQs:**\n\n* **Is {payload} nausea?** Yes. {payload}\n\n"
        f"**Note:** This page is AI-generated and may not be accurate. {payload}\n"
    )


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of one page for each payload."""
    pages = tmp_path_factory.mktemp("hostile") / "pages"
    for number, payload in enumerate(PAYLOADS):
        name = "".join(char if char not in "/\0" else "_" for char in payload)[:40]
        (pages / "x").mkdir(parents=True, exist_ok=True)
        (pages / "x" / f"{number} {name}.md").write_text(hostile_page(number, payload), "utf-8")
    build_index(read_corpus(pages), pages.parent / "index")
    return pages.parent / "index"


@pytest.fixture(scope="module")
def hostile(root: Path) -> FlaskClient:
    """A client over them."""
    return create_app(Settings(index_root=root)).test_client()


@pytest.fixture(scope="module")
def addresses(root: Path) -> list[str]:
    """Addresses of all monographs."""
    return [f"/m/{quote(item.id)}" for item in SearchEngine(root).listing()]


def pages_of(own: list[str]) -> list[str]:
    """Addresses of every page over the hostile corpus, and of searches for every payload."""
    typed = [f"/{page}?q={quote(payload)}" for payload in PAYLOADS for page in ("search", "symptom")]
    chosen = [f"/search?q=nausea&class={quote(payload)}" for payload in PAYLOADS[:4]]
    return [
        "/", "/search?q=nausea", "/search?q=frobnicate", "/symptom?q=nausea", "/browse", "/browse/0-9", "/browse/x",
        *own, *(f"{address}?q=nausea" for address in own), *typed, *chosen, *(f"/{quote(payload)}" for payload in PAYLOADS),
    ]  # fmt: skip


def faults(html: str) -> list[str]:
    """What stands in a page that is not ours to write, as an independent parser reads it."""
    found = []
    document = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    for element in document.iter():
        if not isinstance(element.tag, str):
            found.append("a comment")
            continue
        if element.tag.rpartition("}")[2] not in ALLOWED:
            found.append(f"<{element.tag}>")
        for name, value in element.attrib.items():
            if name.startswith("on") or name in ("style", "srcdoc", "formaction", "http-equiv", "ping"):
                found.append(f"{name}={value}")
            if name in ("href", "src", "action") and not value.startswith(("/", "#", "https://", "mailto:", "?")):
                found.append(f"{name}={value}")
        if element.tag == "script" and (element.text or "").strip():
            found.append(f"<script>{element.text}")
    return found


def test_a_second_parser_finds_nothing_of_theirs(hostile: FlaskClient, addresses: list[str]) -> None:
    """Every page over the hostile corpus, and every answer to a hostile query."""
    assert len(addresses) == len(PAYLOADS)
    found = {address: said for address in pages_of(addresses) if (said := faults(hostile.get(address).text))}
    assert found == {}


def test_the_second_parser_sees_what_is_there() -> None:
    """The test above can fail: a page that lets a payload through is caught, for every payload that is markup."""
    caught = [payload for payload in PAYLOADS if faults(f"<!DOCTYPE html><title>x</title><p>{payload}")]
    assert len(caught) >= 15


def test_a_sanitizer_leaves_every_section_as_it_is(root: Path) -> None:
    """The HTML of sections and notices holds nothing that nh3 would remove."""
    engine = SearchEngine(root)
    kept = {"a": {"href"}, "th": {"align"}, "td": {"align"}, "ol": {"start"}}
    seen = 0
    for item in engine.listing():
        page = engine.monograph(item.id)
        assert page is not None
        for part in (*page.sections, *page.notices):
            assert same(nh3.clean(part.html, link_rel=None, attributes=kept)) == same(part.html)
            seen += 1
    assert seen > 4 * len(PAYLOADS)


def same(html: str) -> str:
    """A fragment in one way of writing it."""
    return html5lib.serialize(html5lib.parseFragment(html), tree="etree", quote_attr_values="always")  # type: ignore[no-any-return] # untyped


@given(
    st.lists(
        st.sampled_from([*PAYLOADS, "nausea", "<", ">", '"', "'", "&", " ", "\n", "-", "*", "section:"]), max_size=8
    ).map("".join)
)
def test_any_query_is_text(hostile: FlaskClient, typed: str) -> None:
    """However payloads and marks of the language are put together, what comes back is the text, escaped."""
    text = typed[:200]
    answer = hostile.get("/search", query_string={"q": text})
    assert faults(answer.text) == []
    assert Page(answer.text).one("input", id="ui-q").attributes["value"] == text


def test_a_download_has_no_formula_and_a_suggestion_no_markup(hostile: FlaskClient) -> None:
    """Each cell begins as text; suggestions are JSON, whose texts a script sets as text."""
    rows = list(csv.reader(io.StringIO(hostile.get("/search.csv?q=nausea").text.lstrip("\ufeff"))))
    assert len(rows) > len(PAYLOADS)
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
    for payload in PAYLOADS:
        answer = hostile.get("/api/v1/suggest", query_string={"q": payload[:3]})
        assert answer.content_type == "application/json"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.fixture(scope="module")
def live(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real server over the hostile corpus."""
    with serve(root, tmp_path_factory.mktemp("serve") / "log") as served:
        yield served.address


@pytest.mark.browser
@pytest.mark.parametrize("policy", ["with our policy", "without it"])
def test_nothing_runs_in_a_browser(browser: Browser, live: str, addresses: list[str], policy: str) -> None:
    """No script of theirs runs, nothing is reported to the policy, nothing is asked for elsewhere; the policy is a second wall, not the first."""
    context = browser.new_context(base_url=live, bypass_csp=policy == "without it")
    page = context.new_page()
    wrong: list[str] = []
    page.on("dialog", lambda dialog: (wrong.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda said: wrong.append(said.text) if "ontent Security Policy" in said.text else None)
    page.on("request", lambda asked: None if asked.url.startswith(live) else wrong.append(asked.url))
    page.add_init_script("addEventListener('securitypolicyviolation', e => { window.ran = e.violatedDirective })")
    typed = [f"/search?q={quote(payload)}" for payload in PAYLOADS]
    for address in (
        "/search?q=nausea",
        "/symptom?q=nausea",
        "/browse/x",
        *(f"{a}?q=nausea" for a in addresses),
        *typed,
    ):
        page.goto(address)
        if ran := page.evaluate("window.ran"):
            wrong.append(f"{address}: {ran}")
    _type_payloads(page)
    context.close()
    assert wrong == []


def _type_payloads(page: BrowserPage) -> None:
    """Suggestions are drawn from what pages are called."""
    page.goto("/")
    for start in ("scr", "img", "onl", "fro"):
        page.get_by_role("combobox").fill(start)
        page.wait_for_timeout(150)
    assert not page.evaluate("window.ran")


@pytest.mark.browser
def test_a_browser_sees_what_runs(browser: Browser) -> None:
    """The test above can fail: in a page that lets them through, payloads run."""
    page = browser.new_page()
    ran = 0
    for payload in PAYLOADS:
        page.set_content(f"<!DOCTYPE html><body><p>{payload}</p>")
        page.wait_for_timeout(20)
        try:
            ran += bool(page.evaluate("window.ran"))
        except Error:
            ran += 1  # it left the page
    page.close()
    assert ran >= 5
