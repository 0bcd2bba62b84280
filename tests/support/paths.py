"""Where tests find files: the project's own, and the shared data beside it, without which some tests are skipped."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"
SHARED = ROOT.parent / "shared"
MONOGRAPHS = SHARED / "data" / "monographs"
MONOGRAPHS_HEADINGS = SHARED / "data" / "monographs-headings"

needs_shared = pytest.mark.skipif(not MONOGRAPHS.is_dir(), reason=f"no shared data: {SHARED} is absent")
