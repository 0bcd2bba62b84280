"""Candidates as runs of the sections of one monograph. Knows nothing of the order, of texts or of Whoosh."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from search.index import Postings
from search.model import KINDS
from search.ranking.candidates import NO_CANDIDATES, Candidates
from search.ranking.sorted_arrays import Rows, Sections, heads_of


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
    return by_owner(candidates, postings.section_monograph[sections], postings.section_kind[sections])


def by_owner(candidates: Candidates, owners: Sections, kinds: npt.NDArray[np.uint8]) -> SectionsByMonograph:
    """Candidates by monograph, where the monograph and the kind of each is known."""
    if not len(owners):
        return _NO_SECTIONS
    heads = heads_of(owners)
    starts = np.flatnonzero(heads)
    ends = np.empty_like(starts)
    ends[:-1], ends[-1] = starts[1:], len(owners)
    return SectionsByMonograph(candidates, kinds, owners, owners[starts], np.cumsum(heads) - 1, starts, ends)
