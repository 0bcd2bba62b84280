"""The metrics server: serves /metrics on an address of its own, with what the workers recorded and the state of the index.

The command `serve` starts it as `python -m web.exporter` beside gunicorn when METRICS_PORT is set.
"""

import os
import signal
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from search import SearchError, Settings, index_state


class IndexCollector:
    """Metrics of the index folder, which is read at each scrape."""

    def __init__(self, settings: Settings) -> None:
        self._root = settings.index_root

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Age, size and contents of the index in use, and how long builds have failed; only `available` while there is none."""
        try:
            state = index_state(self._root)
        except SearchError:
            yield _gauge("available", "Whether there is an index.", 0)
            return
        info = state.info
        yield _gauge("available", "Whether there is an index.", 1)
        yield _gauge("generation_age_seconds", "Time since it was built.", time.time() - _moment(info.built_at))
        yield _gauge("generation_bytes", "Size on the disk.", state.bytes)
        yield _gauge("generation_monographs", "Monographs in it.", info.monographs)
        yield _gauge("generation_sections", "Sections in it.", info.sections)
        failing = time.time() - _moment(info.failing.since) if info.failing else 0
        yield _gauge("failing_seconds", "How long builds have failed; 0: they do not.", failing)


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"monograph_search_index_{name}", meaning, value=value)


def _moment(text: str) -> float:
    """Seconds since 1970 of a time in ISO 8601."""
    return datetime.fromisoformat(text).timestamp()


def registry(settings: Settings) -> CollectorRegistry:
    """All metrics: of the workers and of the index."""
    collectors = CollectorRegistry()
    MultiProcessCollector(collectors)  # type: ignore[no-untyped-call] # prometheus_client leaves it untyped
    collectors.register(IndexCollector(settings))
    return collectors


def main() -> None:
    """Serve the metrics until the process is stopped."""
    settings = Settings.from_env(os.environ)
    start_http_server(settings.metrics_port, settings.metrics_host, registry(settings))
    signal.signal(signal.SIGTERM, _stop)
    signal.pause()


def _stop(_number: int, _frame: Any) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    main()
