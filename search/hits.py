"""Ranked rows → hits: stored text, marks, excerpts and reasons, for the few monographs a page shows. Knows nothing of order."""

from typing import Final

from search.analysis import places
from search.expansion import Plan
from search.highlight import Marker, excerpts, matches, reasons
from search.model import MonographHit, SectionHit
from search.notes import notice_line
from search.opened import Opened
from search.ranking import TIERS, Ranking

SECTIONS_SHOWN: Final = 3
"""Sections of a monograph that a result page opens; the rest are counted in plain sight (STAFF, need 4)."""


class HitBuilder:
    """Makes the hits of one answer."""

    def __init__(self, opened: Opened, plan: Plan, ranking: Ranking) -> None:
        self._opened = opened
        self._names = plan.names
        self._ranking = ranking
        self._marker = Marker(plan)
        self._wanted = self._marker.wanted(opened.postings)

    def monograph(self, group: int) -> MonographHit:
        """The hit of the `group`-th group."""
        rows = self._ranking.group(group)
        section = self._ranking.candidates.sections[rows[0]]
        number = int(self._opened.postings.section_monograph[section])
        record = self._opened.records[number]
        title_marks = self._marker.marks(places(record["title"]))
        named = number in self._names.levels or bool(title_marks)
        sections = tuple(self._section(row, named=named) for row in rows[:SECTIONS_SHOWN])
        other = [n for n in self._names.whole if n.monograph == number and n.kind in ("brand", "alias")]
        return MonographHit(
            id=record["id"],
            title=record["title"],
            title_matches=matches(title_marks),
            names=tuple(name["text"] for name in record["names"] if name["kind"] in ("brand", "alias")),
            drug_class=record["drug_class"],
            ingredients=tuple(record["ingredients"]),
            matched_name=other[0].text if other else None,
            status=record["status"],
            reviewed=record["reviewed"],
            notice=notice_line(record["notices"]),
            more_sections=len(rows) - len(sections),
            sections=sections,
        )

    def _section(self, row: int, *, named: bool) -> SectionHit:
        found = self._ranking.candidates
        number = int(found.sections[row])
        tier = TIERS[found.tiers[row]]
        stored = self._opened.section(number)
        scattered = tier == "scattered"
        heading_marks = self._marker.marks(places(stored.heading), scattered=scattered)
        tokens = self._opened.postings.text_places(number, self._wanted)
        text_marks = self._marker.marks(tokens, scattered=scattered)
        return SectionHit(
            anchor=stored.anchor,
            kind=stored.kind,
            heading=stored.heading,
            heading_path=stored.heading_path,
            heading_matches=matches(heading_marks),
            score=round(float(found.scores[row]), 4),
            tier=tier,
            why=reasons((*heading_marks, *text_marks), named=named),
            excerpts=excerpts(stored.text, text_marks),
        )
