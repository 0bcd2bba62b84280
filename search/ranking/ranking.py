"""Candidates → groups of sections by monograph in one total order, with counts (docs/query-language.md#order).

Here is what no weight may overrule: who is named, what was typed as typed, and that a page of a product that does not exist comes
last. Knows nothing of texts, HTML or Whoosh.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from search.index import Postings
from search.model import KINDS, SectionCount
from search.query import NameLevel, Plan
from search.ranking.candidates import NO_CANDIDATES, Candidates, candidates
from search.ranking.matching import heads_of


@dataclass(frozen=True, slots=True)
class RankedMonographs:
    """Candidates in the order of their monographs.

    Groups are runs of `candidates`: the sections of one monograph stand side by side. `starts` and `ends` (groups,) are rows
    of `candidates`, in the order of groups; `by_page` (groups,) bool tells whose sections come in the page's own order. `total`
    groups there are, of which these arrays may hold the first only.
    """

    candidates: Candidates
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    by_page: npt.NDArray[np.bool_]
    total: int

    def __len__(self) -> int:
        """How many monographs there are."""
        return self.total

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

    `found` is after all filters, `counts` before the section filter, `every` before any; `monographs` (monographs,), ascending, are
    after the section filter and before the one by class. `confusable` is never counted: what only look-alikes of the drug that was
    named say.
    """

    found: RankedMonographs
    confusable: RankedMonographs
    counts: tuple[SectionCount, ...]
    every: "SectionsByMonograph"
    monographs: npt.NDArray[np.uint32]

    @property
    def all_found(self) -> Candidates:
        """What was found, before any filter."""
        return self.every.candidates

    @property
    def unfiltered(self) -> int:
        """How many sections match before any filter."""
        return len(self.all_found.sections)

    @property
    def total(self) -> int:
        """How many sections match."""
        return len(self.found.candidates.sections)

    def best_tiers(self) -> Iterator[tuple[int, int]]:
        """Monograph and tier of each section found, before any filter."""
        return zip(self.every.owners.tolist(), self.all_found.tiers.tolist(), strict=True)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the candidates is asked for.

    `kinds` is the section filter, empty for all; `members` (monographs,) bool the filter by class, None for all; `first` how many
    groups are to be put in order, None for all.
    """

    kinds: tuple[str, ...] = ()
    members: npt.NDArray[np.bool_] | None = None
    first: int | None = None


def rank(plan: Plan, wanted: Wanted, postings: Postings, no_such: npt.NDArray[np.bool_]) -> Ranking:
    """Rank all sections that answer a plan.

    Args:
        plan: what must match.
        wanted: the filters, and how many groups.
        postings: the arrays.
        no_such: (monographs,) bool, whose page says that its product does not exist.
    """
    found = candidates(plan, postings)
    levels = _levels(plan, len(no_such))
    confusable = NO_CANDIDATES
    if plan.names.whole:
        of_look_alike = levels[postings.section_monograph[found.sections]] == NameLevel.LOOKS_ALIKE
        found, confusable = found.only(~of_look_alike), found.only(of_look_alike)
    every = sections_by_monograph(found, postings)
    of_kind = every.of_kinds(wanted.kinds, postings)
    of_class, shown = every, of_kind
    if wanted.members is not None:
        of_class = sections_by_monograph(found.only(wanted.members[every.owners]), postings)
        shown = of_class.of_kinds(wanted.kinds, postings)
    order = _Order(levels, no_such, wanted.first)
    return Ranking(
        found=order.grouped(shown),
        confusable=order.grouped(sections_by_monograph(confusable, postings)),
        counts=_counts(of_class),
        every=every,
        monographs=of_kind.monographs,
    )


@dataclass(frozen=True, slots=True)
class SectionsByMonograph:
    """Candidates and the runs of one monograph's sections in them: the sections of a monograph stand side by side.

    `kinds`, `owners` (sections,) and `monographs` (runs,) ascending; `of` (sections,) the run of each; `starts`, `ends` (runs,)
    rows of the candidates.
    """

    candidates: Candidates
    kinds: npt.NDArray[np.uint8]
    owners: npt.NDArray[np.uint32]
    monographs: npt.NDArray[np.uint32]
    of: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]

    def of_kinds(self, kinds: tuple[str, ...], postings: Postings) -> "SectionsByMonograph":
        """Those of these kinds alone; all where there are none."""
        if not kinds:
            return self
        wanted = np.isin(self.kinds, [KINDS.index(name) for name in kinds])
        return sections_by_monograph(self.candidates.only(wanted), postings)


def sections_by_monograph(found: Candidates, postings: Postings) -> SectionsByMonograph:
    """Candidates by monograph."""
    if not len(found.sections):
        return _NO_RUNS
    sections = found.sections.astype(np.intp)  # once, and not by every look-up
    owners = postings.section_monograph[sections]
    heads = heads_of(owners)
    starts = np.flatnonzero(heads)
    ends = np.empty_like(starts)
    ends[:-1], ends[-1] = starts[1:], len(owners)
    return SectionsByMonograph(
        found, postings.section_kind[sections], owners, owners[starts], np.cumsum(heads) - 1, starts, ends
    )


_NONE: Final = np.zeros(0, np.int64)
_NO_KINDS: Final = np.zeros(0, np.uint8)
_NO_RUNS: Final = SectionsByMonograph(
    NO_CANDIDATES, _NO_KINDS, NO_CANDIDATES.sections, NO_CANDIDATES.sections, _NONE, _NONE, _NONE
)
_NO_GROUPS: Final = RankedMonographs(NO_CANDIDATES, _NONE, _NONE, np.zeros(0, bool), 0)


@dataclass(frozen=True, slots=True)
class _Order:
    """What groups are ordered by beside their scores, (monographs,) each, and how many are to be in order (None: all)."""

    levels: npt.NDArray[np.uint8]
    no_such: npt.NDArray[np.bool_]
    first: int | None

    def grouped(self, runs: SectionsByMonograph) -> RankedMonographs:
        """Candidates by monograph, in order."""
        if not len(runs.starts):
            return _NO_GROUPS
        level = self.levels[runs.monographs]
        order = self._order(runs, level)
        # Who asks for a drug by its name alone asks for the page: its sections come in the page's own order.
        by_page = (level < NameLevel.CONTAINS_SINGLE)[order]
        return RankedMonographs(runs.candidates, runs.starts[order], runs.ends[order], by_page, len(runs.starts))

    def _order(self, runs: SectionsByMonograph, levels: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
        """The order of groups, each with the key of its best section."""
        if len(runs.starts) == 1:
            return np.zeros(1, np.int64)
        found = runs.candidates
        of_run = levels.astype(np.uint32) << np.uint32(17) | self.no_such[runs.monographs]
        before = of_run[runs.of] | found.places.astype(np.uint32) << np.uint32(1)
        some = None if self.first is None else _foremost(before, found.scores, runs.of, self.first)
        of, scores = runs.of, found.scores
        if some is not None:
            before, of, scores = before[some], of[some], scores[some]
        order = np.lexsort((of, -scores, before))
        return np.array(list(dict.fromkeys(of[order].tolist())), np.int64)


def _foremost(
    before: npt.NDArray[np.uint32], scores: npt.NDArray[np.float64], of: npt.NDArray[np.int64], first: int
) -> npt.NDArray[np.int64] | None:
    """Rows that hold the best section of each of the first groups; None where nearly all rows may."""
    most = 4 * first
    while 2 * most < len(before):
        rows = _smallest(before, scores, most)
        if np.count_nonzero(heads_of(of[rows])) >= first:
            return rows
        most *= 4
    return None


def _smallest(before: npt.NDArray[np.uint32], scores: npt.NDArray[np.float64], most: int) -> npt.NDArray[np.int64]:
    """The rows that come first, by `before` and then by score, at least so many: what equals the last of them as well."""
    last = before.min()
    if np.count_nonzero(before == last) < most:
        last = np.partition(before, most - 1)[most - 1]
    inside = np.flatnonzero(before <= last)
    sure = before[inside] < last
    level = scores[inside[~sure]]
    left = len(level) - (most - int(np.count_nonzero(sure)))
    rows: npt.NDArray[np.int64] = inside[sure | (scores[inside] >= np.partition(level, left)[left])]
    return rows


def _counts(runs: SectionsByMonograph) -> tuple[SectionCount, ...]:
    """Sections and monographs of each kind, kinds that have none left out."""
    sections_of = np.bincount(runs.kinds, minlength=len(KINDS)).tolist()
    has = np.zeros((len(KINDS), len(runs.starts)), bool)
    has[runs.kinds, runs.of] = True
    return tuple(
        SectionCount(name, sections, int(np.count_nonzero(of_kind)))
        for name, sections, of_kind in zip(KINDS, sections_of, has, strict=True)
        if sections
    )


def _levels(plan: Plan, monographs: int) -> npt.NDArray[np.uint8]:
    """(monographs,) how the query names each."""
    levels = np.full(monographs, NameLevel.NONE, np.uint8)
    if plan.names.levels:
        levels[list(plan.names.levels)] = list(plan.names.levels.values())
    return levels
