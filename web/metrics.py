"""The metrics that workers record: requests by route and status, never by address. `exporter` serves them at /metrics.

All workers write to files in one folder (the multiprocess mode of prometheus_client). Without that folder nothing is recorded.
"""

import os
from typing import Final

from prometheus_client import Counter, Gauge, Histogram
from prometheus_client.multiprocess import mark_process_dead

FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
"""The environment variable that names the folder."""

BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Seconds. The median search takes about 0.001 s, the slowest known one 0.25 s."""

ANSWERED: Final = Histogram(
    "monograph_search_request_seconds", "Time to answer a request.", ("route", "status"), buckets=BUCKETS
)
IN_FLIGHT: Final = Gauge("monograph_search_in_flight", "Requests being answered.", multiprocess_mode="livesum")
REJECTED: Final = Counter("monograph_search_rejected", "Requests refused because they had waited too long.")


def counting() -> bool:
    """Whether metrics are recorded."""
    return FOLDER in os.environ


def forget_process(pid: int) -> None:
    """Remove from the gauges what a worker that has ended was still doing."""
    if counting():
        mark_process_dead(pid)  # type: ignore[no-untyped-call] # prometheus_client leaves it untyped
