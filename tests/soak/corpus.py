"""A corpus whose every section says which version of it one reads, so that a mixed or short answer shows."""

import re
from pathlib import Path

MONOGRAPHS = 12

_PAGE = """---
title: Drug{number:02d}
---
# Drug{number:02d}

**Usage:**

* Soakword, of version{version}.

**Side Effects:**

* Soakword again, of version{version}.

**FAQs:**

* **Is this soakword?** Yes, of version{version}.
"""

_SECTIONS = 3 * MONOGRAPHS
_VERSION = re.compile(r"version(\d+)")


def write_version(corpus: Path, version: int) -> None:
    """All pages anew, as of a version."""
    (corpus / "d").mkdir(parents=True, exist_ok=True)
    for number in range(MONOGRAPHS):
        (corpus / "d" / f"drug{number:02d}.md").write_text(_PAGE.format(number=number, version=version), "utf-8")


def version_of(answer: dict[str, object]) -> int:
    """The one version that a whole answer to "soakword" is of.

    Raises:
        AssertionError: it is short, or mixed.
    """
    assert answer["total"] == {"monographs": MONOGRAPHS, "sections": _SECTIONS}, f"a short answer: {answer['total']}"
    versions = set(_VERSION.findall(str(answer["items"])))
    assert len(versions) == 1, f"a mixed answer: {versions}"
    return int(versions.pop())
