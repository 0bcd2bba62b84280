"""Counts and lists the monographs that mention a finding, by what their statements say of it (docs/safety-rules.md#rule-7).

Knows nothing of texts or of the order of results.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from search.engine.hits import HitBuilder
from search.engine.snapshot import Snapshot
from search.model import ROLES, TIERS, Excerpt, Finding, FindingRow, Mention, Role, Section
from search.query import Phrase, Plan, Term
from search.ranking import (
    Ranking,
    RoleBits,
    SectionsByMonograph,
    are_in,
    match,
    mentioned,
    sections_by_monograph,
    stated_roles,
)
from search.statements import StatementRole

_BIT: Final[dict[Role, int]] = {
    "causes": StatementRole.CAUSES,
    "treats": StatementRole.TREATS,
    "do-not-use": StatementRole.DO_NOT_USE,
    "take-care": StatementRole.TAKE_CARE,
    "denies": StatementRole.DENIES,
    "mentions": 2 * max(StatementRole),
    "no-such-product": 4 * max(StatementRole),
}
"""Role of a page → its bit; those that statements give are the bits of `stated_roles`."""

_VALUES: Final = np.arange(256)
"""What the roles of a page together may be."""

_SCATTERED: Final = TIERS.index("scattered")

MAX_NEEDS: Final = 4
"""A question with more parts is no finding, and what is counted would be something else."""


@dataclass(frozen=True, slots=True)
class _Pages:
    """The monographs that mention a finding, ascending, and the roles of each, as bits: (monographs,) uint8."""

    monographs: npt.NDArray[np.uint32]
    roles: npt.NDArray[np.uint8]


def finding(plan: Plan, ranking: Ranking, snapshot: Snapshot) -> Finding | None:
    """How many pages say what of what was asked; None where a drug is named, or not all that was asked is met."""
    sections = _mentioning(plan, ranking, snapshot)
    if sections is None:
        return None
    pages = _pages(sections, _stated(plan, sections, snapshot), snapshot)
    together = np.zeros(len(snapshot.same_drug), np.uint8)  # pages of the same ingredients count once
    np.bitwise_or.at(together, snapshot.same_drug[pages.monographs], pages.roles)
    with_roles = np.bincount(together, minlength=256)
    return Finding(**{role.replace("-", "_"): int(with_roles[_VALUES & _BIT[role] != 0].sum()) for role in ROLES})


def finding_rows(plan: Plan, ranking: Ranking, snapshot: Snapshot) -> tuple[FindingRow, ...]:
    """Each monograph that mentions a finding, by title, with its sections that do; other pages of the same ingredients left out."""
    sections = _mentioning(plan, ranking, snapshot)
    if sections is None:
        return ()
    stated = _stated(plan, sections, snapshot)
    pages = _pages(sections, stated, snapshot)
    numbers, bits_of = sections.candidates.sections.tolist(), stated.tolist()
    excerpts = list(HitBuilder(snapshot, plan).excerpts(numbers))
    rows = []
    runs = (pages.monographs, pages.roles, sections.starts, sections.ends)
    for number, bits, start, end in zip(*(of_run.tolist() for of_run in runs), strict=True):
        mentions = [_mention(snapshot.section(numbers[row]), bits_of[row], excerpts[row]) for row in range(start, end)]
        monograph, summary = snapshot.monographs[number], snapshot.summary(number)
        rows.append(
            FindingRow(
                id=monograph.id,
                title=monograph.title,
                drug_class=summary.drug_class,
                roles=_roles(bits),
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
    asked = asked and not any(_is_code(term) for term in plan.plain)
    if not asked or plan.classes or plan.asked == "denies" or ranking.all_found.partial:
        return None
    every = ranking.meeting_all
    mentions_it = mentioned(plan.required, every.candidates.sections, snapshot.postings, snapshot.need_cache)
    mentions_it &= every.candidates.tiers != _SCATTERED  # words apart are no finding
    if len(plan.plain) > 1:
        mentions_it &= _side_by_side(plan, every.candidates.sections, snapshot)
    sections = (
        every if mentions_it.all() else sections_by_monograph(every.candidates.only(mentions_it), snapshot.postings)
    )
    return sections if len(sections.starts) else None


def _is_code(term: Term) -> bool:
    """Whether a word is a code that no table knows: an enzyme (CYP3A4), a transporter, a study. It is no finding."""
    return any(map(str.isdigit, term.typed)) and term.kind != "prefix"


def _side_by_side(plan: Plan, sections: npt.NDArray[np.uint32], snapshot: Snapshot) -> npt.NDArray[np.bool_]:
    """(sections,) whether words that nothing is known of stand together, in the order typed or the other way round."""
    words = [surface for term in plan.plain for surface in term.surfaces]
    places = tuple(range(len(words)))
    orders = (Phrase(tuple(words), places, 1), Phrase(tuple(reversed(words)), places, 1))
    together = [are_in(match(phrase, snapshot.postings).sections, sections) for phrase in orders]
    return together[0] | together[1]


def _stated(plan: Plan, sections: SectionsByMonograph, snapshot: Snapshot) -> RoleBits:
    """(sections,) the roles that each section gives to what was asked."""
    return stated_roles(plan.required, sections.candidates.sections, snapshot.postings, snapshot.need_cache)


def _pages(sections: SectionsByMonograph, stated: RoleBits, snapshot: Snapshot) -> _Pages:
    """The roles of pages: all that their sections say together."""
    roles = np.bitwise_or.reduceat(stated, sections.starts)
    roles[roles == 0] = _BIT["mentions"]
    roles[snapshot.pages.no_such[sections.monographs]] = _BIT["no-such-product"]
    return _Pages(sections.monographs, roles)


def _roles(bits: int) -> tuple[Role, ...]:
    return tuple(role for role in ROLES if bits & _BIT[role])


def _mention(section: Section, bits: int, excerpts: tuple[Excerpt, ...]) -> Mention:
    return Mention(section.anchor, section.kind, section.heading, _roles(bits), excerpts)
