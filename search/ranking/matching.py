"""A matcher of the plan → the sections it matches, with weights. Works on the arrays alone; knows nothing of tiers or order.

Cost is bounded by the postings of the matcher's terms: a plan has at most 32 terms, a prefix at most 64 surfaces.
"""

import numpy as np

from search.index import NO_TERM, Postings, TermSpace
from search.model import KINDS
from search.query import AllParts, AllWords, AnyForm, Matcher, OnPages, Phrase, SectionsOfKind, SectionsOfPages
from search.ranking.matches import NO_MATCHES, Matches, Roles, Weights, union
from search.ranking.sorted_arrays import Rows, Sections, are_in, common, distinct, heads_of, in_both, ranges, rows_of
from search.weights import KIND_STEP, KIND_WEIGHT


def match(matcher: Matcher, postings: Postings) -> Matches:
    """The sections a matcher matches. A phrase weighs what its words weigh, so that quoting does not outscore."""
    match matcher:
        case AnyForm():
            return _match_surfaces(matcher.surfaces, postings)
        case SectionsOfKind():
            return _match_kinds(matcher.kinds, postings)
        case SectionsOfPages():
            sections = postings.sections_of(sorted(matcher.monographs)).astype(np.uint32)
            return Matches(
                sections, np.zeros(len(sections))
            )  # of what the page is about, no section says more than another
        case OnPages():
            matches = match_words(matcher.words, postings)
            pages = np.array(sorted(matcher.monographs), np.uint32)
            return matches.only(are_in(pages, postings.section_monograph[matches.sections]))
        case AllParts():
            return _match_all([union([match_words(name, postings) for name in part]) for part in matcher.parts])
        case AllWords() | Phrase():
            return match_words(matcher, postings)


def match_words(matcher: Phrase | AllWords, postings: Postings) -> Matches:
    """Sections with the stems of a matcher: in sequence, or anywhere. A phrase of several words has its places as well."""
    terms = [postings.stem_number(surface) for surface in matcher.surfaces]
    if not terms or NO_TERM in terms:
        return NO_MATCHES
    space = postings.by_stem
    guard = matcher.guard if isinstance(matcher, Phrase) else ()
    if len(terms) == 1 and not guard:
        sections, weights = space.postings(terms[0])
        return Matches(sections, weights.astype(np.float64))
    sections = common([space.postings(term)[0] for term in dict.fromkeys(terms)])
    if not len(sections):
        return NO_MATCHES
    places = _reached(terms, matcher, sections, postings) if isinstance(matcher, Phrase) else None
    if places is not None:
        sections = _sections_of(places)
    return Matches(sections, _summed(terms, sections, space), places)


def phrase_roles(phrase: Phrase, places: Rows, postings: Postings) -> tuple[Sections, Roles]:
    """Of each place where a phrase stands its section, ascending, and the `StatementRole` of its last word.

    Args:
        phrase: of words that some page has.
        places: its position keys, as of `match_words`.
        postings: the arrays.
    """
    last, space = postings.stem_number(phrase.surfaces[-1]), postings.by_stem
    owners = _sections_of(places)
    begins, ends = _occurrences_in(last, owners, space)
    keys = _position_keys(last, owners, space)
    roles = space.roles[ranges(begins, ends)][np.searchsorted(keys, places)]
    return (places >> np.int64(32)).astype(np.uint32), roles


def _match_surfaces(surfaces: tuple[str, ...], postings: Postings) -> Matches:
    """Sections with any of these surfaces; the weight is the best surface's, as one word was typed."""
    space = postings.by_surface
    numbers = [postings.surface_number(surface) for surface in surfaces]
    found = (space.postings(number) for number in numbers if number != NO_TERM)
    return union([Matches(sections, weights.astype(np.float64)) for sections, weights in found])


def _match_kinds(kinds: tuple[int, ...], postings: Postings) -> Matches:
    """Sections of the likeliest kind weigh most."""
    weight_of_kind = np.zeros(len(KINDS))
    weight_of_kind[list(reversed(kinds))] = KIND_WEIGHT * KIND_STEP ** np.arange(len(kinds) - 1, -1, -1)
    weights = weight_of_kind[postings.section_kind]
    sections = np.flatnonzero(weights)
    return Matches(sections.astype(np.uint32), weights[sections])


def _match_all(parts: list[Matches]) -> Matches:
    """Sections that each part matches; the weight is the sum."""
    sections = common([part.sections for part in parts])
    weights = np.zeros(len(sections))
    for part in parts:
        weights += part.weights[rows_of(part.sections, sections)]
    return Matches(sections, weights)


def _summed(terms: list[int], sections: Sections, space: TermSpace) -> Weights:
    """Summed weights of terms in sections that hold all."""
    total = np.zeros(len(sections))
    for term in terms:
        holders, weights = space.postings(term)
        total += weights[rows_of(holders, sections)]
    return total


def _reached(terms: list[int], phrase: Phrase, sections: Sections, postings: Postings) -> Rows:
    """The position keys of the last term where all stand in order, `phrase.positions` apart, give or take `phrase.slop` more.

    All sections at once, by position keys (section · 2³² + position): adding a step to all keys of one word gives the keys
    where the next word must stand. "low calcium" in section 7, at positions 4 and 5, slop 1:

        low 7·2³²+4  →  5 or 6 allowed  →  calcium 7·2³²+5 is one of them

    After each word only the sections that came so far are looked at.
    """
    space = postings.by_stem
    reached = _position_keys(terms[0], sections, space)
    for surface in phrase.guard:
        term = postings.stem_number(surface)
        if term != NO_TERM:
            before = _position_keys(term, sections[are_in(space.postings(term)[0], sections)], space)
            reached = reached[~np.isin(reached - 1, before, assume_unique=True)]
    for previous, current in zip(range(len(terms)), range(1, len(terms)), strict=False):
        step = phrase.positions[current] - phrase.positions[previous]
        targets = _position_keys(terms[current], _sections_of(reached), space)
        stepped = [in_both(targets, reached + (step + extra)) for extra in range(phrase.slop + 1)]
        reached = distinct(stepped) if len(stepped) > 1 else stepped[0]
    return reached


def _position_keys(term: int, sections: Sections, space: TermSpace) -> Rows:
    """The position keys of a term within `sections`, all of which hold it, ascending."""
    if not len(sections):
        return np.zeros(0, np.int64)
    begins, ends = _occurrences_in(term, sections, space)
    keys: Rows = np.repeat(sections.astype(np.int64) << np.int64(32), ends - begins)
    keys += space.positions[ranges(begins, ends)]
    return keys


def _occurrences_in(term: int, sections: Sections, space: TermSpace) -> tuple[Rows, Rows]:
    """(sections,) from and to where the occurrences of a term in each section stand among those of its space."""
    postings = int(space.start[term]) + rows_of(space.postings(term)[0], sections)
    return space.at[postings].astype(np.int64), space.at[postings + 1].astype(np.int64)


def _sections_of(keys: Rows) -> Sections:
    """The sections of some position keys, each once."""
    owners = (keys >> np.int64(32)).astype(np.uint32)
    return owners[heads_of(owners)]
