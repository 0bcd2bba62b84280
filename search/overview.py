"""Which monographs list a finding, and as what: a side effect, a use, or otherwise. Counts say what they count (STAFF, rule 7).

Knows nothing of texts or of the order of results.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.candidates import Candidates
from search.matching import heads_of
from search.mentions import mentioned
from search.model import KINDS, Finding, FindingRow, Mention, Role
from search.opened import Opened
from search.plan import Plan
from search.ranking import Ranking

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

MOST_WORDS: Final = 4
"""A question with more parts is no finding, and what is counted would be something else."""


@dataclass(frozen=True, slots=True)
class _Pages:
    """The monographs that mention a finding, ascending, and the roles of each, as bits: (monographs,) uint8."""

    monographs: npt.NDArray[np.uint32]
    roles: npt.NDArray[np.uint8]

    def having(self, role: Role) -> npt.NDArray[np.bool_]:
        """(monographs,) who has a role."""
        return (self.roles & np.uint8(_BIT[role])).astype(bool)


def finding(plan: Plan, ranking: Ranking, opened: Opened) -> Finding | None:
    """How many pages list what was asked as what; None where a drug is named, or not all that was asked is met."""
    found = _found(plan, ranking, opened)
    if found is None:
        return None
    pages = _pages(found, opened)
    same, total = opened.same_drug[pages.monographs], len(opened.same_drug)
    there = int(np.bitwise_or.reduce(pages.roles))
    counts = {role: _distinct(same[pages.having(role)], total) if there & _BIT[role] else 0 for role in ROLES}
    return Finding(**{role.replace("-", "_"): counts[role] for role in ROLES})


def finding_rows(plan: Plan, ranking: Ranking, opened: Opened) -> tuple[FindingRow, ...]:
    """Each monograph that mentions a finding, by title, with its sections that do; other pages of the same ingredients left out."""
    found = _found(plan, ranking, opened)
    if found is None:
        return ()
    pages = _pages(found, opened)
    owners = opened.postings.section_monograph[found.sections]
    denied = _denied(found)
    rows = []
    for number, bits in zip(pages.monographs.tolist(), pages.roles.tolist(), strict=True):
        roles = tuple(role for role in ROLES if bits & _BIT[role])
        here = np.flatnonzero(owners == number)
        mentions = [_mention(int(found.sections[row]), bool(denied[row]), opened) for row in here]
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


def _found(plan: Plan, ranking: Ranking, opened: Opened) -> Candidates | None:
    """The sections that mention what was asked themselves; None where it is no finding, or none does."""
    asked = 0 < len(plan.required) <= MOST_WORDS and not plan.names.drugs and plan.monographs is None
    if not asked or plan.denied or ranking.all_found.partial:
        return None
    found = ranking.all_found
    said = mentioned(plan.required, found.sections, opened.postings)
    found = found if said.all() else found.only(said)
    return found if len(found.sections) else None


def _denied(found: Candidates) -> npt.NDArray[np.bool_]:
    """(sections found,) whether a section denies what was asked: the last bit of its place (`candidates`)."""
    return (found.places & 1).astype(bool)


def _pages(found: Candidates, opened: Opened) -> _Pages:
    sections = found.sections
    owners = opened.postings.section_monograph[sections]  # ascending, as sections are
    starts = np.flatnonzero(heads_of(owners))
    monographs = owners[starts]
    said = _OF_KIND[opened.postings.section_kind[sections]]
    said[_denied(found)] = 0
    roles = np.bitwise_or.reduceat(said, starts)
    roles[roles == _SAID] = _BIT["otherwise"]
    roles[roles == 0] = _BIT["negated"]
    roles[opened.no_such[monographs]] = _BIT["no-such-product"]
    return _Pages(monographs, roles)


def _distinct(numbers: npt.NDArray[Any], total: int) -> int:
    """How many different numbers there are, of 0 to `total`."""
    there = np.zeros(total, bool)
    there[numbers] = True
    return int(np.count_nonzero(there))


def _mention(section: int, negated: bool, opened: Opened) -> Mention:  # noqa: FBT001 # one value among others
    stored = opened.section(section)
    return Mention(stored.anchor, stored.kind, stored.heading, negated)
