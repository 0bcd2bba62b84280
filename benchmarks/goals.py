"""The goals for speed and memory, and whether the figures of `benchmarks.compare` reach them.

The goals: a page of results about as fast as with tantivy (Rust), far faster than with Whoosh's own searcher, faster than with
SQLite FTS5 and Xapian; times that grow more slowly than the number of pages; suggestions while a reader types; a fast build.
Goals that are missed stay in the table; docs/performance.md explains why they are.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

Figures = dict[str, Any]

TANTIVY: Final = ((1, 1.0), (10, 1.0), (50, 1.5))
"""(times the pages, ratio): the time of this search may be at most so many times tantivy's, at p50 and at p95."""

WHOOSH: Final = ((1, 20), (10, 40))
"""(times the pages, ratio): the p50 of Whoosh's own searcher must be at least so many times that of this search."""


class Goal(NamedTuple):
    """One line of the table: what is measured, the goal, the figure, and whether it reaches the goal."""

    what: str
    asked: str
    seen: str
    reached: bool


def print_goals(sizes: Sequence[Figures]) -> None:
    """Print the table of goals from the figures of one run, one element for each size; goals of other sizes are left out."""
    by_times = {figures["times"]: figures for figures in sizes}
    print_table([*_beside_others(by_times), *_growth(by_times), *_building(by_times)])


def print_table(goals: Sequence[Goal]) -> None:
    """Print goals as a Markdown table."""
    print("\n## Goals\n\n| | goal | seen | |\n|---|---|---|---|")
    for goal in goals:
        print(f"| {goal.what} | {goal.asked} | {goal.seen} | {'reached' if goal.reached else '**not reached**'} |")


def _beside_others(by_times: Mapping[int, Figures]) -> Iterator[Goal]:
    for times, most in TANTIVY:
        for share in (0.5, 0.95) if times in by_times else ():
            seen = _time(by_times[times], "ours", share) / _time(by_times[times], "tantivy", share)
            yield Goal(f"page over tantivy's, {times}×, p{share * 100:.0f}", f"≤ {most}", f"{seen:.2f}", seen <= most)
    for times, least in WHOOSH:
        if times in by_times:
            seen = _time(by_times[times], "Whoosh", 0.5) / _time(by_times[times], "ours", 0.5)
            yield Goal(f"Whoosh's own searcher over ours, {times}×, p50", f"≥ {least}", f"{seen:.1f}", seen >= least)
    for times, figures in by_times.items():
        for rival in ("SQLite FTS5", "Xapian"):
            seen = _time(figures, rival, 0.95) / _time(figures, "ours", 0.95)
            yield Goal(f"{rival} over ours, {times}×, p95", "> 1", f"{seen:.2f}", seen > 1)


def _growth(by_times: Mapping[int, Figures]) -> Iterator[Goal]:
    if {1, 50} <= by_times.keys():
        seen = _time(by_times[50], "ours", 0.5) / _time(by_times[1], "ours", 0.5)
        yield Goal("p50 at 50× over p50 at 1×", "≤ 8", f"{seen:.1f}", seen <= 8)
    if 10 in by_times:
        p99 = by_times[10]["suggest"]["p99"]
        yield Goal("suggestion at 10×, p99", "≤ 3 ms", f"{p99:.2f} ms", p99 <= 3)


def _building(by_times: Mapping[int, Figures]) -> Iterator[Goal]:
    if 1 not in by_times:
        return
    seconds = by_times[1]["builds"]["ours"]["seconds"]
    yield Goal("index from Markdown, 2,057 pages", "≤ 12 s", f"{seconds:.1f} s", seconds <= 12)
    if 10 in by_times:
        seen = by_times[10]["builds"]["ours"]["seconds"] / seconds
        yield Goal("index at 10× over 1×", "≤ 11", f"{seen:.1f}", seen <= 11)


def _time(figures: Figures, engine: str, share: float) -> float:
    """Milliseconds of a page of results that a share (from 0 to 1) of the queries do not exceed."""
    times = sorted(value for value in figures["page"][engine] if value is not None)
    return float(times[max(0, round(share * len(times)) - 1)])
