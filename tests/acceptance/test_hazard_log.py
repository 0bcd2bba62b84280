"""docs/hazard-log.md: rules 1 to 24 once each, whole, and what an entry names exists."""

import re
import tomllib
from functools import cache
from typing import Final

import pytest

from tests.acceptance.test_safety_rules import STATES, rules
from tests.support.named import is_module, is_test, is_there, named
from tests.support.paths import DATA, ROOT

DOCUMENT: Final = ROOT / "docs" / "hazard-log.md"
LOGGED: Final = tuple(range(1, 25))
PARTS: Final = ("Hazard", "Cause", "Control", "Test", "Left")

_ENTRY: Final = re.compile(
    r"^### \[Rule (\d+)\]\(safety-rules\.md#rule-(\d+)\): \S[^\n]*\n(.*?)(?=^###? |\Z)", re.M | re.S
)
_CASE: Final = re.compile(r"rules? ((?:\d+(?:, | and )?)+)")
_PART: Final = re.compile(r"^- \*\*(\w+):\*\* (\S.*)$", re.M)


@cache
def text() -> str:
    """The document."""
    return DOCUMENT.read_text(encoding="utf-8")


@cache
def entries() -> dict[int, dict[str, str]]:
    """The parts of each entry, by its rule."""
    return {int(number): dict(_PART.findall(entry)) for number, _, entry in _ENTRY.findall(text())}


def test_each_of_the_rules_has_one_entry() -> None:
    """Rules 1 to 24, each once, each a link to that rule; no heading is anything else."""
    pairs = [(number, anchor) for number, anchor, _ in _ENTRY.findall(text())]
    assert all(number == anchor for number, anchor in pairs)
    assert sorted(int(number) for number, _ in pairs) == list(LOGGED)
    assert len(re.findall(r"^### ", text(), re.M)) == len(LOGGED)


@pytest.mark.parametrize("number", LOGGED)
def test_an_entry_is_whole(number: int) -> None:
    """Hazard, cause, control, test, what is left: in this order, none empty, and no other line."""
    (entry,) = [entry for found, _, entry in _ENTRY.findall(text()) if int(found) == number]
    assert tuple(name for name, _ in _PART.findall(entry)) == PARTS
    assert len([line for line in entry.splitlines() if line.strip()]) == len(PARTS)


@pytest.mark.parametrize("number", LOGGED)
def test_what_is_controlled_is_shown(number: int) -> None:
    """A rule that is held, or held in part, has modules and tests; one that is not built has neither."""
    control, test = (named(entries()[number][part]) for part in ("Control", "Test"))
    if STATES["Not built yet"] in rules()[number]:
        assert entries()[number]["Control"] == entries()[number]["Test"] == "none yet."
    else:
        assert control
        assert all(map(is_module, control))
        assert test
        assert all(map(is_test, test))


def test_what_is_named_exists() -> None:
    """Every module, table, test and file of cases."""
    assert [name for name in named(text()) if not is_there(name)] == []


@pytest.mark.parametrize("number", [number for number in LOGGED if "`safety.toml`" in entries()[number]["Test"]])
def test_its_cases_are_there(number: int) -> None:
    """Where an entry leans on relevance cases, some name its rule."""
    file = (DATA / "relevance" / "safety.toml").read_text(encoding="utf-8")
    cited = [_CASE.match(case["comment"]) for case in tomllib.loads(file)["case"]]
    assert str(number) in {rule for match in cited if match for rule in re.findall(r"\d+", match[1])}


def test_it_says_that_no_pharmacist_has_reviewed_it() -> None:
    """Until one has: then this line, and this test, go."""
    assert "no pharmacist has reviewed it yet" in text().partition("\n## ")[0]
