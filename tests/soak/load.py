"""Threads that ask a server the same question until they are stopped, and keep what went wrong."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.support.serving import Served


@dataclass
class Load:
    """What was asked and answered so far."""

    answers: int = 0
    wrong: list[str] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)


@contextmanager
def under_load(served: Served, path: str, check: Callable[[dict[str, Any]], None], threads: int = 2) -> Iterator[Load]:
    """Ask for a path all the time; each answer must be 200 and pass a check. Nobody waits for the end of a failed one."""
    load, done, lock = Load(), threading.Event(), threading.Lock()

    def ask() -> None:
        while not done.is_set():
            try:
                status, body = served.get(path)
                assert status == 200, f"status {status}: {body[:200]!r}"
                check(json.loads(body))
            except Exception as error:  # noqa: BLE001 # whatever goes wrong is the result
                with lock:
                    load.wrong.append(f"{type(error).__name__}: {error}")
                time.sleep(0.05)
            with lock:
                load.answers += 1

    asking = [threading.Thread(target=ask) for _ in range(threads)]
    for thread in asking:
        thread.start()
    try:
        yield load
    finally:
        done.set()
        for thread in asking:
            thread.join()
