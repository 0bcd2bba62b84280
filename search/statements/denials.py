"""Where the sections of an index deny what they mention, as arrays that all occurrences are looked up in at once.

Knows nothing of postings or of Whoosh.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.statements.clauses import answers_no, asks, denied_ranges

Numbers = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Denials:
    """`starts`, `ends`: (ranges,) int64 of the texts, as section · 2³² + code point, in order.

    `asks` and `answers_no` are (sections,) bool: the heading is a question; and its answer begins with No.
    """

    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    asks: Flags
    answers_no: Flags

    def claims(self, section: Numbers, start: Numbers, in_heading: Flags, in_text: Flags) -> npt.NDArray[np.int8]:
        """(occurrences,) −1 where a word is denied, 0 where it is only asked about, 1 elsewhere; all arguments (occurrences,)."""
        claim = np.ones(len(section), np.int8)
        if len(self.starts):
            place = (section.astype(np.int64) << 32) | start
            row = np.searchsorted(self.starts, place, side="right") - 1
            claim[in_text & (row >= 0) & (place < self.ends[np.maximum(row, 0)])] = -1
        claim[in_heading & self.asks[section]] = 0
        claim[in_heading & self.answers_no[section]] = -1
        return claim


def denials_of(headed: Sequence[tuple[str, str]]) -> Denials:
    """The denials of sections, given as (heading, text) in the order of their numbers."""
    ranges = [
        (number << 32 | start, number << 32 | end)
        for number, (_, text) in enumerate(headed)
        for start, end in denied_ranges(text)
    ]
    starts, ends = np.ascontiguousarray(np.array(ranges, np.int64).reshape(-1, 2).T)
    return Denials(
        starts,
        ends,
        asks=np.array([asks(heading) for heading, _ in headed], bool),
        answers_no=np.array([answers_no(heading, text) for heading, text in headed], bool),
    )
