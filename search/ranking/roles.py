"""Which roles sections give what was asked: cause, use, do-not-use, care, denial, as the statements say that name it.

The roles of every word stand in the arrays; here those of words, phrases and needs are put together. Knows nothing of texts,
pages or what is counted.
"""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import and_, or_
from typing import Final

import numpy as np
import numpy.typing as npt

from search.index import NO_TERM, Postings, TermSpace
from search.query import AllParts, AllWords, AnyForm, Matcher, Need, OnPages, Phrase, SectionsOfKind
from search.ranking.matching import phrase_roles
from search.ranking.needs import NeedCache, match_need
from search.ranking.sorted_arrays import Sections, are_in, rows_of
from search.statements import StatementRole

RoleBits = npt.NDArray[np.uint8]
"""The roles of each section together: as bits of `StatementRole`; 0 where it only mentions what was asked."""

_EVERY: Final = np.uint8(sum(StatementRole))


def stated_roles(needs: Sequence[Need], sections: Sections, postings: Postings, cache: NeedCache) -> RoleBits:
    """(sections,) the roles that each section gives to all needs together; those that it gives to each of them.

    Args:
        needs: what must be met.
        sections: (sections,) uint32, ascending, that meet all of them.
        postings: the arrays.
        cache: what was found for these needs before.
    """
    bits = np.full(len(sections), _EVERY)
    for need in needs:
        met = match_need(need, postings, cache).sections
        bits &= _of_need(need, met, postings, cache)[rows_of(met, sections)]
    return bits


def _of_need(need: Need, met: Sections, postings: Postings, cache: NeedCache) -> RoleBits:
    """(met,) the roles of a need, by whichever of its alternatives; held where it is known in several ways."""
    bits = cache.roles.get(need.alternatives)
    if bits is None:
        bits = _any((_of_matcher(alternative.matcher, met, postings) for alternative in need.alternatives), met)
        if len(need.alternatives) > 1:
            bits.flags.writeable = False  # shared by requests
            cache.roles.put(need.alternatives, bits, bits.nbytes)
    return bits


def _of_matcher(matcher: Matcher, sections: Sections, postings: Postings) -> RoleBits:
    """(sections,) the roles of what a matcher matches; none where it matches nothing."""
    match matcher:
        case SectionsOfKind():
            return np.full(len(sections), _EVERY)  # a kind of section is asked beside a finding, and says nothing of it
        case OnPages():
            pages = np.array(sorted(matcher.monographs), np.uint32)
            is_on_them = are_in(pages, postings.section_monograph[sections])
            return np.where(is_on_them, _of_matcher(matcher.words, sections, postings), np.uint8(0))
        case AllParts():
            parts = (_any((_of_matcher(name, sections, postings) for name in part), sections) for part in matcher.parts)
            return reduce(and_, parts)
        case AnyForm():
            numbers = [postings.surface_number(surface) for surface in matcher.surfaces]
            return _any((_of_term(number, sections, postings.by_surface) for number in numbers), sections)
        case AllWords() | Phrase():
            return _of_words(matcher, sections, postings)


def _any(parts: Iterable[RoleBits], sections: Sections) -> RoleBits:
    """(sections,) the roles of any of several; of none, as of a beginning that no word has, no role."""
    return reduce(or_, parts, np.zeros(len(sections), np.uint8))


def _of_words(matcher: Phrase | AllWords, sections: Sections, postings: Postings) -> RoleBits:
    """The roles of a word, or of a phrase where it stands; words of a phrase that stand apart say nothing of it."""
    if len(matcher.surfaces) == 1 and not (isinstance(matcher, Phrase) and matcher.guard):
        return _of_term(postings.stem_number(matcher.surfaces[0]), sections, postings.by_stem)
    bits = np.zeros(len(sections), np.uint8)
    if isinstance(matcher, Phrase):
        of_places, roles = phrase_roles(matcher, postings)
        np.bitwise_or.at(bits, rows_of(sections, of_places), roles)
    return bits


def _of_term(term: int, sections: Sections, space: TermSpace) -> RoleBits:
    """The roles of a term; 0 where a section does not have it."""
    if term == NO_TERM:
        return np.zeros(len(sections), np.uint8)
    rows = rows_of(space.postings(term)[0], sections)
    return np.where(rows >= 0, space.roles_of(term)[rows], np.uint8(0))
