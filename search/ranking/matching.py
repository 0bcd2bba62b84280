"""A matcher of the plan → the sections it matches, with weights. Works on the arrays alone; knows nothing of tiers or order.

Cost is bounded by the postings of the matcher's terms: a plan has at most 32 terms, a prefix at most 64 surfaces.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

from search.index import BOTH, NO_TERM, Postings, TermSpace
from search.model import KINDS
from search.query import AllParts, AllWords, AnyForm, Matcher, OnPages, Phrase, SectionsOfKind
from search.weights import KIND_STEP, KIND_WEIGHT

Sections = npt.NDArray[np.uint32]
Weights = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Stances = npt.NDArray[np.uint8]
"""How a section speaks of what matched: `CLAIMED`, `BOTH`, `DENIED`."""


@dataclass(frozen=True, slots=True)
class Matches:
    """Sections, ascending and each once, with weights and how they speak of what matched. All (sections,)."""

    sections: Sections
    weights: Weights
    stances: Stances

    def only(self, wanted: Flags) -> "Matches":
        """Those of a (sections,) bool."""
        return Matches(self.sections[wanted], self.weights[wanted], self.stances[wanted])


Number = TypeVar("Number", np.uint32, np.int64)

NOTHING: Final = Matches(np.zeros(0, np.uint32), np.zeros(0), np.zeros(0, np.uint8))


def match(matcher: Matcher, postings: Postings) -> Matches:
    """The sections a matcher matches. A phrase weighs what its words weigh, so that quoting does not outscore."""
    match matcher:
        case AnyForm():
            return _any_surface(matcher.surfaces, postings)
        case SectionsOfKind():
            return _of_kind(matcher.kinds, postings)
        case OnPages():
            found = match_words(matcher.words, postings)
            pages = np.array(sorted(matcher.monographs), np.uint32)
            return found.only(are_in(pages, postings.section_monograph[found.sections]))
        case AllParts():
            return _all_of([union([match_words(name, postings) for name in part]) for part in matcher.parts])
        case AllWords() | Phrase():
            return match_words(matcher, postings)


def match_words(matcher: Phrase | AllWords, postings: Postings) -> Matches:
    """Sections with these stems: in sequence, or anywhere."""
    terms = [postings.stem_number(surface) for surface in matcher.surfaces]
    if not terms or NO_TERM in terms:
        return NOTHING
    space = postings.by_stem
    guard = matcher.guard if isinstance(matcher, Phrase) else ()
    if len(terms) == 1 and not guard:
        sections, weights = space.postings(terms[0])
        return Matches(sections, weights.astype(np.float64), space.stances_of(terms[0]))
    sections = _common(terms, space)
    if isinstance(matcher, Phrase):
        sections = _in_sequence(terms, matcher, sections, postings)
    return Matches(sections, *_summed(terms, sections, space))


_DENSE: Final = 32
"""From one number in so many on, a look into a table of all costs less than a bisection for each (188,850 sections: 0.1 ms for
10,000 of them instead of 0.4 to 0.7)."""


def bound_of(parts: Sequence[npt.NDArray[Number]]) -> int:
    """One more than the greatest number of some ascending arrays."""
    return max((int(part[-1]) for part in parts if len(part)), default=-1) + 1


def is_dense(parts: Sequence[npt.NDArray[Number]]) -> bool:
    """Whether some ascending arrays hold so many numbers that a table of all costs less than sorting them."""
    return sum(map(len, parts)) * _DENSE > bound_of(parts)


def rows_of(sections: Sections, wanted: Sections) -> npt.NDArray[np.int64]:
    """(wanted,) the index of each wanted section in `sections`, −1 where it is not there; both are ascending."""
    if not len(sections) or not len(wanted):
        return np.full(len(wanted), -1)
    if len(sections) == len(wanted) and np.array_equal(sections, wanted):
        return np.arange(len(wanted))  # the one word that was asked, looked up again
    bound = int(max(sections[-1], wanted[-1])) + 1
    if len(wanted) * _DENSE > bound:
        places = np.full(bound, -1, np.int32)
        places[sections] = np.arange(len(sections), dtype=np.int32)
        return places[wanted].astype(np.int64)
    rows = np.searchsorted(sections, wanted)
    rows[rows == len(sections)] = 0
    rows[sections[rows] != wanted] = -1
    return rows


def rows_in(sections: Sections, parts: Sequence[Sections]) -> list[npt.NDArray[np.int64]]:
    """Where each of some arrays of these sections stands in `sections`; all are ascending."""
    if sum(map(len, parts)) * _DENSE <= (int(sections[-1]) if len(sections) else 0):
        return [np.searchsorted(sections, part) for part in parts]
    places = np.zeros(int(sections[-1]) + 1 if len(sections) else 0, np.int64)
    places[sections] = np.arange(len(sections))
    return [places[part] for part in parts]


def are_in(sections: Sections, wanted: Sections) -> Flags:
    """(wanted,) whether each of the wanted sections is in `sections`; both are ascending."""
    if not len(sections) or not len(wanted):
        return np.zeros(len(wanted), bool)
    bound = int(max(sections[-1], wanted[-1])) + 1
    if len(wanted) * _DENSE > bound:
        there = np.zeros(bound, bool)
        there[sections] = True
        return there[wanted]
    found: Flags = sections[np.minimum(np.searchsorted(sections, wanted), len(sections) - 1)] == wanted
    return found


def heads_of(ascending: npt.NDArray[Number]) -> Flags:
    """(numbers,) whether each is the first of its run of equals."""
    heads = np.empty(len(ascending), bool)
    heads[:1] = True
    np.not_equal(ascending[1:], ascending[:-1], out=heads[1:])
    return heads


def distinct(parts: Sequence[npt.NDArray[Number]]) -> npt.NDArray[Number]:
    """Every number of some ascending arrays once, ascending. Merging sorted runs takes a fraction of what `np.unique` does."""
    if not parts:
        return np.zeros(0, np.uint32)
    every = np.concatenate(parts)
    if is_dense(parts):
        there = np.zeros(bound_of(parts), bool)
        there[every] = True
        return np.flatnonzero(there).astype(every.dtype)
    every.sort(kind="stable")
    return every[heads_of(every)]


def union(found: list[Matches]) -> Matches:
    """Sections that any of these matches, each with its greatest weight."""
    found = [one for one in found if len(one.sections)]
    if len(found) < 2:
        return found[0] if found else NOTHING
    parts = [one.sections for one in found]
    if is_dense(parts):
        return _dense_union(found, bound_of(parts))
    sections = np.concatenate(parts)
    weights = np.concatenate([one.weights for one in found])
    stances = np.concatenate([one.stances for one in found])
    order = np.lexsort((-weights, sections))
    sections = sections[order]
    first = np.flatnonzero(heads_of(sections))
    return Matches(sections[first], weights[order][first], joined_stances(stances[order], first))


def _dense_union(found: list[Matches], bound: int) -> Matches:
    """The same by tables of all sections below `bound`, in time that grows with the postings alone: a prefix may have millions."""
    weights = np.zeros(bound)
    least, most = np.full(bound, _UNSEEN), np.zeros(bound, np.uint8)
    for one in found:
        at = one.sections.astype(np.intp)  # once, and not by every look-up
        weights[at] = np.maximum(weights[at], one.weights)
        least[at] = np.minimum(least[at], one.stances)
        most[at] = np.maximum(most[at], one.stances)
    sections = np.flatnonzero(least != _UNSEEN)
    least, most = least[sections], most[sections]
    return Matches(sections.astype(np.uint32), weights[sections], np.where(least == most, least, np.uint8(BOTH)))


_UNSEEN: Final = np.uint8(255)


def joined_stances(stances: Stances, starts: npt.NDArray[np.int64]) -> Stances:
    """One stance for each run of ways to match a section: theirs, where they agree."""
    if not len(starts):
        return stances
    least, most = np.minimum.reduceat(stances, starts), np.maximum.reduceat(stances, starts)
    return np.where(least == most, least, np.uint8(BOTH))


def _any_surface(surfaces: tuple[str, ...], postings: Postings) -> Matches:
    """Union; the weight is the best surface's, as one word was typed."""
    space = postings.by_surface
    numbers = [postings.surface_number(surface) for surface in surfaces]
    found = [(space.postings(number), space.stances_of(number)) for number in numbers if number != NO_TERM]
    return union([Matches(sections, weights.astype(np.float64), stances) for (sections, weights), stances in found])


def _of_kind(kinds: tuple[int, ...], postings: Postings) -> Matches:
    """Sections of the likeliest kind weigh most."""
    weight_of = np.zeros(len(KINDS))
    weight_of[list(reversed(kinds))] = KIND_WEIGHT * KIND_STEP ** np.arange(len(kinds) - 1, -1, -1)
    weights = weight_of[postings.section_kind]
    sections = np.flatnonzero(weights)
    return Matches(sections.astype(np.uint32), weights[sections], np.zeros(len(sections), np.uint8))


def _all_of(parts: list[Matches]) -> Matches:
    """Sections that each part matches; the weight is the sum."""
    found = min(parts, key=lambda part: len(part.sections))
    sections = found.sections
    for part in parts:
        sections = sections[are_in(part.sections, sections)]
    weights, stances = np.zeros(len(sections)), np.zeros(len(sections), np.uint8)
    for part in parts:
        rows = rows_of(part.sections, sections)
        weights += part.weights[rows]
        np.maximum(stances, part.stances[rows], out=stances)
    return Matches(sections, weights, stances)


def _common(terms: list[int], space: TermSpace) -> Sections:
    """Sections that hold all terms, from the rarest on."""
    lists = sorted((space.postings(term)[0] for term in dict.fromkeys(terms)), key=len)
    common = lists[0]
    for other in lists[1:]:
        common = common[are_in(other, common)]
    return common


def _summed(terms: list[int], sections: Sections, space: TermSpace) -> tuple[Weights, Stances]:
    """Summed weights; words are denied together where any of them is."""
    total, stances = np.zeros(len(sections)), np.zeros(len(sections), np.uint8)
    for term in terms:
        holders, weights = space.postings(term)
        rows = rows_of(holders, sections)
        total += weights[rows]
        np.maximum(stances, space.stances_of(term)[rows], out=stances)
    return total, stances


def _in_sequence(terms: list[int], words: Phrase, sections: Sections, postings: Postings) -> Sections:
    """Those of `sections` in which the terms stand in order, `words.positions` apart, give or take `words.slop` more.

    All sections at once: a place is section · 2³² + position, so one merge steps from each word to the next; after each step only
    the sections that came so far are looked at.
    """
    space = postings.by_stem
    reached = _places(terms[0], sections, space)
    for surface in words.guard:
        term = postings.stem_number(surface)
        if term != NO_TERM:
            before = _places(term, sections[are_in(space.postings(term)[0], sections)], space)
            reached = reached[~np.isin(reached - 1, before, assume_unique=True)]
    for previous, current in zip(range(len(terms)), range(1, len(terms)), strict=False):
        step = words.positions[current] - words.positions[previous]
        targets = _places(terms[current], _sections_of(reached), space)
        stepped = [_in_both(targets, reached + (step + extra)) for extra in range(words.slop + 1)]
        reached = distinct(stepped) if len(stepped) > 1 else stepped[0]
    return _sections_of(reached)


def _sections_of(places: npt.NDArray[np.int64]) -> Sections:
    """The sections of some places, each once."""
    owners = (places >> np.int64(32)).astype(np.uint32)
    return owners[heads_of(owners)]


def _places(term: int, sections: Sections, space: TermSpace) -> npt.NDArray[np.int64]:
    """Every place of a term within `sections`, all of which hold it, ascending."""
    if not len(sections):
        return np.zeros(0, np.int64)
    postings = int(space.start[term]) + rows_of(space.postings(term)[0], sections)
    begins, ends = space.at[postings].astype(np.int64), space.at[postings + 1].astype(np.int64)
    counts = ends - begins
    jumps = np.ones(
        int(counts.sum()), np.int64
    )  # from each position to the next: one on, or to where the next posting begins
    jumps[0] = begins[0]
    jumps[np.cumsum(counts[:-1])] = begins[1:] - ends[:-1] + 1
    places: npt.NDArray[np.int64] = np.repeat(sections.astype(np.int64) << np.int64(32), counts)
    places += space.positions[np.cumsum(jumps)]
    return places


def _in_both(some: npt.NDArray[np.int64], others: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The numbers that two ascending arrays without doubles share, ascending; merging sorted runs is faster than looking up."""
    every = np.concatenate((some, others))
    every.sort(kind="stable")
    shared: npt.NDArray[np.int64] = every[1:][every[1:] == every[:-1]]
    return shared
