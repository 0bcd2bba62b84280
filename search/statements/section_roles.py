"""The roles that statements give to what they name, for all occurrences of a page at once.

`roles` reads one text; here its ranges become arrays. Knows nothing of postings or of Whoosh.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.statements.cues import StatementRole
from search.statements.roles import heading_role, role_ranges

Numbers = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
StatementRoles = npt.NDArray[np.uint8]
"""One `StatementRole` an occurrence, as its bits."""


@dataclass(frozen=True, slots=True)
class SectionRoles:
    """What sections say of what they name.

    `ranges`: (ranges, 3) int32, ascending: the section, the code point of its text where the range begins, and the `StatementRole`
    there. A range ends where the next begins; two that touch have different roles; together they cover every text.
    `headings`: (sections,) uint8, the role of what stands in each heading.
    """

    ranges: Numbers
    headings: StatementRoles

    def of_occurrences(self, section: Numbers, start: Numbers, in_heading: Flags, in_text: Flags) -> StatementRoles:
        """The role of each occurrence; one in a name of the page has none, which is `MENTIONS`.

        Args:
            section: (occurrences,) the number of its section.
            start: (occurrences,) the code point where it begins in its field.
            in_heading: (occurrences,) whether it stands in the headings above the section.
            in_text: (occurrences,) whether it stands in the text of the section.

        Returns:
            (occurrences,) uint8.
        """
        roles = np.full(len(section), StatementRole.MENTIONS, np.uint8)
        begins = (self.ranges[:, 0].astype(np.int64) << 32) | self.ranges[:, 1]
        location = (section[in_text].astype(np.int64) << 32) | start[in_text]
        roles[in_text] = self.ranges[np.searchsorted(begins, location, side="right") - 1, 2]
        roles[in_heading] = self.headings[section[in_heading]]
        return roles


def section_roles(sections: Sequence[tuple[str, str, str]]) -> SectionRoles:
    """The roles in sections, given as (kind, heading, text) in the order of their numbers."""
    ranges: list[tuple[int, int, int]] = []
    for number, (kind, heading, text) in enumerate(sections):
        before = None
        for start, _, role in role_ranges(kind, heading, text):
            if role != before:
                ranges.append((number, start, role))
            before = role
    headings = [heading_role(kind, heading, text) for kind, heading, text in sections]
    return SectionRoles(np.array(ranges, np.int32).reshape(-1, 3), np.array(headings, np.uint8))
