"""Every error this package raises on purpose, as one tree.

    SearchError
    ├── MonographError      a page that cannot be read            (source, line)
    ├── VocabularyError     a bad line in a data file             (source, line)
    ├── CollectionError     a bad file of a judged collection     (source, line)
    ├── QueryError          a request that breaks the rules: HTTP 400, exit code 2
    ├── SettingError        a setting with a value that is not allowed: exit code 2
    ├── IndexMissingError   nothing has been built yet            ┐
    ├── IndexDamagedError   a file is not what the manifest says  ├ HTTP 503, exit code 3
    └── IndexBusyError      another builder holds the lock        ┘

Each message names the file (and line) and what to do next. This module imports nothing of ours.
"""

from functools import partial


class SearchError(Exception):
    """Base of all errors raised on purpose."""


class _SourceError(SearchError):
    """An error in a file that somebody can edit."""

    def __init__(self, message: str, *, source: str, line: int | None = None) -> None:
        self.source = source
        self.line = line
        self.reason = message
        where = source if line is None else f"{source}:{line}"
        super().__init__(f"{where}: {message}")

    def __reduce__(self) -> tuple[object, ...]:
        """How an error crosses from one process to another: by what it was made of."""
        return partial(type(self), self.reason, source=self.source, line=self.line), ()


class MonographError(_SourceError):
    """A page cannot be read at all: not UTF-8, too large, or its front matter is broken."""


class VocabularyError(_SourceError):
    """A vocabulary file has a line that cannot be used."""


class CollectionError(_SourceError):
    """A file of a judged collection, or a run, has a line that cannot be used."""


class QueryError(SearchError):
    """A search request that breaks a rule; the message says which and what is allowed."""


class SettingError(SearchError, ValueError):
    """A setting that is unknown or has a value that is not allowed; the message says which and what is allowed."""


class IndexMissingError(SearchError):
    """There is no index yet; the message names the command that builds one."""


class IndexDamagedError(SearchError):
    """A file of the index is missing, changed or foreign; the message names it and the command that mends it."""


class IndexBusyError(SearchError):
    """Another builder holds the lock; the message says who."""
