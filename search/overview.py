"""Which monographs list a finding, and as what: a side effect, a use, or otherwise. Counts say what they count (STAFF, rule 7).

Knows nothing of texts or of the order of results.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.candidates import Candidates
from search.mentions import mentioned
from search.model import KINDS, Finding, FindingRow, Mention, Role
from search.opened import Opened
from search.plan import Plan
from search.ranking import Ranking

ROLES: Final[tuple[Role, ...]] = ("side-effect", "use", "otherwise", "negated", "no-such-product")
"""What a page may say of a finding; a page stands under each of the first two that fit, else under one of the others."""

_ROLE_KINDS: Final[dict[Role, npt.NDArray[np.bool_]]] = {
    "side-effect": np.isin(KINDS, ("side-effects", "serious-side-effects")),
    "use": np.isin(KINDS, ("uses",)),
}
"""(kinds,) bool, which kinds of section give a role."""

MOST_WORDS: Final = 4
"""A question with more parts is no finding, and what is counted would be something else."""


@dataclass(frozen=True, slots=True)
class _Pages:
    """The monographs that mention a finding, ascending, and by role who has it: (monographs,) bool each."""

    monographs: npt.NDArray[np.uint32]
    has: dict[Role, npt.NDArray[np.bool_]]


def finding(plan: Plan, ranking: Ranking, opened: Opened) -> Finding | None:
    """How many pages list what was asked as what; None where a drug is named, or not all that was asked is met."""
    found = _found(plan, ranking, opened)
    if found is None:
        return None
    pages = _pages(found, opened)
    same, total = opened.same_drug[pages.monographs], len(opened.same_drug)
    counts = {role: int(np.count_nonzero(_any(same[there], total))) for role, there in pages.has.items()}
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
    for place, number in enumerate(pages.monographs.tolist()):
        roles = tuple(role for role in ROLES if pages.has[role][place])
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
    found = ranking.all_found.only(mentioned(plan.required, ranking.all_found.sections, opened.postings))
    return found if len(found.sections) else None


def _denied(found: Candidates) -> npt.NDArray[np.bool_]:
    """(sections found,) whether a section denies what was asked: the last bit of its place (`candidates`)."""
    return (found.places & 1).astype(bool)


def _pages(found: Candidates, opened: Opened) -> _Pages:
    sections = found.sections
    owners = opened.postings.section_monograph[sections]  # ascending, as sections are
    first = np.append(True, owners[1:] != owners[:-1])
    monographs, of = owners[first], np.cumsum(first) - 1
    kind, affirmed = opened.postings.section_kind[sections], ~_denied(found)
    no_such = opened.no_such[monographs]
    said = _any(of[affirmed], len(monographs)) & ~no_such
    listed = {role: said & _any(of[affirmed & kinds[kind]], len(monographs)) for role, kinds in _ROLE_KINDS.items()}
    listed["otherwise"] = said & ~listed["side-effect"] & ~listed["use"]
    return _Pages(monographs, {**listed, "negated": ~said & ~no_such, "no-such-product": no_such})


def _any(of: npt.NDArray[Any], total: int) -> npt.NDArray[np.bool_]:
    """(total,) bool, which numbers occur."""
    there = np.zeros(total, bool)
    there[of] = True
    return there


def _mention(section: int, negated: bool, opened: Opened) -> Mention:  # noqa: FBT001 # one value among others
    stored = opened.section(section)
    return Mention(stored.anchor, stored.kind, stored.heading, negated)
