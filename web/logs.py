"""Keeps the text of queries out of the logs: addresses lose their arguments, and errors their messages.

Knows nothing of requests; gunicorn is told of it in `server`.
"""

import logging
import re
import traceback
from typing import Any, Final

from gunicorn.glogging import Logger  # type: ignore[import-untyped] # gunicorn ships no types

from search import JsonLines, log_as_json

_ARGUMENTS: Final = re.compile(r"\?[^\n]*")

_PATH: Final = re.compile(r"(Error handling request) [^\n]*")
"""Gunicorn quotes the address of a request that breaks off, and its path may name a drug."""

_UNREADABLE: Final = re.compile(r"(Invalid request from ip=\S*): .*", re.DOTALL)
"""Gunicorn 27 quotes the part of the request line that it could not read."""


def frames(error: BaseException | None) -> str:
    """The types and stacks of an error and of its causes, without their messages, which may quote a query."""
    lines: list[str] = []
    while error is not None:
        lines += [f"{type(error).__name__}, most recent call last:\n", *traceback.format_tb(error.__traceback__)]
        error = error.__cause__ or error.__context__
    return "".join(lines).rstrip()


class WithoutQueries(logging.Filter):
    """Cuts the arguments off addresses in a record, and writes stacks without messages."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record. No record is left out."""
        message = _ARGUMENTS.sub("?…", _PATH.sub(r"\1", _UNREADABLE.sub(r"\1", record.getMessage())))
        if record.exc_info:
            message = f"{message}\n{frames(record.exc_info[1])}"
        record.msg, record.args, record.exc_info, record.exc_text = message, (), None, None
        return True


class QueryFreeLogger(Logger):  # type: ignore[misc] # as above
    """Gunicorn's logger with queries kept out: its own quotes the address of a request that it cannot read (gunicorn 27)."""

    def setup(self, cfg: Any) -> None:
        """Set up as gunicorn does, then write JSON lines and filter all records, also those of this program's own loggers."""
        super().setup(cfg)
        log_as_json(cfg.loglevel).addFilter(WithoutQueries())
        for log in (self.error_log, self.access_log):
            log.addFilter(WithoutQueries())
            for handler in log.handlers:
                handler.setFormatter(JsonLines())
