"""The examples in docstrings give what they say."""

import ast
import doctest
from importlib import import_module

import pytest

from tests.support.paths import ROOT


def _modules_with_examples() -> list[str]:
    paths = [path for top in ("search", "web") for path in sorted((ROOT / top).rglob("*.py"))]
    with_examples = [path for path in paths if ">>>" in path.read_text("utf-8")]
    return [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in with_examples]


@pytest.mark.parametrize("name", _modules_with_examples())
def test_examples_run(name: str) -> None:
    """Each example of a module, and there are some."""
    results = doctest.testmod(import_module(name))
    assert results.attempted > 0
    assert results.failed == 0


def test_array_arithmetic_has_examples() -> None:
    """Every function of `sorted_arrays` shows on small numbers what it does, but for one that only says how much there is."""
    source = ast.parse((ROOT / "search" / "ranking" / "sorted_arrays.py").read_text("utf-8"))
    functions = [node for node in source.body if isinstance(node, ast.FunctionDef)]
    without = [node.name for node in functions if ">>>" not in (ast.get_docstring(node) or "")]
    assert len(functions) > 8
    assert without == ["is_dense"]
