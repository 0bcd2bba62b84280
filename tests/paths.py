"""Where tests find what is not in the project, and the reason they skip where it is absent."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
MONOGRAPHS = SHARED / "data" / "monographs"
MONOGRAPHS_HEADINGS = SHARED / "data" / "monographs-headings"

needs_shared = pytest.mark.skipif(not MONOGRAPHS.is_dir(), reason=f"no shared data: {SHARED} is absent")
