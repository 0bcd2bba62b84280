"""docs/architecture.md names every module where it is, and nothing that is not there."""

import re
from pathlib import Path

import pytest

from tests.support.paths import ROOT

PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
PACKAGES = sorted(path.parent for path in (ROOT / "search").glob("*/__init__.py"))
PARAGRAPHS = dict(re.findall(r"^\*\*`search/([a-z]+)/`: (.+)$", PAGE, re.MULTILINE))
"""Package → the line that begins its paragraph with the question it answers."""


def _paragraph(package: str) -> str:
    """All lines of a package's paragraph."""
    begin = PAGE.index(f"**`search/{package}/`:")
    return PAGE[begin : PAGE.index("\n\n", begin)]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_every_package_has_a_paragraph_titled_by_a_question(package: Path) -> None:
    """And the paragraph names each of its modules."""
    assert re.match(r".+\?\*\* ", PARAGRAPHS[package.name])
    named = set(re.findall(r"`(?:markdown/)?(\w+)\.py`", _paragraph(package.name)))
    own = {path.stem for path in package.glob("*.py")} - {"__init__"}
    assert own - named == set()
    assert named <= {path.stem for path in package.rglob("*.py")}


def test_every_path_is_there() -> None:
    """Files and folders that are named by their path, those that stand for a pattern apart."""
    paths = re.findall(r"`((?:search|web|tests|benchmarks|docs|corpus|index)/[\w./-]*)`", PAGE)
    assert len(paths) > 50
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_file_name_is_there() -> None:
    """Names of modules without a folder."""
    names = re.findall(r"`(\w+\.(?:py|tsv|toml|html|css))`", PAGE)
    known = {path.name for top in ("search", "web", "tests") for path in (ROOT / top).rglob("*")} | {"pyproject.toml"}
    assert [name for name in names if name not in known | {"x.py"}] == []
