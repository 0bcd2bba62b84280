"""A matcher of the plan → the sections it matches, with weights. Works on the arrays alone; knows nothing of tiers or order.

Cost is bounded by the postings of the matcher's terms: a plan has at most 32 terms, a prefix at most 64 surfaces.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from search.expansion import AnySurface, Matcher, Words
from search.postings import NO_TERM, Postings, TermSpace

Sections = npt.NDArray[np.uint32]
Weights = npt.NDArray[np.float64]
Matches = tuple[Sections, Weights]
"""Sections, ascending and each once, and the weight of each."""

NOTHING: Final[Matches] = (np.zeros(0, np.uint32), np.zeros(0))


def match(matcher: Matcher, postings: Postings) -> Matches:
    """The sections a matcher matches. A phrase weighs what its words weigh, so that quoting does not outscore."""
    if isinstance(matcher, AnySurface):
        return _any_surface(matcher.surfaces, postings)
    terms = [postings.stem_number(surface) for surface in matcher.surfaces]
    if not terms or NO_TERM in terms:
        return NOTHING
    if len(terms) == 1:
        sections, weights = postings.by_stem.postings(terms[0])
        return sections, weights.astype(np.float64)
    sections = _common(terms, postings.by_stem)
    if isinstance(matcher, Words):
        sections = _in_sequence(terms, matcher, sections, postings.by_stem)
    return sections, _summed(terms, sections, postings.by_stem)


def rows_of(sections: Sections, wanted: Sections) -> npt.NDArray[np.int64]:
    """(wanted,) the index of each wanted section in `sections` (ascending), −1 where it is not there."""
    if not len(sections):
        return np.full(len(wanted), -1)
    rows = np.searchsorted(sections, wanted)
    rows[rows == len(sections)] = 0
    rows[sections[rows] != wanted] = -1
    return rows


def _any_surface(surfaces: tuple[str, ...], postings: Postings) -> Matches:
    """Union; the weight is the best surface's, as one word was typed."""
    found = [postings.by_surface.postings(postings.surface_number(surface)) for surface in surfaces]
    if not found:
        return NOTHING
    sections = np.concatenate([part for part, _ in found])
    weights = np.concatenate([part for _, part in found]).astype(np.float64)
    order = np.lexsort((-weights, sections))
    sections, weights = sections[order], weights[order]
    first = np.ones(len(sections), bool)
    first[1:] = sections[1:] != sections[:-1]
    return sections[first], weights[first]


def _common(terms: list[int], space: TermSpace) -> Sections:
    """Sections that hold all terms, from the rarest on."""
    lists = sorted((space.postings(term)[0] for term in dict.fromkeys(terms)), key=len)
    common = lists[0]
    for other in lists[1:]:
        common = common[rows_of(other, common) >= 0]
    return common


def _summed(terms: list[int], sections: Sections, space: TermSpace) -> Weights:
    total = np.zeros(len(sections))
    for term in terms:
        holders, weights = space.postings(term)
        total += weights[rows_of(holders, sections)]
    return total


def _in_sequence(terms: list[int], words: Words, sections: Sections, space: TermSpace) -> Sections:
    """Those of `sections` in which the terms stand in order, `words.positions` apart, give or take `words.slop` more.

    All sections at once: a place is section · 2³² + position, so one sorted search steps from each word to the next.
    """
    reached = _places(terms[0], sections, space)
    for previous, current in zip(range(len(terms)), range(1, len(terms)), strict=False):
        step = words.positions[current] - words.positions[previous]
        targets = _places(terms[current], sections, space)
        stepped = [targets[_member(targets - step - extra, reached)] for extra in range(words.slop + 1)]
        reached = np.unique(np.concatenate(stepped)) if len(stepped) > 1 else stepped[0]
    held = np.zeros(len(sections), bool)
    held[np.unique(reached >> np.int64(32))] = True
    return sections[held]


def _places(term: int, sections: Sections, space: TermSpace) -> npt.NDArray[np.int64]:
    """Every place of a term within `sections`, ascending: row in `sections` · 2³² + position."""
    holders, _ = space.postings(term)
    postings = int(space.start[term]) + rows_of(holders, sections)
    begins = space.at[postings].astype(np.int64)
    counts = space.at[postings + 1].astype(np.int64) - begins
    rows = np.repeat(np.arange(len(sections), dtype=np.int64), counts)
    offsets = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    places: npt.NDArray[np.int64] = (rows << np.int64(32)) + space.positions[np.repeat(begins, counts) + offsets]
    return places


def _member(values: npt.NDArray[np.int64], sorted_set: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    if not len(sorted_set):
        return np.zeros(len(values), bool)
    rows = np.minimum(np.searchsorted(sorted_set, values), len(sorted_set) - 1)
    member: npt.NDArray[np.bool_] = sorted_set[rows] == values
    return member
