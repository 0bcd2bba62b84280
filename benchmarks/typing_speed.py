"""Measures the time from a key pressed to its suggestions drawn, in Chromium, with the real server on the same machine.

python -m benchmarks.typing_speed --index DIR [--port 8764]
"""

import argparse
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, sync_playwright

from tests.support.chromium import FLAGS, chromium

WORDS: Final = ("denosumab", "metformin", "paracetamol", "low calcium", "ringing in the ears", "metforman")
PAUSE_MS: Final = 150
"""Between two keys, as of a quick typist."""

_WATCH: Final = """
() => {
  window.drawn = [];
  let pressed = 0;
  document.getElementById("ui-q").addEventListener("keydown", () => { pressed = performance.now(); }, true);
  const drawn = () => { if (pressed) window.drawn.push(performance.now() - pressed); pressed = 0; };
  new MutationObserver(() => requestAnimationFrame(drawn)).observe(document.getElementById("ui-suggestions"), { childList: true });
}
"""


def main() -> None:
    """Type the words, and print the median and the 95th percentile in milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--port", type=int, default=8764)
    chosen = parser.parse_args()
    serve = [
        sys.executable,
        "-m",
        "search",
        "serve",
        "--index",
        str(chosen.index),
    ]
    server = subprocess.Popen([*serve, "--port", str(chosen.port)], stdout=subprocess.DEVNULL)  # our own interpreter
    try:
        address = f"http://127.0.0.1:{chosen.port}/"
        _wait(chosen.port)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
            seen = _typed(browser.new_page(), address)
            browser.close()
    finally:
        server.terminate()
        server.wait()
    middle, late = statistics.median(seen), statistics.quantiles(seen, n=20)[-1]
    print(f"{len(seen)} keys: p50 {middle:.0f} ms, p95 {late:.0f} ms (goal: p50 ≤ 100 ms)")


def _typed(page: Page, address: str) -> list[float]:
    page.goto(address)
    page.wait_for_selector("#ui-suggestions", state="attached")
    page.evaluate(_WATCH)
    for word in WORDS:
        page.fill("#ui-q", "")
        page.locator("#ui-q").press_sequentially(word, delay=PAUSE_MS)
    found: list[float] = page.evaluate("window.drawn")
    return found


def _wait(port: int) -> None:
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)


if __name__ == "__main__":
    main()
