"""Candidates → monographs in one total order, with counts: filters, groups, and the counts beside the filters.

The rules of the order are in `order`. Knows nothing of texts, HTML or Whoosh.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from search.index import Postings
from search.model import KINDS, SectionCount
from search.query import NameLevel, Plan
from search.ranking.by_monograph import SectionsByMonograph, by_owner, sections_by_monograph
from search.ranking.candidates import NO_CANDIDATES, Candidates
from search.ranking.meeting import find_candidates
from search.ranking.needs import NeedCache
from search.ranking.order import (
    groups_in_order,
    missing_of,
    monograph_keys,
    page_ranks_of,
    sections_in_order,
    without_wording,
)
from search.ranking.plain_drugs import Groups, Pages, plain_first, plain_of
from search.ranking.roles import OPPOSED_FROM, SAYS_IT
from search.ranking.sorted_arrays import Flags, Rows, Sections, are_in, distinct


@dataclass(frozen=True, slots=True)
class RankedMonographs:
    """Candidates in the order of their monographs.

    `starts` and `ends` (groups,) are rows of `candidates`, in the order of groups; `by_page` (groups,) bool tells whose sections
    come in the page's own order. `total` groups there are, of which these arrays may hold the first only.
    """

    candidates: Candidates
    starts: Rows
    ends: Rows
    by_page: Flags
    total: int

    def __len__(self) -> int:
        """How many monographs there are."""
        return self.total

    def group(self, number: int) -> list[int]:
        """Rows of `candidates` of the `number`-th group, best section first."""
        start, end = int(self.starts[number]), int(self.ends[number])
        if end - start == 1:
            return [start]
        keys, scores = self.candidates.keys[start:end], self.candidates.scores[start:end]
        return sections_in_order(keys, scores, start, by_page=bool(self.by_page[number]))


_NO_ROWS: Final = np.zeros(0, np.int64)
_NO_GROUPS: Final = RankedMonographs(NO_CANDIDATES, _NO_ROWS, _NO_ROWS, np.zeros(0, bool), 0)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The whole answer in order, before paging.

    `found` is after all filters, `counts` before the section filter, `every` before any; `monographs` (monographs,), ascending, are
    after the section filter and before the one by class. `confusable` is never counted: what only pages of drugs say whose name
    is easily taken for the one that was named. `opposed` (monographs,), ascending, are left out of `found`: their pages do not say
    what is asked for, but the opposite.
    """

    found: RankedMonographs
    confusable: RankedMonographs
    counts: tuple[SectionCount, ...]
    every: SectionsByMonograph
    monographs: Sections
    opposed: Sections

    @property
    def all_found(self) -> Candidates:
        """What was found, before any filter."""
        return self.every.candidates

    @property
    def meeting_all(self) -> SectionsByMonograph:
        """The sections that meet every need, before any filter."""
        meeting = missing_of(self.all_found.keys) == 0
        if meeting.all():
            return self.every
        candidates, owners, kinds = self.all_found.only(meeting), self.every.owners[meeting], self.every.kinds[meeting]
        return by_owner(candidates, owners, kinds)

    def speaking(self) -> Sections:
        """The monographs with a section that meets every need, before any filter."""
        return distinct([self.every.owners[missing_of(self.all_found.keys) == 0]])

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

    `kinds` is the section filter, empty for all; `members` (monographs,) bool the filter by class, None for all; `limit` how many
    groups are to be put in order, None for all.
    """

    kinds: tuple[str, ...] = ()
    members: Flags | None = None
    limit: int | None = None


def rank(plan: Plan, wanted: Wanted, postings: Postings, cache: NeedCache, pages: Pages) -> Ranking:
    """Rank all sections that answer a plan.

    Args:
        plan: what must match.
        wanted: the filters, and how many groups.
        postings: the arrays.
        cache: what was found for needs before, on the same arrays.
        pages: what the order asks of them.
    """
    candidates = find_candidates(plan, postings, cache)
    levels = _levels(plan, len(pages.no_such))
    confusable = NO_CANDIDATES
    if plan.names.whole:
        of_look_alike = levels[postings.section_monograph[candidates.sections]] == NameLevel.LOOKS_ALIKE
        candidates, confusable = candidates.only(~of_look_alike), candidates.only(of_look_alike)
    every = sections_by_monograph(candidates, postings)
    opposed = _opposed(every, plan)
    of_class = every
    if len(opposed):
        of_class = sections_by_monograph(candidates.only(~are_in(opposed, every.owners)), postings)
    of_kind = shown = of_class.of_kinds(wanted.kinds, postings)
    if wanted.members is not None:
        of_class = sections_by_monograph(of_class.candidates.only(wanted.members[of_class.owners]), postings)
        shown = of_class.of_kinds(wanted.kinds, postings)
    return Ranking(
        found=_ranked(shown, plan, levels, pages, wanted.limit),
        confusable=_ranked(sections_by_monograph(confusable, postings), plan, levels, pages, wanted.limit),
        counts=_counts(of_class),
        every=every,
        monographs=of_kind.monographs,
        opposed=opposed,
    )


def _opposed(every: SectionsByMonograph, plan: Plan) -> Sections:
    """The monographs that say the opposite of what is asked for, and not what is asked for, where others say it.

    "drugs that cause hiccups" is no question after those that stop them (docs/safety-rules.md#rule-8).
    """
    ranks = page_ranks_of(every.candidates.keys)
    if plan.asked is None or plan.names.drugs or plan.compares or plan.with_opposed:
        return NO_CANDIDATES.sections
    says_it = (ranks <= SAYS_IT) & (missing_of(every.candidates.keys) == 0)
    if not says_it.any():
        return NO_CANDIDATES.sections
    return distinct([every.owners[ranks >= OPPOSED_FROM[plan.asked]]])


def _ranked(
    sections: SectionsByMonograph, plan: Plan, levels: npt.NDArray[np.uint8], pages: Pages, limit: int | None
) -> RankedMonographs:
    """Monographs in order; `levels` is (monographs,) of the whole index."""
    if not len(sections.starts):
        return _NO_GROUPS
    candidates = sections.candidates
    level = levels[sections.monographs]
    of_group = monograph_keys(level, pages.no_such[sections.monographs])
    keys, scores = candidates.keys, candidates.scores
    if plan.in_alphabet:
        meant = (level < NameLevel.NONE)[sections.run_of]
        keys = np.where(meant, without_wording(keys, with_role=plan.asked not in (None, "denies")), keys)
        scores = np.where(meant | plan.compares, 0.0, scores)
    order = groups_in_order(of_group, keys, scores, sections.run_of, limit)
    if not plan.in_alphabet:
        best = np.minimum.reduceat(keys, sections.starts)
        groups = Groups(sections.monographs, sections.starts, sections.ends, of_group, best, keys, scores)
        order = np.array(plain_first(order.tolist(), plain_of(groups, pages.plain)), np.int64)
    # Who asks for a drug by its name alone asks for the page: its sections come in the page's own order.
    alone = len(plan.required) == len(plan.classes) and not plan.compares
    by_page = ((level < NameLevel.CONTAINS_SINGLE) | (level == NameLevel.MEMBER) & alone)[order]
    return RankedMonographs(candidates, sections.starts[order], sections.ends[order], by_page, len(sections.starts))


def _counts(sections: SectionsByMonograph) -> tuple[SectionCount, ...]:
    """Sections and monographs of each kind, kinds that have none left out."""
    sections_of_kind = np.bincount(sections.kinds, minlength=len(KINDS)).tolist()
    has_kind = np.zeros((len(KINDS), len(sections.starts)), bool)
    has_kind[sections.kinds, sections.run_of] = True
    return tuple(
        SectionCount(name, count, int(np.count_nonzero(of_kind)))
        for name, count, of_kind in zip(KINDS, sections_of_kind, has_kind, strict=True)
        if count
    )


def _levels(plan: Plan, monographs: int) -> npt.NDArray[np.uint8]:
    """(monographs,) how the query names each."""
    levels = np.full(monographs, NameLevel.NONE, np.uint8)
    if plan.names.levels:
        levels[list(plan.names.levels)] = list(plan.names.levels.values())
    return levels
