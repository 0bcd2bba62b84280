"""Candidates → groups of sections by monograph in one total order, with counts (DESIGN §7).

Here is what no weight may overrule: who is named, what was typed as typed, and that a page of a product that does not exist comes
last. Knows nothing of texts, HTML or Whoosh.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from search.candidates import NO_CANDIDATES, Candidates, candidates
from search.model import KINDS, SectionCount
from search.names import NameLevel
from search.plan import Plan
from search.postings import Postings


@dataclass(frozen=True, slots=True)
class Groups:
    """Candidates in the order of their monographs.

    Groups are runs of `candidates`: the sections of one monograph stand side by side. `starts` and `ends` (groups,) are rows
    of `candidates`, in the order of groups; `by_page` (groups,) bool tells whose sections come in the page's own order.
    """

    candidates: Candidates
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    by_page: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        """How many monographs there are."""
        return len(self.starts)

    def group(self, number: int) -> list[int]:
        """Rows of `candidates` of the `number`-th group, best section first."""
        start, end = int(self.starts[number]), int(self.ends[number])
        if end - start == 1:
            return [start]
        found = self.candidates
        places = found.places[start:end].tolist()
        scores = [0.0] * (end - start) if self.by_page[number] else found.scores[start:end].tolist()
        return [start + n for n in sorted(range(end - start), key=lambda n: (places[n], -scores[n], n))]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The whole answer in order, before paging.

    `found` is after all filters, `counts` before the section filter, `all_found` before any; `aside` is never counted: what only
    look-alikes of the drug that was named say.
    """

    found: Groups
    aside: Groups
    counts: tuple[SectionCount, ...]
    all_found: Candidates

    @property
    def unfiltered(self) -> int:
        """How many sections match before any filter."""
        return len(self.all_found.sections)

    @property
    def total(self) -> int:
        """How many sections match."""
        return len(self.found.candidates.sections)

    def best_tiers(self, postings: Postings) -> Iterator[tuple[int, int]]:
        """Monograph and tier of each section found, before any filter."""
        found = self.all_found
        return zip(postings.section_monograph[found.sections].tolist(), found.tiers.tolist(), strict=True)


def rank(
    plan: Plan,
    kinds: tuple[str, ...],
    postings: Postings,
    no_such: npt.NDArray[np.bool_],
    members: npt.NDArray[np.bool_] | None = None,
) -> Ranking:
    """Rank all sections that answer a plan.

    Args:
        plan: what must match.
        kinds: the section filter; empty for all.
        postings: the arrays.
        no_such: (monographs,) bool, whose page says that its product does not exist.
        members: (monographs,) bool, the filter by class; None for all.
    """
    found = candidates(plan, postings)
    levels = _levels(plan, len(no_such))
    aside = found
    if plan.names.whole:
        of_look_alike = levels[postings.section_monograph[found.sections]] == NameLevel.LOOKS_ALIKE
        found, aside = found.only(~of_look_alike), found.only(of_look_alike)
    else:
        aside = NO_CANDIDATES
    eligible = found if members is None else found.only(members[postings.section_monograph[found.sections]])
    kind = postings.section_kind[eligible.sections]
    starts = _run_starts(postings.section_monograph[eligible.sections])
    counts = _counts(kind, starts)
    shown = eligible.only(np.isin(kind, [KINDS.index(name) for name in kinds])) if kinds else eligible
    order = _Order(postings, levels, no_such)
    return Ranking(order.grouped(shown, None if kinds else starts), order.grouped(aside, None), counts, found)


@dataclass(frozen=True, slots=True)
class _Order:
    """What groups are ordered by beside their scores. `levels`, `no_such`: (monographs,)."""

    postings: Postings
    levels: npt.NDArray[np.uint8]
    no_such: npt.NDArray[np.bool_]

    def grouped(self, found: Candidates, starts: npt.NDArray[np.int64] | None) -> Groups:
        """Candidates by monograph, in order; `starts`, where they are known already, are the first rows of monographs."""
        if not len(found.sections):
            return _NO_GROUPS
        monographs = self.postings.section_monograph[found.sections]
        if starts is None:
            starts = _run_starts(monographs)
        level = self.levels[monographs[starts]]
        order = _group_order(found, monographs[starts], starts, level, self.no_such)
        ends = np.append(starts[1:], len(monographs))
        # Who asks for a drug by its name alone asks for the page: its sections come in the page's own order.
        return Groups(found, starts[order], ends[order], (level < NameLevel.CONTAINS_SINGLE)[order])


_NO_GROUPS: Final = Groups(NO_CANDIDATES, np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, bool))


def _run_starts(monographs: npt.NDArray[np.uint32]) -> npt.NDArray[np.int64]:
    """Where each run of one monograph's sections starts; the sections of a monograph stand side by side."""
    if not len(monographs):
        return np.zeros(0, np.int64)
    return np.append(0, np.flatnonzero(monographs[1:] != monographs[:-1]) + 1)


def _counts(kind: npt.NDArray[np.uint8], starts: npt.NDArray[np.int64]) -> tuple[SectionCount, ...]:
    """Sections and monographs of each kind, kinds that have none left out."""
    cells = np.repeat(np.arange(len(starts)) * len(KINDS), np.diff(starts, append=len(kind))) + kind
    table = np.bincount(cells, minlength=len(starts) * len(KINDS)).reshape(-1, len(KINDS))
    sections_of, monographs_of = table.sum(axis=0).tolist(), np.count_nonzero(table, axis=0).tolist()
    return tuple(
        SectionCount(name, sections_of[number], monographs_of[number])
        for number, name in enumerate(KINDS)
        if sections_of[number]
    )


def _levels(plan: Plan, monographs: int) -> npt.NDArray[np.uint8]:
    """(monographs,) how the query names each."""
    levels = np.full(monographs, NameLevel.NONE, np.uint8)
    if plan.names.levels:
        levels[list(plan.names.levels)] = list(plan.names.levels.values())
    return levels


def _group_order(
    found: Candidates,
    named: npt.NDArray[np.uint32],
    starts: npt.NDArray[np.int64],
    levels: npt.NDArray[np.uint8],
    no_such: npt.NDArray[np.bool_],
) -> npt.NDArray[np.int64]:
    """The order of groups, each with the key of its best section."""
    if len(starts) <= 1:
        return np.arange(len(starts))
    scores = found.scores
    first = levels.astype(np.uint32) << np.uint32(17) | no_such[named]
    if found.places.any():
        place = np.minimum.reduceat(found.places, starts)
        best = np.repeat(place, np.diff(starts, append=len(scores)))
        scores = np.where(found.places == best, scores, -np.inf)  # a section of a worse place lends its group no score
        first |= place.astype(np.uint32) << np.uint32(1)
    score = np.maximum.reduceat(scores, starts)
    return np.lexsort((named, -score) if (first == first[0]).all() else (named, -score, first))
