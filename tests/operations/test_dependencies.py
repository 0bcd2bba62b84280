"""What is installed is pinned by hash, licensed as docs/security.md says, and never below a version with a known fault."""

import re
import tomllib
from importlib.metadata import metadata

import pytest

from tests.support.paths import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
RUN = (ROOT / "requirements" / "run.txt").read_text("utf-8")
PINNED = dict(re.findall(r"^([A-Za-z0-9_.-]+)==(\S+)", RUN, re.MULTILINE))
ROWS = re.findall(
    r"^\| ([\w.-]+) \| ([^|]+?) \| ?([\d.]*) ?\|", (ROOT / "docs" / "security.md").read_text("utf-8"), re.MULTILINE
)
LICENCES = {name: licence for name, licence, _ in ROWS}
WORDS = {"MIT": "MIT", "BSD": "BSD", "Apache": "Apache", "MPL": "Mozilla|MPL"}
"""Families of licences, and how packages call them."""


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_file_is_pinned_by_hash_and_by_no_address(lock) -> None:  # type: ignore[no-untyped-def] # a path
    """Each package has one version and at least one sha256; no host is named."""
    text = lock.read_text("utf-8")
    for package in re.split(r"\n(?=[A-Za-z0-9_.-]+==)", text)[1:]:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", package), package.splitlines()[0]
    assert "http" not in "\n".join(line for line in text.splitlines() if not line.startswith("    # via"))


def test_every_package_is_listed_with_its_licence() -> None:
    """The table names what run.txt installs, no more and no less, and the licence is the one the package states."""
    assert LICENCES.keys() == PINNED.keys()
    for name, licence in LICENCES.items():
        about = metadata(name)
        told = " ".join(
            [about.get("License-Expression") or "", about.get("License") or "", *about.get_all("Classifier", [])]
        )
        families = [words for family, words in WORDS.items() if family in licence]
        assert families, f"{name}: {licence} is no licence that this test knows"
        assert all(re.search(words, told) for words in families), f"{name}: {told}"


def test_lowest_versions_are_those_of_the_project_file() -> None:
    """What the table calls lowest is what pyproject.toml asks for, and what is pinned is no lower."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    asked = {re.split("[>=]=", line)[0].lower(): re.split("[>=]=", line)[1] for line in project}
    told = {name: lowest for name, _, lowest in ROWS if lowest}
    assert told == asked
    for name, lowest in told.items():
        assert _numbers(PINNED[name]) >= _numbers(lowest)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)))
