"""Which monographs list a finding, and as what: a side effect, a use, or otherwise. Counts say what they count.

That is docs/safety-rules.md#rule-7.

Knows nothing of texts or of the order of results.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from search.engine.snapshot import Snapshot
from search.model import KINDS, Finding, FindingRow, Mention, Role
from search.query import Plan
from search.ranking import Candidates, Ranking, SectionsByMonograph, mentioned, sections_by_monograph

ROLES: Final[tuple[Role, ...]] = ("side-effect", "use", "otherwise", "negated", "no-such-product")
"""What a page may say of a finding; a page stands under each of the first two that fit, else under one of the others."""

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

MOST_WORDS: Final = 4
"""A question with more parts is no finding, and what is counted would be something else."""


@dataclass(frozen=True, slots=True)
class _Pages:
    """The monographs that mention a finding, ascending, and the roles of each, as bits: (monographs,) uint8."""

    monographs: npt.NDArray[np.uint32]
    roles: npt.NDArray[np.uint8]


def finding(plan: Plan, ranking: Ranking, opened: Snapshot) -> Finding | None:
    """How many pages list what was asked as what; None where a drug is named, or not all that was asked is met."""
    found = _found(plan, ranking, opened)
    if found is None:
        return None
    pages = _pages(found, opened)
    there = np.zeros((len(_CODES), len(opened.same_drug)), bool)
    there[_CODE_OF[pages.roles], opened.same_drug[pages.monographs]] = True
    counts = {role.replace("-", "_"): int(np.count_nonzero(np.logical_or.reduce(there[_WITH[role]]))) for role in ROLES}
    return Finding(**counts)


def finding_rows(plan: Plan, ranking: Ranking, opened: Snapshot) -> tuple[FindingRow, ...]:
    """Each monograph that mentions a finding, by title, with its sections that do; other pages of the same ingredients left out."""
    found = _found(plan, ranking, opened)
    if found is None:
        return ()
    pages = _pages(found, opened)
    sections, denied = found.candidates.sections.tolist(), _denied(found.candidates).tolist()
    rows = []
    runs = (pages.monographs, pages.roles, found.starts, found.ends)
    for number, bits, start, end in zip(*(of_run.tolist() for of_run in runs), strict=True):
        roles = tuple(role for role in ROLES if bits & _BIT[role])
        mentions = [_mention(sections[row], denied[row], opened) for row in range(start, end)]
        record, about = opened.records[number], opened.about(number)
        rows.append(
            FindingRow(
                id=record["id"],
                title=record["title"],
                drug_class=about.drug_class,
                roles=roles,
                mentions=tuple(mentions),
                same_drug=int(opened.same_drug[number]),
                reviewed=record["reviewed"],
                notice=about.notice,
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.title.casefold(), row.id)))


def _found(plan: Plan, ranking: Ranking, opened: Snapshot) -> SectionsByMonograph | None:
    """The sections that mention what was asked themselves; None where it is no finding, or none does."""
    asked = 0 < len(plan.required) <= MOST_WORDS and not plan.names.drugs and plan.monographs is None
    if not asked or plan.denied or ranking.all_found.partial:
        return None
    every = ranking.every
    said = mentioned(plan.required, every.candidates.sections, opened.postings)
    found = every if said.all() else sections_by_monograph(every.candidates.only(said), opened.postings)
    return found if len(found.starts) else None


def _denied(found: Candidates) -> npt.NDArray[np.bool_]:
    """(sections found,) whether a section denies what was asked: the last bit of its place (`candidates`)."""
    return (found.places & 1).astype(bool)


def _pages(found: SectionsByMonograph, opened: Snapshot) -> _Pages:
    said = _OF_KIND[found.kinds]
    said[_denied(found.candidates)] = 0
    roles = np.bitwise_or.reduceat(said, found.starts)
    roles[roles == _SAID] = _BIT["otherwise"]
    roles[roles == 0] = _BIT["negated"]
    roles[opened.no_such[found.monographs]] = _BIT["no-such-product"]
    return _Pages(found.monographs, roles & np.uint8(_SAID - 1))


def _mention(section: int, negated: bool, opened: Snapshot) -> Mention:  # noqa: FBT001 # one value among others
    stored = opened.section(section)
    return Mention(stored.anchor, stored.kind, stored.heading, negated)
