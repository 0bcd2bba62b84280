"""The roles of statements as arrays: ranges of all texts of a page, and the role of every occurrence."""

import numpy as np

from search.statements.cues import StatementRole
from search.statements.section_roles import section_roles


def test_occurrences_take_the_role_of_their_range() -> None:
    """In a text that of its range, in a heading that of the heading, in the names of the page none."""
    text = "Asthma. Do not use in gout."
    roles = section_roles([("how-it-works", "Mechanism", "Nothing."), ("uses", "Usage", text)])
    section = np.array([0, 1, 1, 1, 1], np.int32)
    start = np.array([0, 0, text.index("gout"), 0, 0], np.int32)
    in_text, in_heading = np.array([True, True, True, False, False]), np.array([False, False, False, False, True])
    said = roles.of_occurrences(section, start, in_heading, in_text)
    assert said.tolist()[:4] == [
        StatementRole.MENTIONS, StatementRole.TREATS, StatementRole.DO_NOT_USE, StatementRole.MENTIONS,
    ]  # fmt: skip
    assert said[4] == roles.headings[1]


def test_ranges_that_touch_differ() -> None:
    """A text that says one thing is one range, from its beginning."""
    assert section_roles([("uses", "Usage", "Asthma. Hay fever. Hives.")]).ranges.tolist() == [
        [0, 0, StatementRole.TREATS]
    ]


def test_a_page_without_sections_has_no_roles() -> None:
    """No ranges, no headings."""
    roles = section_roles([])
    assert roles.ranges.shape == (0, 3)
    assert roles.headings.shape == (0,)
