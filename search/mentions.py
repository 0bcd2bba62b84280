"""Which sections say a thing themselves, in heading or text.

The names of a page are postings of all its sections: "MS" finds each section of a page that MS Contin is a brand of, and none
of them lists it as a side effect. Knows nothing of tiers, order or what is counted.
"""

from collections.abc import Sequence

import numpy as np

from search.matching import Flags, Sections, rows_of
from search.plan import AllOf, AllWords, AnySurface, Matcher, Need, OfKind, OnPages, Words
from search.postings import FIELD_BASE, NO_TERM, Postings, TermSpace


def mentioned(needs: Sequence[Need], sections: Sections, postings: Postings) -> Flags:
    """(sections,) whether every need is met, in some way, by words that stand elsewhere than in a name of the page.

    Args:
        needs: what must be met.
        sections: (sections,) uint32, ascending, of those that meet it by names or text.
        postings: the arrays.
    """
    said = np.ones(len(sections), bool)
    for need in needs:
        if any(_is_in_names(one.matcher, postings) for one in need.alternatives):
            said &= _any([_says(one.matcher, sections, postings) for one in need.alternatives])
    return said


def _is_in_names(matcher: Matcher, postings: Postings) -> bool:
    """Whether a page has a word of a matcher in its names; if none has, what meets it is said elsewhere."""
    match matcher:
        case OfKind():
            return False
        case OnPages():
            return _is_in_names(matcher.words, postings)
        case AllOf():
            return any(_is_in_names(name, postings) for part in matcher.parts for name in part)
        case AnySurface():
            numbers, space = map(postings.surface_number, matcher.surfaces), postings.by_surface
        case AllWords() | Words():
            numbers, space = map(postings.stem_number, matcher.surfaces), postings.by_stem
    return any(number != NO_TERM and space.in_names[number] for number in numbers)


def _says(matcher: Matcher, sections: Sections, postings: Postings) -> Flags:
    """(sections,) whether the words of a matcher stand in heading or text, in whatever order."""
    match matcher:
        case OfKind():
            return np.ones(len(sections), bool)
        case OnPages():
            return _says(matcher.words, sections, postings)
        case AllOf():
            return _all([_any([_says(name, sections, postings) for name in part]) for part in matcher.parts])
        case AnySurface():
            numbers = [postings.surface_number(surface) for surface in matcher.surfaces]
            return _any([_beyond_names(number, sections, postings.by_surface) for number in numbers])
        case AllWords() | Words():
            numbers = [postings.stem_number(surface) for surface in matcher.surfaces]
            return _all([_beyond_names(number, sections, postings.by_stem) for number in numbers])


def _beyond_names(term: int, sections: Sections, space: TermSpace) -> Flags:
    """(sections,) whether the last place of a term is in heading or text: positions ascend through the fields."""
    said = np.zeros(len(sections), bool)
    if term == NO_TERM:
        return said
    rows = rows_of(space.postings(term)[0], sections)
    here = rows >= 0
    last = space.at[int(space.start[term]) + rows[here] + 1] - np.uint32(1)
    said[here] = space.positions[last] >= FIELD_BASE[1]
    return said


def _any(flags: Sequence[Flags]) -> Flags:
    found: Flags = np.logical_or.reduce(flags)
    return found


def _all(flags: Sequence[Flags]) -> Flags:
    found: Flags = np.logical_and.reduce(flags)
    return found
