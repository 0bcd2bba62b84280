"""What the figures of `benchmarks.compare` are asked to reach, and whether they do."""

import statistics
from collections.abc import Sequence
from typing import Any

Figures = dict[str, Any]


def print_goals(sizes: Sequence[Figures]) -> None:
    """The table of goals: reached or not, from this run alone. Sizes that were not run are left out."""
    print("\n## Goals\n\n| | goal | seen | |\n|---|---|---|---|")
    by_times = {figures["times"]: figures for figures in sizes}
    for times, most in ((1, 1.0), (10, 1.0), (50, 1.5)):
        if times in by_times:
            for share in (0.5, 0.95):
                seen = _share(by_times[times], "ours", share) / _share(by_times[times], "tantivy", share)
                _row(f"page beside tantivy, {times}×, p{share * 100:.0f}", f"≤ {most}", f"{seen:.2f}", seen <= most)
    for times, least in ((1, 20), (10, 40)):
        if times in by_times:
            seen = _share(by_times[times], "Whoosh", 0.5) / _share(by_times[times], "ours", 0.5)
            _row(f"Whoosh's own searcher, {times}×, p50", f"≥ {least} times ours", f"{seen:.1f}", seen >= least)
    for times, figures in by_times.items():
        for rival in ("SQLite FTS5", "Xapian"):
            seen = _share(figures, rival, 0.95) / _share(figures, "ours", 0.95)
            _row(f"{rival}, {times}×, p95", "> ours", f"{seen:.2f} times ours", seen > 1)
    if {1, 50} <= by_times.keys():
        seen = _share(by_times[50], "ours", 0.5) / _share(by_times[1], "ours", 0.5)
        _row("p50 at 50× over p50 at 1×", "≤ 8", f"{seen:.1f}", seen <= 8)
    if 10 in by_times:
        p99 = by_times[10]["suggest"]["p99"]
        _row("suggestion at 10×, p99", "≤ 3 ms", f"{p99:.2f} ms", p99 <= 3)
    if 1 in by_times:
        seconds = by_times[1]["builds"]["ours"]["seconds"]
        _row("index from Markdown", "≤ 12 s", f"{seconds:.1f} s", seconds <= 12)
        if 10 in by_times:
            seen = by_times[10]["builds"]["ours"]["seconds"] / seconds
            _row("index at 10× over 1×", "≤ 11", f"{seen:.1f}", seen <= 11)


def _row(what: str, goal: str, seen: str, reached: bool) -> None:  # noqa: FBT001 # one caller, four cells
    print(f"| {what} | {goal} | {seen} | {'reached' if reached else '**not reached**'} |")


def _share(figures: Figures, engine: str, share: float) -> float:
    """A percentile of the grouped page over all queries that both engines can answer."""
    times = sorted(value for value in figures["page"][engine] if value is not None)
    return statistics.median(times) if share == 0.5 else float(times[max(0, round(share * len(times)) - 1)])
