"""Which roles sections give what was asked: cause, use, do-not-use, care, denial, as the statements say that name it.

The roles of every word stand in the arrays; here those of words, phrases and needs are put together. Knows nothing of texts,
pages or what is counted.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, reduce
from operator import and_, or_
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from search.index import NO_TERM, Postings, TermSpace
from search.model import ExcerptRole
from search.query import AllParts, AllWords, AnyForm, Matcher, Need, OnPages, Phrase, SectionsOfKind, SectionsOfPages
from search.ranking.matching import match_words, phrase_roles
from search.ranking.needs import NeedCache, NeedMatches, match_need
from search.ranking.order import Ranks
from search.ranking.sorted_arrays import Flags, Rows, Sections, are_in, rows_of
from search.statements import WARNINGS, StatementRole

RoleBits = npt.NDArray[np.uint8]
"""The roles of each section together: as bits of `StatementRole`; 0 where it only mentions what was asked."""

_NO_PLACES: Final[Mapping[Phrase, Rows]] = {}

_EVERY: Final = np.uint8(sum(StatementRole))

_Said = Literal["causes", "treats", "warns", "denies", "mentions"]

_BIT_OF: Final[dict[_Said, int]] = {
    "causes": StatementRole.CAUSES,
    "treats": StatementRole.TREATS,
    "warns": WARNINGS,
    "denies": StatementRole.DENIES,
    "mentions": 0,
}
DENIES: Final = np.uint8(_BIT_OF["denies"])
OF_DRUGS: Final = np.uint8(_BIT_OF["warns"])
"""What a section may say of another drug than its own."""

_Order = tuple[tuple[_Said, ...], ...]
"""Roles by rank: a section has the first rank of which it has a role."""

_NEAREST_FIRST: Final[dict[ExcerptRole, _Order]] = {
    "causes": (("causes",), ("warns",), ("mentions",), ("treats",), ("denies",)),
    "treats": (("treats",), ("mentions",), ("causes", "warns"), ("denies",)),
    "warns": (("warns",), ("causes",), ("mentions",), ("treats",), ("denies",)),
    "denies": (("denies",), ("mentions",), ("treats",), ("warns",), ("causes",)),
}
"""Which drugs are asked for → whose statements come first; the opposite comes last (docs/safety-rules.md#rule-8)."""

_ANSWERS: Final[dict[ExcerptRole, _Order]] = {
    "causes": (("causes", "denies"), ("warns",), ("treats",), ("mentions",)),
    "treats": (("treats", "denies"), ("warns",), ("causes",), ("mentions",)),
    "warns": (("warns", "denies"), ("causes",), ("treats",), ("mentions",)),
    "denies": (("denies", "causes"), ("warns",), ("treats",), ("mentions",)),
}
"""The same of a drug that is named."""

_OPPOSITE: Final[dict[ExcerptRole, ExcerptRole]] = {
    "causes": "treats",
    "treats": "denies",
    "warns": "treats",
    "denies": "causes",
}
"""What a page may say as well that a reader who asks for a role must not meet first."""

_STATED: Final[_Order] = (("warns", "causes"), ("treats", "denies"), ("mentions",))
"""Of a drug that is named, where no role is asked for: no use or reassurance stands before a warning."""

_STATED_BY_MEMBERS: Final[_Order] = (("causes",), ("treats", "warns", "denies"), ("mentions",))
"""Of the members of a class: that they bring it about ("ACE inhibitor cough") before what else they say of it."""

_SAID: Final[_Order] = (("causes", "treats", "warns"), ("mentions",), ("denies",))
"""Where neither drug nor class nor role is asked for: what says something of it before what only names it; denials last."""

_GRAVE: Final[_Order] = (("denies",), ("causes",), ("warns",), ("mentions", "treats"))
"""Sections, where a denial is asked for: of a page that says the opposite, the opposite is shown."""

_COMPARED: Final[_Order] = (("warns",), ("causes",), ("treats",), ("mentions",), ("denies",))


def roles_of_need(need: Need, sections: Sections, postings: Postings, cache: NeedCache) -> RoleBits:
    """(sections,) the roles that each section gives to a need; none where it does not meet it.

    Args:
        need: what is looked for.
        sections: (sections,) uint32, ascending.
        postings: the arrays.
        cache: what was found for this need before.
    """
    met = match_need(need, postings, cache)
    rows = rows_of(met.sections, sections)
    if not len(met.sections):
        return _none(sections)
    return np.where(rows >= 0, _of_need(need, met, postings, cache)[rows], np.uint8(0))


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
        bits &= roles_of_need(need, sections, postings, cache)
    return bits


def _none(sections: Sections) -> RoleBits:
    return np.zeros(len(sections), np.uint8)


def denied_only(bits: RoleBits) -> Flags:
    """(sections,) whether all that each says of a thing is that it does not happen, or that the drug does not help."""
    only: Flags = bits == DENIES
    return only


def said_of(bits: int, asked: ExcerptRole | None) -> ExcerptRole | None:
    """What a section says of a thing; of several things the role that is asked for, or else the gravest. None: nothing."""
    gravest: tuple[ExcerptRole, ...] = ("warns", "causes", "treats", "denies")
    order = gravest if asked is None else (asked, *gravest)
    return next((role for role in order if bits & _BIT_OF[role]), None)


def section_ranks(bits: RoleBits, asked: ExcerptRole | None, *, of_drug: bool, of_class: bool, compares: bool) -> Ranks:
    """(sections,) how near each section comes to what is asked; 0 is the best.

    Args:
        bits: the roles that each gives to what is asked about.
        asked: the role that is asked for.
        of_drug: a drug is named: whether it does or does not is an answer as well ("does losartan cause cough").
        of_class: a class is: whatever a member says of what is asked comes before what only mentions it.
        compares: drugs are to be compared: what warns comes before what reassures (docs/safety-rules.md#rule-20).
    """
    order = _COMPARED if compares else _STATED if of_drug else _STATED_BY_MEMBERS if of_class else _SAID
    if asked is not None:
        order = _NEAREST_FIRST[asked]
        if asked == "denies" and not of_drug:
            order = _GRAVE
        elif of_drug or of_class:
            order = _ANSWERS[asked]
    return _rank_of_bits(order)[bits]


def page_ranks(bits: RoleBits, asked: ExcerptRole) -> Ranks:
    """(pages,) how near each page comes to the role that is asked for, by all that it says.

    One that says the opposite as well comes after those that do not; one that says the opposite and not what is asked for, last.

    Args:
        bits: the roles that its sections give, together.
        asked: the role that is asked for.
    """
    order = _NEAREST_FIRST[asked]
    ranks = _rank_of_bits(order)[bits] + np.uint8(1)
    says_opposite = bits & _BIT_OF[_OPPOSITE[asked]] != 0
    ranks[says_opposite & (ranks > 1)] = len(order)
    ranks[~says_opposite & (ranks == 1)] = 0
    return ranks


OPPOSED_FROM: Final[dict[ExcerptRole, int]] = {"causes": 4, "treats": 3, "warns": 4, "denies": 5}
"""The first of the `page_ranks` of pages that do not say what is asked for, but something against it: that it is treated where
causes are asked for, that it is caused or barred where uses are."""

SAYS_IT: Final = 1
"""The last of the `page_ranks` of pages that say what is asked for."""


@cache
def _rank_of_bits(order: "_Order") -> Ranks:
    """(256,) the rank of each combination of roles: the first of which it has a role."""
    ranks = np.full(256, len(order), np.uint8)
    for rank in reversed(range(len(order))):
        wanted = [_BIT_OF[name] for name in order[rank]]
        for bits in range(256):
            if any(bits & bit if bit else not bits for bit in wanted):
                ranks[bits] = rank
    return ranks


def _of_need(need: Need, met: NeedMatches, postings: Postings, cache: NeedCache) -> RoleBits:
    """(met,) the roles of a need, by whichever of its alternatives; held where it is known in several ways."""
    bits = cache.roles.get(need.alternatives)
    if bits is None:
        each = (_of_matcher(one.matcher, met.sections, postings, met.places or _NO_PLACES) for one in need.alternatives)
        bits = _any(each, met.sections)
        if len(need.alternatives) > 1 or not isinstance(need.alternatives[0].matcher, AnyForm):
            bits.flags.writeable = False  # shared by requests
            cache.roles.put(need.alternatives, bits, bits.nbytes)
    return bits


def _of_matcher(
    matcher: Matcher, sections: Sections, postings: Postings, places: Mapping[Phrase, Rows] = _NO_PLACES
) -> RoleBits:
    """(sections,) the roles of what a matcher matches; none where it matches nothing. `places`: of phrases, where known."""
    match matcher:
        case SectionsOfKind() | SectionsOfPages():
            return np.full(len(sections), _EVERY)  # it is asked beside a finding, and says nothing of it
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
            return _of_words(matcher, sections, postings, places)


def _any(parts: Iterable[RoleBits], sections: Sections) -> RoleBits:
    """(sections,) the roles of any of several; of none, as of a beginning that no word has, no role."""
    return reduce(or_, parts, _none(sections))


def _of_words(
    matcher: Phrase | AllWords, sections: Sections, postings: Postings, places: Mapping[Phrase, Rows]
) -> RoleBits:
    """The roles of a word, or of a phrase where it stands; words of a phrase that stand apart say nothing of it."""
    if len(matcher.surfaces) == 1 and not (isinstance(matcher, Phrase) and matcher.guard):
        return _of_term(postings.stem_number(matcher.surfaces[0]), sections, postings.by_stem)
    bits = np.zeros(len(sections), np.uint8)
    if isinstance(matcher, Phrase):
        stands = places[matcher] if matcher in places else match_words(matcher, postings).places
        if stands is not None and len(stands):
            of_places, roles = phrase_roles(matcher, stands, postings)
            np.bitwise_or.at(bits, rows_of(sections, of_places), roles)
    return bits


def _of_term(term: int, sections: Sections, space: TermSpace) -> RoleBits:
    """The roles of a term; 0 where a section does not have it."""
    if term == NO_TERM:
        return np.zeros(len(sections), np.uint8)
    rows = rows_of(space.postings(term)[0], sections)
    return np.where(rows >= 0, space.roles_of(term)[rows], np.uint8(0))
