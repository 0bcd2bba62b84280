"""Texts that broke searches elsewhere, and seeded random ones: any character, and the marks of the language in any order."""

import random
from collections.abc import Iterator

from search.model import MAX_QUERY_CHARS

HOSTILE = (
    "*", "**", '"', '""', '"""', "(", "AND ( \"", "NOT OR x", "a AND (b OR *", "-", "--", "- -", '-"', "a*", "abc*", "?" * 200,
    "(" * 200, "[" * 200, "\0", "\ud800", "a\u0301" * 100, "section:", "drug:", "section:*", 'drug:"', 'drug:""', '"a b"~100000',
    "x" * 200, "a " * 100, "\u202e", "<script>alert(1)</script>", "'; DROP TABLE x; --", "../../etc/passwd", "%00", "\n\n", "½" * 200,
    "αβγ" * 60, "-a -b -c", 'drug:a drug:b "c', "İ" * 200, "ﬁ" * 200, "e.g. i.v. U.S.", "0.0.0.0", "1,000,000,000.5", ".5.5.5",
)  # fmt: skip


def random_texts(count: int) -> Iterator[str]:
    """Seeded random queries: any character, and the marks of the language in any order."""
    rng = random.Random(20261123)
    marks = [
        '"',
        "-",
        "*",
        "section:",
        "drug:",
        "section:faqs",
        " ",
        "nausea",
        "codeine",
        "low",
        "calcium",
        "B",
        "12",
        ".",
        "μg",
        "“",
    ]
    for number in range(count):
        if number % 2:
            yield "".join(
                chr(rng.randrange(1, 0x11000 if number % 4 == 1 else 0x250))
                for _ in range(rng.randint(0, MAX_QUERY_CHARS))
            )
        else:
            yield "".join(rng.choice(marks) + rng.choice(["", " "]) for _ in range(rng.randint(1, 40)))[
                :MAX_QUERY_CHARS
            ]


HOSTILE_UNITS = (
    "[", "* ", "**a", "_a", "`a", ">", "](", "<b>", "|a", "a\n", "* a\n", "\\*", "#", "![", "a\n==\n", "&amp;", "(", "<sub>", "***a**",
)  # fmt: skip
"""Markdown that costs quadratic time in some converters when it is repeated."""
