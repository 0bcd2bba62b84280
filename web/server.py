"""Gunicorn's configuration: `gunicorn web.wsgi:app --config python:web.server`. The names of variables and hooks are gunicorn's.

The address and the numbers of processes and threads are on its command line (`search.commands.server`); the settings of this
program come from the environment.
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
"""Workers share the memory of code and vocabulary. Each opens the index itself, at its first request: workers forked from a
process with open index files would share one read position in each file."""

worker_class = "gthread"
control_socket_disable = True
logger_class = "web.logs.QueryFreeLogger"
loglevel = _SETTINGS.log_level

limit_request_line = 4094
limit_request_fields = 50
limit_request_field_size = 4096
header_map = "refuse"
"""Headers with an underscore in their name are refused: behind a proxy they can pass for another header."""

timeout = 30
"""Seconds after which a worker that gives its parent no sign of life is replaced; a slow request does not stop these signs."""

_log = logging.getLogger(__name__)


def post_worker_init(worker: Any) -> None:
    """Start the thread that checks the open index, in each worker."""
    app: Flask = worker.wsgi
    if _SETTINGS.check_every:
        threading.Thread(
            target=_check_repeatedly,
            args=(app.extensions["engine"], _SETTINGS.check_every),
            name="recheck",
            daemon=True,
        ).start()


def _check_repeatedly(engine: SearchEngine, seconds: int) -> None:
    """Check the open index every so many seconds, because a disk that fails under a running server gives no notice."""
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
    """Remove a worker that has ended from the metrics."""
    forget_process(worker.pid)
