"""Which sections say a thing themselves, in heading or text, and not by the names of their page alone.

Names are indexed with every section of a page, so "MS" also matches each section of a page that MS Contin is a brand of;
none of them mentions multiple sclerosis. Knows nothing of tiers, order or what is counted.
"""

from collections.abc import Sequence

import numpy as np

from search.index import NO_TERM, Postings, TermSpace
from search.query import AllParts, AllWords, AnyForm, Matcher, Need, OnPages, Phrase, SectionsOfKind, SectionsOfPages
from search.ranking.needs import NeedCache, match_need
from search.ranking.sorted_arrays import Flags, Sections, are_in, common, distinct, rows_of


def mentioned(needs: Sequence[Need], sections: Sections, postings: Postings, cache: NeedCache) -> Flags:
    """(sections,) whether every need is met, in some way, by words that stand elsewhere than in a name of the page.

    Args:
        needs: what must be met.
        sections: (sections,) uint32, ascending, of those that meet it by names or text.
        postings: the arrays.
        cache: what was found for these needs before.
    """
    mentions = np.ones(len(sections), bool)
    for need in needs:
        if any(_is_in_names(alternative.matcher, postings) for alternative in need.alternatives):
            met = match_need(need, postings, cache).sections
            mentions &= _outside_names(need, met, postings, cache)[rows_of(met, sections)]
    return mentions


def _outside_names(need: Need, met: Sections, postings: Postings, cache: NeedCache) -> Flags:
    """(met,) whether each section that meets a need does so outside names; held where the need is known in several ways."""
    flags = cache.outside_names.get(need.alternatives)
    if flags is None:
        flags = are_in(distinct([_sections(alternative.matcher, postings) for alternative in need.alternatives]), met)
        if len(need.alternatives) > 1:
            flags.flags.writeable = False  # shared by requests
            cache.outside_names.put(need.alternatives, flags, flags.nbytes)
    return flags


def _is_in_names(matcher: Matcher, postings: Postings) -> bool:
    """Whether some section has a word of a matcher by its page's names alone; if none has, all mention it themselves."""
    match matcher:
        case SectionsOfKind() | SectionsOfPages():
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


def _sections(matcher: Matcher, postings: Postings) -> Sections:
    """The sections, ascending, that have the words of a matcher in heading or text, in whatever order."""
    match matcher:
        case SectionsOfKind() | SectionsOfPages():
            return np.arange(postings.section_total, dtype=np.uint32)
        case OnPages():
            return _sections(matcher.words, postings)
        case AllParts():
            return common([distinct([_sections(name, postings) for name in part]) for part in matcher.parts])
        case AnyForm():
            numbers = map(postings.surface_number, matcher.surfaces)
            return distinct([_sections_of_term(number, postings.by_surface) for number in numbers])
        case AllWords() | Phrase():
            numbers = map(postings.stem_number, matcher.surfaces)
            return common([_sections_of_term(number, postings.by_stem) for number in numbers])


def _sections_of_term(term: int, space: TermSpace) -> Sections:
    """The sections that have a term in heading or text."""
    if term == NO_TERM:
        return np.zeros(0, np.uint32)
    return space.postings(term)[0][space.outside_names(term)]
