"""What is counted for /metrics: requests by route and status, never by address. `exporter` serves it.

Workers count in files of one folder, by prometheus_client's multiprocess mode; without the folder nothing is counted.
"""

import os
from typing import Final

from prometheus_client import Counter, Gauge, Histogram
from prometheus_client.multiprocess import mark_process_dead

FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that names the folder."""

BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Seconds; the median search takes about one thousandth, the slowest known a quarter."""

ANSWERED: Final = Histogram(
    "monograph_search_request_seconds", "Time to answer a request.", ("route", "status"), buckets=BUCKETS
)
IN_FLIGHT: Final = Gauge("monograph_search_in_flight", "Requests being answered.", multiprocess_mode="livesum")
REJECTED: Final = Counter("monograph_search_rejected", "Requests refused because they had waited too long.")


def counting() -> bool:
    """Whether anything is counted."""
    return FOLDER in os.environ


def forget_process(pid: int) -> None:
    """Leave out what a process that ended had under way."""
    if counting():
        mark_process_dead(pid)  # type: ignore[no-untyped-call] # prometheus_client leaves it untyped
