"""The two corpora that several test files ask, each indexed once in a run of the tests, however many processes share the run."""

import fcntl
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from search import SearchEngine, build_index, read_corpus
from tests.support.paths import MONOGRAPHS, ROOT

CORPORA: Final = {"starter": ROOT / "corpus", "shared": MONOGRAPHS}


@pytest.fixture(scope="session")
def index_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The index of a corpus by its name, starter or shared. Read only; a test is skipped where the corpus is absent."""
    # pytest-xdist gives each of its processes a folder below one that they share.
    base = tmp_path_factory.getbasetemp()
    common = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def built(name: str) -> Path:
        if not CORPORA[name].is_dir():
            pytest.skip(f"no shared data: {CORPORA[name]} is absent")
        root = common / f"{name}-index"
        with (common / f"{name}-index.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (root / "CURRENT").exists():
                build_index(read_corpus(CORPORA[name]), root)
        return root

    return built


@pytest.fixture(scope="session")
def engine_of(index_of: Callable[[str], Path]) -> Callable[[str], SearchEngine]:
    """An engine over that index, one for all tests of a process."""
    return cache(lambda name: SearchEngine(index_of(name)))
