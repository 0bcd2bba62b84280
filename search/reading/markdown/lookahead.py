"""Tells from the parts that come next what a heading or an unknown label stands over.

Knows nothing of what is open above it.
"""

from collections.abc import Sequence

from search.reading.markdown.parts import LABEL_LEVEL, Part
from search.reading.section_kinds import FIELD_LABELS

LOOK_AHEAD = 2
"""The number of parts that are looked at."""


def stands_over_section(part: Part, following: Sequence[Part]) -> bool:
    """Whether a heading stands over a section that comes next; a notice or a generic name is none."""
    for after in following:
        if after.level <= part.level or not after.heading:
            return False
        if after.meaning is None or after.meaning.kind not in FIELD_LABELS:
            return True
    return False


def label_levels_below(part: Part, following: Sequence[Part]) -> int:
    """How many levels of labels an unknown label stands over.

    1 as an ingredient before its Usage, Side Effects, …; 2 before such an ingredient; else 0.
    """
    if not following or not following[0].heading:
        return 0
    after = following[0]
    if after.depth > part.depth:
        return 1
    if part.depth or part.elements or after.level != LABEL_LEVEL:
        return 0
    if after.meaning is not None:
        return int(after.meaning.core)
    return 2 if label_levels_below(after, following[1:]) == 1 else 0
