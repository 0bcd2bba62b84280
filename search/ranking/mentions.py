"""Which sections say a thing themselves, in heading or text.

The names of a page are postings of all its sections: "MS" finds each section of a page that MS Contin is a brand of, and none
of them lists it as a side effect. Knows nothing of tiers, order or what is counted.
"""

from collections.abc import Sequence

import numpy as np

from search.index import NO_TERM, Postings, TermSpace
from search.query import AllParts, AllWords, AnyForm, Matcher, Need, OnPages, Phrase, SectionsOfKind
from search.ranking.candidates import match_need
from search.ranking.matching import Flags, Sections, are_in, distinct, rows_of


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
            met = match_need(need, postings).sections
            said &= _says_itself(need, met, postings)[rows_of(met, sections)]
    return said


def _says_itself(need: Need, met: Sections, postings: Postings) -> Flags:
    """(met,) whether each section that meets a need says it itself; what is known in several ways is looked for once, and held."""
    key = ("said", need.alternatives)
    said: Flags | None = postings.met.get(key)
    if said is None:
        said = are_in(distinct([_saying(one.matcher, postings) for one in need.alternatives]), met)
        if len(need.alternatives) > 1:
            said.flags.writeable = False  # shared by requests
            postings.met.put(key, said)
    return said


def _is_in_names(matcher: Matcher, postings: Postings) -> bool:
    """Whether a section has a word of a matcher by its page's names alone; if none has, all say it themselves."""
    match matcher:
        case SectionsOfKind():
            return False
        case OnPages():
            return _is_in_names(matcher.words, postings)
        case AllParts():
            return any(_is_in_names(name, postings) for part in matcher.parts for name in part)
        case AnyForm():
            numbers, space = map(postings.surface_number, matcher.surfaces), postings.by_surface
        case AllWords() | Phrase():
            numbers, space = map(postings.stem_number, matcher.surfaces), postings.by_stem
    return any(number != NO_TERM and space.in_names[number] for number in numbers)


def _saying(matcher: Matcher, postings: Postings) -> Sections:
    """The sections, ascending, that have the words of a matcher in heading or text, in whatever order."""
    match matcher:
        case SectionsOfKind():
            return np.arange(postings.section_total, dtype=np.uint32)
        case OnPages():
            return _saying(matcher.words, postings)
        case AllParts():
            return _all([distinct([_saying(name, postings) for name in part]) for part in matcher.parts])
        case AnyForm():
            return distinct(
                [_of_term(postings.surface_number(surface), postings.by_surface) for surface in matcher.surfaces]
            )
        case AllWords() | Phrase():
            return _all([_of_term(postings.stem_number(surface), postings.by_stem) for surface in matcher.surfaces])


def _of_term(term: int, space: TermSpace) -> Sections:
    """The sections that have a term in heading or text."""
    if term == NO_TERM:
        return np.zeros(0, np.uint32)
    return space.postings(term)[0][space.said_itself(term)]


def _all(parts: Sequence[Sections]) -> Sections:
    """The sections of all of these, from the fewest on."""
    fewest, *others = sorted(parts, key=len)
    for other in others:
        fewest = fewest[are_in(other, fewest)]
    return fewest
