"""Which sections say a thing themselves, in heading or text.

The names of a page are postings of all its sections: "MS" finds each section of a page that MS Contin is a brand of, and none
of them lists it as a side effect. Knows nothing of tiers, order or what is counted.
"""

from collections.abc import Sequence

import numpy as np

from search.candidates import meet
from search.matching import Flags, Sections, rows_of
from search.plan import AllOf, AllWords, AnySurface, Matcher, Need, OfKind, OnPages, Words
from search.postings import NO_TERM, Postings, TermSpace


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
            met = meet(need, postings).sections
            said &= _says_itself(need, met, postings)[rows_of(met, sections)]
    return said


def _says_itself(need: Need, met: Sections, postings: Postings) -> Flags:
    """(met,) whether each section that meets a need says it itself; what is known in several ways is looked for once, and held."""
    key = ("said", need.alternatives)
    said: Flags | None = postings.met.get(key)
    if said is None:
        said = _any([_says(one.matcher, met, postings) for one in need.alternatives])
        if len(need.alternatives) > 1:
            postings.met.put(key, said)
    return said


def _is_in_names(matcher: Matcher, postings: Postings) -> bool:
    """Whether a section has a word of a matcher by its page's names alone; if none has, all say it themselves."""
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
    """(sections,) whether each has a term in heading or text."""
    if term == NO_TERM:
        return np.zeros(len(sections), bool)
    rows = rows_of(space.postings(term)[0], sections)
    said: Flags = space.said_itself(term)[rows] & (rows >= 0)
    return said


def _any(flags: Sequence[Flags]) -> Flags:
    found: Flags = np.logical_or.reduce(flags)
    return found


def _all(flags: Sequence[Flags]) -> Flags:
    found: Flags = np.logical_and.reduce(flags)
    return found
