"""An index folder that does not exist yet, for every test of search.storage."""

from pathlib import Path

import pytest


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An index folder that does not exist yet."""
    return tmp_path / "deep" / "index"
