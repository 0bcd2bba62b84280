"""Counts and lists the monographs that mention a finding: as a side effect, as a use, or otherwise (docs/safety-rules.md#rule-7).

Knows nothing of texts or of the order of results.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from search.engine.snapshot import Snapshot
from search.model import KINDS, ROLES, Finding, FindingRow, Mention, Role
from search.query import Plan
from search.ranking import Ranking, SectionsByMonograph, is_denied, mentioned, sections_by_monograph

_BIT: Final[dict[Role, int]] = {role: 1 << number for number, role in enumerate(ROLES)}
_SAID: Final = 1 << len(ROLES)

_OF_KIND: Final = np.array(
    [
        _SAID | (_BIT["side-effect"] if kind in ("side-effects", "serious-side-effects") else 0)
        | (_BIT["use"] if kind == "uses" else 0)
        for kind in KINDS
    ],
    np.uint8,
)  # fmt: skip
"""(kinds,) what a section of a kind that does not deny a finding says of it: that, and the role it gives."""

_CODES: Final = (*_BIT.values(), _BIT["side-effect"] | _BIT["use"])
"""The roles that a page may have together."""

_CODE_OF: Final = np.array([_CODES.index(bits) if bits in _CODES else 0 for bits in range(_SAID)], np.intp)
_WITH: Final = {role: [row for row, bits in enumerate(_CODES) if bits & _BIT[role]] for role in ROLES}

MAX_NEEDS: Final = 4
"""A question with more parts is no finding, and what is counted would be something else."""


@dataclass(frozen=True, slots=True)
class _Pages:
    """The monographs that mention a finding, ascending, and the roles of each, as bits: (monographs,) uint8."""

    monographs: npt.NDArray[np.uint32]
    roles: npt.NDArray[np.uint8]


def finding(plan: Plan, ranking: Ranking, snapshot: Snapshot) -> Finding | None:
    """How many pages list what was asked as what; None where a drug is named, or not all that was asked is met."""
    sections = _mentioning(plan, ranking, snapshot)
    if sections is None:
        return None
    pages = _pages(sections, snapshot)
    listed = np.zeros((len(_CODES), len(snapshot.same_drug)), bool)  # pages of the same ingredients count once
    listed[_CODE_OF[pages.roles], snapshot.same_drug[pages.monographs]] = True
    counts = {
        role.replace("-", "_"): int(np.count_nonzero(np.logical_or.reduce(listed[_WITH[role]]))) for role in ROLES
    }
    return Finding(**counts)


def finding_rows(plan: Plan, ranking: Ranking, snapshot: Snapshot) -> tuple[FindingRow, ...]:
    """Each monograph that mentions a finding, by title, with its sections that do; other pages of the same ingredients left out."""
    sections = _mentioning(plan, ranking, snapshot)
    if sections is None:
        return ()
    pages = _pages(sections, snapshot)
    numbers, denied = sections.candidates.sections.tolist(), is_denied(sections.candidates.keys).tolist()
    rows = []
    runs = (pages.monographs, pages.roles, sections.starts, sections.ends)
    for number, bits, start, end in zip(*(of_run.tolist() for of_run in runs), strict=True):
        roles = tuple(role for role in ROLES if bits & _BIT[role])
        mentions = [_mention(numbers[row], denied[row], snapshot) for row in range(start, end)]
        monograph, summary = snapshot.monographs[number], snapshot.summary(number)
        rows.append(
            FindingRow(
                id=monograph.id,
                title=monograph.title,
                drug_class=summary.drug_class,
                roles=roles,
                mentions=tuple(mentions),
                same_drug=int(snapshot.same_drug[number]),
                reviewed=monograph.reviewed,
                notice=summary.notice,
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.title.casefold(), row.id)))


def _mentioning(plan: Plan, ranking: Ranking, snapshot: Snapshot) -> SectionsByMonograph | None:
    """The sections that mention what was asked themselves; None where it is no finding, or none does."""
    asked = 0 < len(plan.required) <= MAX_NEEDS and not plan.names.drugs and plan.monographs is None
    if not asked or plan.denied or ranking.all_found.partial:
        return None
    every = ranking.every
    mentions_it = mentioned(plan.required, every.candidates.sections, snapshot.postings, snapshot.need_cache)
    sections = (
        every if mentions_it.all() else sections_by_monograph(every.candidates.only(mentions_it), snapshot.postings)
    )
    return sections if len(sections.starts) else None


def _pages(sections: SectionsByMonograph, snapshot: Snapshot) -> _Pages:
    of_section = _OF_KIND[sections.kinds]
    of_section[is_denied(sections.candidates.keys)] = 0
    roles = np.bitwise_or.reduceat(of_section, sections.starts)
    roles[roles == _SAID] = _BIT["otherwise"]
    roles[roles == 0] = _BIT["negated"]
    roles[snapshot.no_such[sections.monographs]] = _BIT["no-such-product"]
    return _Pages(sections.monographs, roles & np.uint8(_SAID - 1))


def _mention(section: int, negated: bool, snapshot: Snapshot) -> Mention:  # noqa: FBT001 # one value among others
    stored = snapshot.section(section)
    return Mention(stored.anchor, stored.kind, stored.heading, negated)
