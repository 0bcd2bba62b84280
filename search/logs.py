"""One log line is one JSON object. Knows nothing of what is logged."""

import json
import logging
from datetime import UTC, datetime


class JsonLines(logging.Formatter):
    """`time` (ISO 8601, UTC), `level`, `logger`, `message`, and what a record carries as `fields`."""

    def format(self, record: logging.LogRecord) -> str:
        """A record as a line, its stack within the message."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        message = record.getMessage()
        if record.exc_info:
            message = f"{message}\n{self.formatException(record.exc_info)}"
        values = {"time": moment, "level": record.levelname.lower(), "logger": record.name, "message": message}
        return json.dumps(values | getattr(record, "fields", {}), ensure_ascii=False)


def log_as_json(level: str) -> logging.Handler:
    """Write what the whole process logs from a level on to standard error, as JSON lines."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    return handler
