"""An explanation names every rule of the order, and its parts of a score add up."""

import re
import sys

import pytest

from search import SearchEngine, SearchRequest
from tests.support.explain import explain, main


def test_rules_and_weights(engine: SearchEngine) -> None:
    """Name, missing, page, role, tier, denied, exists, score; and the words of a phrase weigh together what the phrase weighs."""
    told = explain(engine, SearchRequest("low calcium"))
    assert re.search(r"name: 9 NONE · exists", told)
    assert re.search(r"missing 0 · page 0 · role 0 · tier \w+ · denied no · score [\d.]+", told)
    whole, low, calcium = map(
        float, re.search(r"\(typed\): ([\d.]+) = low ([\d.]+) \(.+?\) \+ calcium ([\d.]+) ", told).groups()
    )
    assert whole == pytest.approx(low + calcium, abs=0.02)


def test_it_is_a_command(
    engine: SearchEngine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`python -m tests.support.explain QUERY --index DIR` prints it."""
    root = engine.snapshot().generation.path.parent
    monkeypatch.setattr(sys, "argv", ["explain", "denosumab", "--index", str(root)])
    main()
    assert "1. Denosumab  name: 0 EQUALS_TITLE" in capsys.readouterr().out
