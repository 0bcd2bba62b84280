"""How a text speaks of what it mentions, for all occurrences of an index at once: affirmed, denied, or only asked about.

`clauses` finds the denied ranges of one text; here the ranges of many sections become arrays. Knows nothing of postings or
of Whoosh.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from search.statements.clauses import answers_no, asks, denied_ranges

Numbers = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Signs = npt.NDArray[np.int8]
"""One sign an occurrence: −1 denied, 0 only asked about, +1 affirmed."""


class Polarity(IntEnum):
    """How a section speaks of a term, over all its occurrences there. The numbers are stored in the arrays."""

    AFFIRMED = 0  # no occurrence is denied; also where it is only asked about
    MIXED = 1  # some occurrences are denied, others affirmed
    DENIED = 2  # some are denied, none is affirmed


@dataclass(frozen=True, slots=True)
class SectionDenials:
    """Where the sections of an index deny what they mention.

    `starts`, `ends`: (ranges,) int64, ascending, of the denied ranges of all texts, as section · 2³² + code point.
    `asks`, `answers_no`: (sections,) bool, the heading is a question; and its answer begins with No.
    """

    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    asks: Flags
    answers_no: Flags

    def signs(self, section: Numbers, start: Numbers, in_heading: Flags, in_text: Flags) -> Signs:
        """The sign of each occurrence.

        Args:
            section: (occurrences,) the number of its section.
            start: (occurrences,) the code point where it begins in its field.
            in_heading: (occurrences,) whether it stands in the headings above the section.
            in_text: (occurrences,) whether it stands in the text of the section.

        Returns:
            (occurrences,) int8.
        """
        signs = np.ones(len(section), np.int8)
        if len(self.starts):
            location = (section.astype(np.int64) << 32) | start
            row = np.searchsorted(self.starts, location, side="right") - 1
            signs[in_text & (row >= 0) & (location < self.ends[np.maximum(row, 0)])] = -1
        signs[in_heading & self.asks[section]] = 0
        signs[in_heading & self.answers_no[section]] = -1
        return signs


def denials_of(sections: Sequence[tuple[str, str]]) -> SectionDenials:
    """The denials of sections, given as (heading, text) in the order of their numbers."""
    ranges = [
        (number << 32 | start, number << 32 | end)
        for number, (_, text) in enumerate(sections)
        for start, end in denied_ranges(text)
    ]
    starts, ends = np.ascontiguousarray(np.array(ranges, np.int64).reshape(-1, 2).T)
    return SectionDenials(
        starts,
        ends,
        asks=np.array([asks(heading) for heading, _ in sections], bool),
        answers_no=np.array([answers_no(heading, text) for heading, text in sections], bool),
    )
