"""How gunicorn runs the application: `gunicorn web.wsgi:app --config python:web.server`. Names are gunicorn's.

Address, processes and threads come on the command line (`search.serving`), our settings from the environment.
"""

import logging
import os
import threading
from typing import TYPE_CHECKING, Any, Final

from search import SearchEngine, SearchError, Settings
from web.metrics import forget_process

if TYPE_CHECKING:
    from flask import Flask

_SETTINGS: Final = Settings.from_env(os.environ)

preload_app = True
"""Workers share code and vocabulary. The index they open each for itself, at the first request: one opened before the fork would
share one place in its files."""

worker_class = "gthread"
control_socket_disable = True
logger_class = "web.logs.QueryFreeLogger"
loglevel = _SETTINGS.log_level

limit_request_line = 4094
limit_request_fields = 50
limit_request_field_size = 4096
header_map = "refuse"
"""A header whose name holds an underscore can be taken for another one behind a proxy."""

timeout = 30
"""Seconds until a worker that does not answer the arbiter is replaced; threads at work do not count."""

_log = logging.getLogger(__name__)


def post_worker_init(worker: Any) -> None:
    """Begin to look after the open index, in each worker."""
    app: Flask = worker.wsgi
    if _SETTINGS.check_every:
        threading.Thread(
            target=_look_after, args=(app.extensions["engine"], _SETTINGS.check_every), name="recheck", daemon=True
        ).start()


def _look_after(engine: SearchEngine, seconds: int) -> None:
    """Check the open generation again and again: a disk that fails under a server tells nobody."""
    wait = threading.Event().wait
    while not wait(seconds):
        try:
            damage = engine.recheck()
        except (SearchError, OSError) as error:
            _log.warning("The open index could not be checked. %s", error)
        else:
            if damage is not None:
                _log.error("%s. It was damaged while it was served; the newest whole index takes its place.", damage)


def child_exit(_server: Any, worker: Any) -> None:
    """What a worker that ended had under way is under way no longer."""
    forget_process(worker.pid)
