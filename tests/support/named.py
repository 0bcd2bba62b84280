"""What documents name in backticks: modules, tables, tests, files of cases; and whether it is there."""

import re
from functools import cache
from typing import Final

from tests.support.paths import ROOT

_NAMED: Final = re.compile(r"`([^`\s]+)`")


def named(text: str) -> list[str]:
    """All that stands in backticks without a space."""
    return _NAMED.findall(text)


@cache
def is_there(name: str) -> bool:
    """Whether what is named exists; True for what is no name of a file or test.

    Modules by their path, tables and files of cases by their name, tests by the name of file and function, wherever the file is.
    """
    if name.startswith(("search/", "web/", "tests/")):
        return (ROOT / name).is_file()
    if "::" in name:
        file, _, function = name.partition("::")
        texts = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob(file)]
        return any(f"def {function}(" in text for text in texts)
    if name.endswith((".toml", ".py")):
        return bool(list((ROOT / "tests").rglob(name)))
    if name.endswith(".tsv"):
        return bool(list((ROOT / "search").rglob(name)))
    return True


def is_module(name: str) -> bool:
    """Whether this names a module or a template of the program."""
    return name.startswith(("search/", "web/"))


def is_test(name: str) -> bool:
    """Whether this names a test or a file of cases."""
    return "::" in name or name.endswith(".toml")
