"""Builds the hits of the few monographs a page shows: stored text, marks, excerpts and reasons. Knows nothing of order."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from search.analysis import Occurrence
from search.engine.snapshot import Snapshot
from search.highlight import Asks, Mark, Marker, choose_excerpts, matches, reasons
from search.model import TIERS, Excerpt, MonographHit, Section, SectionHit
from search.query import NameLevel, Plan
from search.ranking import Candidates, RankedMonographs, said_of

SECTIONS_SHOWN: Final = 3
"""Sections of a monograph that a result page opens; the rest are counted in plain sight: hidden ones draw complaints."""


_NO_PAGES: Final[frozenset[int]] = frozenset()


class HitBuilder:
    """Makes the hits of one answer.

    Args:
        snapshot: the generation that was searched.
        plan: what was looked for, which decides what is marked.
    """

    def __init__(self, snapshot: Snapshot, plan: Plan) -> None:
        self._snapshot = snapshot
        self._names = plan.names
        self._classes = plan.classes
        self._marker = Marker(plan)
        asides = frozenset(number for number, need in enumerate(plan.required) if need.about == "aside")
        self._asks = Asks(self._marker.names, plan.asked, asides)
        self._wanted = self._marker.wanted(snapshot.postings)
        pages = {drug.typed: drug.pages | drug.holding for drug in plan.names.drugs}
        members = {asked.typed: asked.members for asked in plan.classes}
        # Need that names a drug or a class → the monographs about it.
        self._pages_of_need = {
            n: (pages if need.about == "drug" else members).get(need.typed, _NO_PAGES)
            for n, need in enumerate(plan.required)
            if need.about in ("drug", "class")
        }

    def number(self, groups: RankedMonographs, group: int) -> int:
        """The monograph of the `group`-th group."""
        section = groups.candidates.sections[groups.starts[group]]
        return int(self._snapshot.postings.section_monograph[section])

    def monographs(
        self, groups: RankedMonographs, shown: range, limit: int | None = SECTIONS_SHOWN
    ) -> tuple[MonographHit, ...]:
        """The hits of some groups, each with at most `limit` sections; None for all."""
        every = [groups.group(group) for group in shown]
        listed = [rows[:limit] for rows in every]
        sections = groups.candidates.sections
        numbers = [int(sections[row]) for rows in listed for row in rows]
        texts = iter(self._snapshot.postings.wanted_occurrences(numbers, self._wanted))
        return tuple(
            self._monograph(groups, group, [(row, next(texts)) for row in rows], len(all_rows) - len(rows))
            for group, all_rows, rows in zip(shown, every, listed, strict=True)
        )

    def excerpts(self, sections: Sequence[int]) -> Iterator[tuple[Excerpt, ...]]:
        """The passages to show of each of some sections, by their numbers."""
        postings = self._snapshot.postings
        for number, tokens in zip(sections, postings.wanted_occurrences(sections, self._wanted), strict=True):
            marks = self._marker.marks(tokens, page=int(postings.section_monograph[number]))
            yield self._excerpts(number, self._snapshot.section(number), marks, self._asks)

    def _monograph(
        self, groups: RankedMonographs, group: int, rows: list[tuple[int, list[Occurrence]]], more: int
    ) -> MonographHit:
        number = self.number(groups, group)
        monograph = self._snapshot.monographs[number]
        title_marks = self._marker.marks_of(monograph.title, page=number)
        level = self._names.levels.get(number, NameLevel.NONE)
        named = level < NameLevel.NONE or bool(title_marks)
        own = (
            frozenset(need for need, pages in self._pages_of_need.items() if number in pages)
            if self._pages_of_need
            else _NO_PAGES
        )
        sections = tuple([self._section(groups.candidates, row, tokens, named=named, own=own) for row, tokens in rows])
        summary = self._snapshot.summary(number)
        return MonographHit(
            id=monograph.id,
            title=monograph.title,
            title_matches=matches(title_marks),
            names=summary.names,
            drug_class=summary.drug_class,
            ingredients=monograph.ingredients,
            matched_name=self._matched_name(number),
            status=summary.status,
            status_line=summary.status_line,
            reviewed=monograph.reviewed,
            notice=summary.notice,
            more_sections=more,
            sections=sections,
            member_of=tuple(asked.name for asked in self._classes if number in asked.members),
        )

    def _matched_name(self, number: int) -> str | None:
        """The name by which a monograph was asked for, where that is not its title: a brand, an alias, or one of the vocabulary."""
        for drug in self._names.drugs:
            names = [name for name in drug.own if name.monograph == number]
            if names:
                is_other = {name.kind for name in names} <= {"brand", "alias"}
                return names[0].text if is_other else None
            if number in drug.pages and drug.namings:
                return drug.namings[0].text
        return None

    def _section(
        self, candidates: Candidates, row: int, tokens: list[Occurrence], *, named: bool, own: frozenset[int]
    ) -> SectionHit:
        number = int(candidates.sections[row])
        page = int(self._snapshot.postings.section_monograph[number])
        tier = TIERS[candidates.tiers[row]]
        stored = self._snapshot.section(number)
        scattered = tier == "scattered"
        said = said_of(int(candidates.roles[row]), self._asks.role)
        asks = replace(
            self._asks,
            own=own,
            of_interactions=stored.kind == "interactions",
            heading=said,
            answers=stored.kind == "faqs",
        )
        heading_marks = self._marker.marks_of(stored.heading, page=page, scattered=scattered)
        text_marks = self._marker.marks(tokens, page=page, scattered=scattered)
        return SectionHit(
            anchor=stored.anchor,
            kind=stored.kind,
            heading=stored.heading,
            heading_path=stored.heading_path,
            heading_matches=matches(heading_marks),
            score=round(float(candidates.scores[row]), 4),
            tier=tier,
            why=reasons((*heading_marks, *text_marks), named=named),
            excerpts=self._excerpts(number, stored, text_marks, asks),
        )

    def _excerpts(self, number: int, section: Section, marks: tuple[Mark, ...], asks: Asks) -> tuple[Excerpt, ...]:
        roles = self._snapshot.postings.text_roles(number)
        return choose_excerpts(section.text, marks, roles, asks)
