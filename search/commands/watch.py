"""Keeps an index up to date with its folder of monographs: looks at the files now and then, and indexes when one changed.

Each build runs in a process of its own, so that the memory it takes is given back. A build that failed is tried again at each
look, while the index before it stays in use. Knows nothing of how monographs are read.
"""

import json
import logging
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Final, NoReturn

from search.settings import Settings

_log = logging.getLogger(__name__)

Signature = frozenset[tuple[str, int, int, int]]
"""(path, inode, bytes, nanoseconds of the last change) of each page, as the file system lists them: no page is read."""

_UNKNOWN: Final[Signature] = frozenset((("", 0, 0, 0),))
"""Equal to the signature of no folder."""


class Watch:
    """Watches the folder of monographs that the settings name.

    The first look always starts a build, which does nothing where the index is current: so changes are found that were made while
    nothing was watching.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._indexed = _UNKNOWN
        self._build: subprocess.Popen[str] | None = None

    def run(self, every: int) -> NoReturn:
        """Look at once, and then every `every` seconds, until the process is stopped."""
        while True:
            self.look()
            time.sleep(every)

    def look(self) -> None:
        """Index what changed since the last build that succeeded; returns when that is done."""
        current = signature(self._settings.corpus_root)
        if current == self._indexed:
            return
        with subprocess.Popen(  # noqa: S603 # our own command
            self._command(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as build:
            self._build = build
            report, complaint = build.communicate()
        self._build = None
        if build.returncode == 0:
            self._indexed = current
            _log.info("indexed", extra={"fields": {"report": json.loads(report)}})
        else:
            self._indexed = _UNKNOWN  # to be tried again, also when the pages are again as they were
            _log.error("The index was not renewed (exit code %d). %s", build.returncode, complaint.strip())

    def stop(self) -> None:
        """End a build that is running; the index stays as it is."""
        if self._build is not None:
            self._build.terminate()

    def _command(self) -> list[str]:
        settings = self._settings
        options = {
            "--corpus": settings.corpus_root,
            "--index": settings.index_root,
            "--max-page-bytes": settings.max_page_bytes,
        }
        arguments = [str(part) for option in options.items() for part in option]
        return [sys.executable, "-m", "search", "index", "--if-stale", "--json", *arguments]


def signature(corpus_root: Path) -> Signature:
    """What the file system says of the Markdown files below a folder; empty where there is no such folder."""
    files = set()
    for parent, _, names in os.walk(corpus_root):
        for name in names:
            if name.endswith(".md"):
                path = os.path.join(parent, name)  # noqa: PTH118 # a Path for each would double the time
                try:
                    status = os.stat(path, follow_symlinks=True)  # noqa: PTH116 # as above
                except OSError:
                    continue  # gone between listing and looking
                files.add((path, status.st_ino, status.st_size, status.st_mtime_ns))
    return frozenset(files)
