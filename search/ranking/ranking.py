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
from search.ranking.candidates import NO_CANDIDATES, Candidates, find_candidates
from search.ranking.needs import NeedCache
from search.ranking.order import groups_in_order, missing_of, monograph_keys, sections_in_order, without_wording
from search.ranking.plain_drugs import Groups, Pages, plain_first, plain_of
from search.ranking.sorted_arrays import Flags, Rows, Sections, distinct, heads_of


@dataclass(frozen=True, slots=True)
class SectionsByMonograph:
    """Candidates and the runs of one monograph's sections in them: the sections of a monograph stand side by side.

        sections  4 5 9      owners (monographs)  2 2 6      →   monographs 2 6 · run_of 0 0 1 · starts 0 2 · ends 2 3

    `kinds` uint8, `owners` uint32, `run_of`: (sections,) the kind, the monograph and the run of each. `monographs` ascending,
    `starts`, `ends`: (runs,) the monograph of each run and the rows of the candidates it goes over.
    """

    candidates: Candidates
    kinds: npt.NDArray[np.uint8]
    owners: Sections
    monographs: Sections
    run_of: Rows
    starts: Rows
    ends: Rows

    def of_kinds(self, kinds: tuple[str, ...], postings: Postings) -> "SectionsByMonograph":
        """Those of these kinds alone; all where there are none."""
        if not kinds:
            return self
        wanted = np.isin(self.kinds, [KINDS.index(name) for name in kinds])
        return sections_by_monograph(self.candidates.only(wanted), postings)


_NO_ROWS: Final = np.zeros(0, np.int64)
_NO_KINDS: Final = np.zeros(0, np.uint8)
_NO_SECTIONS: Final = SectionsByMonograph(
    NO_CANDIDATES, _NO_KINDS, NO_CANDIDATES.sections, NO_CANDIDATES.sections, _NO_ROWS, _NO_ROWS, _NO_ROWS
)


def sections_by_monograph(candidates: Candidates, postings: Postings) -> SectionsByMonograph:
    """Candidates by monograph."""
    if not len(candidates.sections):
        return _NO_SECTIONS
    sections = candidates.sections.astype(np.intp)  # once, and not by every look-up
    owners = postings.section_monograph[sections]
    heads = heads_of(owners)
    starts = np.flatnonzero(heads)
    ends = np.empty_like(starts)
    ends[:-1], ends[-1] = starts[1:], len(owners)
    run_of = np.cumsum(heads) - 1
    return SectionsByMonograph(
        candidates, postings.section_kind[sections], owners, owners[starts], run_of, starts, ends
    )


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


_NO_GROUPS: Final = RankedMonographs(NO_CANDIDATES, _NO_ROWS, _NO_ROWS, np.zeros(0, bool), 0)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The whole answer in order, before paging.

    `found` is after all filters, `counts` before the section filter, `every` before any; `monographs` (monographs,), ascending, are
    after the section filter and before the one by class. `confusable` is never counted: what only pages of drugs say whose name
    is easily taken for the one that was named.
    """

    found: RankedMonographs
    confusable: RankedMonographs
    counts: tuple[SectionCount, ...]
    every: SectionsByMonograph
    monographs: Sections

    @property
    def all_found(self) -> Candidates:
        """What was found, before any filter."""
        return self.every.candidates

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
    of_kind = every.of_kinds(wanted.kinds, postings)
    of_class, shown = every, of_kind
    if wanted.members is not None:
        of_class = sections_by_monograph(candidates.only(wanted.members[every.owners]), postings)
        shown = of_class.of_kinds(wanted.kinds, postings)
    return Ranking(
        found=_ranked(shown, plan, levels, pages, wanted.limit),
        confusable=_ranked(sections_by_monograph(confusable, postings), plan, levels, pages, wanted.limit),
        counts=_counts(of_class),
        every=every,
        monographs=of_kind.monographs,
    )


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
