"""The browser of the stories: Debian's Chromium, or the one that CHROMIUM names."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
"""Debian's Chromium in a container: no user namespaces, no graphics card, a small /dev/shm."""


def chromium() -> str | None:
    """The browser of CHROMIUM or of the PATH; None when there is none."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((found for name in names if name and (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    with sync_playwright() as playwright:
        path = chromium() or playwright.chromium.executable_path
        if not Path(path).exists():
            pytest.skip("no Chromium here: install chromium, or set CHROMIUM to its path")
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()
