"""The documentation names tests as proofs: every test file, folder and command that it names is there."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.support.paths import ROOT

PAGES = (
    *sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("*.md")), ROOT / "corpus" / "README.md", ROOT / "Makefile",
    ROOT / "web" / "static" / "vendor" / "VENDORED.md", *sorted((ROOT / "benchmarks").rglob("*.py")),
)  # fmt: skip

NAMED_PATH = re.compile(r"(?<![\w./-])tests/[\w./*<>-]*")
BARE_FILE = re.compile(r"(?<![\w./-])test_\w+\.py\b")
NAMED_MODULE = re.compile(r"python\)? -m ((?:tests|benchmarks|search)(?:\.\w+)*)")


def named_paths(text: str) -> list[str]:
    """The paths below tests/ that a text names, but for patterns with a place to fill in (`test_<module>.py`)."""
    return [path.rstrip(".") for path in NAMED_PATH.findall(text) if "<" not in path]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_test_that_a_page_names_exists(page: Path) -> None:
    """Paths below tests/, with stars as in a shell; names of test files without a folder; modules to run by `python -m`."""
    text = page.read_text("utf-8")
    assert [path for path in named_paths(text) if not list(ROOT.glob(path))] == []
    assert [name for name in BARE_FILE.findall(text) if not list((ROOT / "tests").rglob(name))] == []
    assert [module for module in NAMED_MODULE.findall(text) if find_spec(module) is None] == []


def test_the_tables_of_proofs_name_tests() -> None:
    """The pages on security and operations name files, so that the test above has something to look at."""
    for name, least in (("security.md", 15), ("operations.md", 6)):
        assert len(named_paths((ROOT / "docs" / name).read_text("utf-8"))) >= least, name
