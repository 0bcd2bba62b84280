"""Measures how the time to render hostile Markdown grows with its length: each unit is repeated 1,000, 8,000 and 64,000 times.

    python -m benchmarks.rendering

From one column to the next, a factor of about 8 means linear growth, and a factor of 64 quadratic growth.
"""

import time

from search.reading.markdown.markup import parse_markdown, render
from tests.support.hostile_texts import HOSTILE_UNITS


def main() -> None:
    """Print a line for each unit."""
    print("| unit | 1,000 | 8,000 | 64,000 | last factor |\n|---|---|---|---|---|")
    for unit in HOSTILE_UNITS:
        seconds = [_seconds(unit * count) for count in (1_000, 8_000, 64_000)]
        print(
            f"| `{unit!r}` | "
            + " | ".join(f"{s:.3f} s" for s in seconds)
            + f" | {seconds[2] / max(seconds[1], 1e-6):.0f} |"
        )


def _seconds(text: str) -> float:
    began = time.process_time()
    render(parse_markdown(text))
    return time.process_time() - began


if __name__ == "__main__":
    main()
