"""docs/safety-rules.md: 32 rules, each with its anchor and state; what it names exists; what cites it cites a rule that is there.

Nothing in the repository cites a document that its readers do not have.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from tests.support.named import is_module, is_test, is_there, named
from tests.support.paths import ROOT

DOCUMENT: Final = ROOT / "docs" / "safety-rules.md"
RULES: Final = tuple(range(1, 33))
STATES: Final = {"Held": "**Held by:**", "Held in part": "**Held in part by:**", "Not built yet": "**Not built yet:**"}
"""As the list at the top words it → as the rule itself does."""

TEXT_FILES: Final = frozenset(
    (".cfg", ".css", ".html", ".js", ".md", ".py", ".sh", ".toml", ".tsv", ".txt", ".xml", ".yml")
)
GENERATED: Final = ("benchmarks/results", "benchmarks/work", "dist")

FOREIGN: Final = ("DESIGN", "FAULTS", "LABELS.md", "LAYOUT", "SAFETY", "STAFF", "STYLE.md", "TRAPS")
"""Planning papers that are no part of the repository, nor are the numbered issues of whoever planned it."""

_FOREIGN: Final = re.compile(rf"\b(?:{'|'.join(map(re.escape, FOREIGN))})\b|\bissues? \d")
_CITED: Final = re.compile(r"safety-rules\.md#(?P<anchor>[\w-]*)(?P<more>(?:,? (?:and )?#[\w-]+)*)")
_RULE: Final = re.compile(r'^<a id="rule-(\d+)"></a>\n### Rule (\d+)\. \S[^\n]*\n(.*?)(?=^<a id=|^## |\Z)', re.M | re.S)


@cache
def rules() -> dict[int, str]:
    """The text of each rule, by its number, in the order of the document."""
    return {int(anchor): text for anchor, _, text in _RULE.findall(DOCUMENT.read_text(encoding="utf-8"))}


def files() -> Iterator[tuple[str, str]]:
    """Path and text of every text file of the repository, this test apart: it has to name what it looks for."""
    for path in sorted(ROOT.rglob("*")):
        name = path.relative_to(ROOT).as_posix()
        hidden = any(part.startswith(".") for part in path.relative_to(ROOT).parts)
        if hidden or name.startswith(GENERATED) or path == Path(__file__).resolve():
            continue
        if path.is_file() and (path.suffix in TEXT_FILES or path.name == "Makefile"):
            yield name, path.read_text(encoding="utf-8", errors="replace")


def test_there_are_exactly_32_rules() -> None:
    """Rules 1 to 32, each once, under an anchor of its own number."""
    pairs = [(anchor, number) for anchor, number, _ in _RULE.findall(DOCUMENT.read_text(encoding="utf-8"))]
    assert all(anchor == number for anchor, number in pairs)
    assert sorted(int(number) for _, number in pairs) == list(RULES)
    assert len(re.findall(r"^### ", DOCUMENT.read_text(encoding="utf-8"), re.M)) == len(RULES)


@pytest.mark.parametrize("state", STATES)
def test_the_list_at_the_top_is_the_sum_of_the_rules(state: str) -> None:
    """Each rule says whether it is held, in part, or not built; the list at the top says the same."""
    stated = {number for number, text in rules().items() if STATES[state] in text}
    row = re.search(rf"^- {state}: (.+)$", DOCUMENT.read_text(encoding="utf-8"), re.M)
    assert row is not None
    assert [int(number) for number in row[1].split(", ")] == sorted(stated)


def test_every_rule_has_one_state() -> None:
    """Held, held in part, or not built: never two of them, and what is held in part says what is not."""
    for number, text in rules().items():
        assert sum(mark in text for mark in STATES.values()) == 1, number
        assert (STATES["Held in part"] in text) == ("**Not held yet:**" in text), number


def test_what_is_held_names_code_and_a_test() -> None:
    """A rule that is held, or held in part, names at least one module or template, and one test or file of cases."""
    for number, text in rules().items():
        if STATES["Not built yet"] not in text:
            names = named(text)
            assert any(map(is_module, names)), number
            assert any(map(is_test, names)), number


@pytest.mark.parametrize("number", RULES)
def test_what_a_rule_names_exists(number: int) -> None:
    """Every module, table, test and file of cases."""
    assert [name for name in named(rules()[number]) if not is_there(name)] == []


def test_every_rule_that_is_cited_exists() -> None:
    """Each anchor that code, tests or documents cite is that of a rule."""
    known = {f"rule-{number}" for number in rules()}
    cited = [
        (name, anchor)
        for name, text in files()
        for match in _CITED.finditer(text)
        for anchor in (match["anchor"], *re.findall(r"#([\w-]+)", match["more"]))
    ]
    assert len(cited) > len(STATES), "the citations are found"
    assert [(name, anchor) for name, anchor in cited if anchor not in known] == []
    inside = re.findall(r"\]\(#([\w-]+)\)", DOCUMENT.read_text(encoding="utf-8"))
    assert set(inside) <= known


def test_no_file_cites_what_its_reader_does_not_have() -> None:
    """No planning paper and no numbered issue is cited: the reason stands there itself, or a document of the repository."""
    foreign = [
        f"{name}:{line}: {match[0]}"
        for name, text in files()
        for line, row in enumerate(text.splitlines(), 1)
        for match in _FOREIGN.finditer(row)
    ]
    assert foreign == []


@pytest.mark.parametrize("cited", ["(STAFF, rule 5)", "DESIGN §7", "goals of issue 5", "SAFETY.md"])
def test_a_foreign_citation_is_seen(cited: str) -> None:
    """The pattern finds the shapes in which such papers were cited, and not a constant that has the word in it."""
    assert _FOREIGN.search(cited)
    assert not _FOREIGN.search("STAFF_COLUMNS, the staff's own words, an issue of style")
