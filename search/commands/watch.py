"""Keeps an index up to date with its folder of pages: looks now and then, and indexes when something changed.

Each build is a process of its own, so that what it needs is given back. A build that fails is tried again at each look; what is
served stays (`last_build` says since when). Knows nothing of how pages are read.
"""

import json
import logging
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Final, NoReturn

from search.commands.options import PROGRAM
from search.settings import Settings

_log = logging.getLogger(__name__)

Signature = frozenset[tuple[str, int, int, int]]
"""(path, inode, bytes, nanoseconds of the last change) of each page, as the system lists them: no page is read."""

_UNKNOWN: Final[Signature] = frozenset((("", 0, 0, 0),))


class Watch:
    """Looks at the corpus of some settings.

    The first look always indexes, where the index is stale: what was changed while nobody watched is found.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._indexed = _UNKNOWN
        self._build: subprocess.Popen[str] | None = None

    def run(self, every: int) -> NoReturn:
        """Look at once, and then every so many seconds, until the process is stopped."""
        while True:
            self.look()
            time.sleep(every)

    def look(self) -> None:
        """Index what changed since the last look that succeeded; returns when that is done."""
        found = signature(self._settings.corpus_root)
        if found == self._indexed:
            return
        with subprocess.Popen(  # noqa: S603 # our own command
            self._command(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as build:
            self._build = build
            report, complaint = build.communicate()
        self._build = None
        if build.returncode == 0:
            self._indexed = found
            _log.info("indexed", extra={"fields": {"report": json.loads(report)}})
        else:
            self._indexed = _UNKNOWN  # to be tried again, also when the pages are again as they were
            _log.error("The index was not renewed (exit code %d). %s", build.returncode, complaint.strip())

    def stop(self) -> None:
        """End a build that is under way; the index stays as it is."""
        if self._build is not None:
            self._build.terminate()

    def _command(self) -> list[str]:
        settings = self._settings
        options = {
            "--corpus": settings.corpus_root,
            "--index": settings.index_root,
            "--max-page-bytes": settings.max_page_bytes,
        }
        given = [str(part) for option in options.items() for part in option]
        return [sys.executable, *PROGRAM, "index", "--if-stale", "--json", *given]


def signature(corpus_root: Path) -> Signature:
    """What the system says of the Markdown files below a folder; nothing where there is no such folder."""
    found = set()
    for parent, _, names in os.walk(corpus_root):
        for name in names:
            if name.endswith(".md"):
                path = os.path.join(parent, name)  # noqa: PTH118 # os.walk's own words; a Path each would double the time
                try:
                    status = os.stat(path, follow_symlinks=True)  # noqa: PTH116 # as above
                except OSError:
                    continue  # gone between listing and looking
                found.add((path, status.st_ino, status.st_size, status.st_mtime_ns))
    return frozenset(found)
