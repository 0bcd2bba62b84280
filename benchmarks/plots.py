"""Draws the figures of `benchmarks.compare` as PNG files in benchmarks/results/: the time of a page by engine and by size.

python -m benchmarks.plots
"""

import json
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
import numpy as np

mpl.use("Agg")
from matplotlib import pyplot as plt  # after the backend is chosen

RESULTS: Final = Path(__file__).parent / "results"


def main() -> None:
    """Draw the median and the 95th percentile by engine for each size, and how the median grows with size."""
    sizes = json.loads((RESULTS / "engines.json").read_text(encoding="utf-8"))
    for found in sizes:
        _bars(found)
    if len(sizes) > 1:
        _growth(sizes)


def _bars(found: dict[str, Any]) -> None:
    names = [name for name, times in found["page"].items() if None not in times]
    figure, axes = plt.subplots(figsize=(7, 3.2), layout="constrained")
    for shift, share in ((-0.2, 50), (0.2, 95)):
        times = [np.percentile(found["page"][name], share) for name in names]
        axes.barh([n + shift for n in range(len(names))], times, 0.38, label=f"p{share}")
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.set_xscale("log")
    axes.set_xlabel("ms for a page of results, grouped, counted, highlighted")
    axes.set_title(f"{found['pages']:,} pages")
    axes.legend()
    figure.savefig(RESULTS / f"page-x{found['times']}.png", dpi=110)
    plt.close(figure)


def _growth(sizes: list[dict[str, Any]]) -> None:
    figure, axes = plt.subplots(figsize=(7, 4), layout="constrained")
    for name in sizes[0]["page"]:
        there = [found for found in sizes if None not in found["page"].get(name, [None])]
        axes.plot([f["pages"] for f in there], [np.median(f["page"][name]) for f in there], marker="o", label=name)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel("pages")
    axes.set_ylabel("ms, p50")
    axes.legend()
    figure.savefig(RESULTS / "growth.png", dpi=110)
    plt.close(figure)


if __name__ == "__main__":
    main()
