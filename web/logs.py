"""What may be written to a log: never the text of a query. Addresses lose their arguments, errors their messages."""

import logging
import re
import traceback
from typing import Any, Final

from gunicorn.glogging import Logger  # type: ignore[import-untyped] # gunicorn ships no types

from search import JsonLines, log_as_json

_ARGUMENTS: Final = re.compile(r"\?[^\n]*")
_PATH: Final = re.compile(r"(Error handling request) [^\n]*")
"""Gunicorn quotes the address of a request that breaks off, and a path may name a drug."""
_UNREADABLE: Final = re.compile(r"(Invalid request from ip=\S*): .*", re.DOTALL)
"""Gunicorn 27 goes on to quote whatever piece of the request line it stumbled over."""


def frames(error: BaseException | None) -> str:
    """Type and stack of an error and of what caused it, without messages and values, which may quote a query."""
    lines: list[str] = []
    while error is not None:
        lines += [f"{type(error).__name__}, most recent call last:\n", *traceback.format_tb(error.__traceback__)]
        error = error.__cause__ or error.__context__
    return "".join(lines).rstrip()


class WithoutQueries(logging.Filter):
    """Cuts addresses off each line of a record, and writes stacks without messages."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; keep it always."""
        message = _ARGUMENTS.sub("?…", _PATH.sub(r"\1", _UNREADABLE.sub(r"\1", record.getMessage())))
        if record.exc_info:
            message = f"{message}\n{frames(record.exc_info[1])}"
        record.msg, record.args, record.exc_info, record.exc_text = message, (), None, None
        return True


class QueryFreeLogger(Logger):  # type: ignore[misc] # as above
    """Gunicorn's logger. Its own quotes addresses when a request cannot be read, or breaks off (gunicorn 27)."""

    def setup(self, cfg: Any) -> None:
        """Set up as gunicorn does, with JSON lines, and the filter in front of every handler; our own loggers likewise."""
        super().setup(cfg)
        log_as_json(cfg.loglevel).addFilter(WithoutQueries())
        for log in (self.error_log, self.access_log):
            log.addFilter(WithoutQueries())
            for handler in log.handlers:
                handler.setFormatter(JsonLines())
