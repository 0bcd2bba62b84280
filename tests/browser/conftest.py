"""Pages of a real browser on the real server; none may meet an error, set a cookie, or ask any other host."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page


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
