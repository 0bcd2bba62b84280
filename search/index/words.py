"""Analyses a monograph word by word, once: Whoosh documents and arrays are both written from the result.

Knows nothing of either, nor of files.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.analysis import Occurrence, Token, analyse
from search.model import Monograph, Section
from search.statements import StatementRoles, section_roles

SEARCHED: Final = ("names", "heading", "text")
"""The fields that words are looked up in, in the order their positions are numbered."""

Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Every word of every section of one page, in the order of section, field and position.

    `surfaces`: the words, each once. `surface`, `section`, `field`, `position`, `start`, `end`: (occurrences,) int32, the number of
    the surface, of the section on its page and of the field in `SEARCHED`, the position there, and the code points from and to.
    `role`: (occurrences,) uint8, its `StatementRole`.
    `ranges`: (ranges, 3) int32, the roles of all texts (`SectionRoles.ranges`). `written`: the unfolded spellings that folding changed, with the number of sections that hold them.
    """

    surfaces: tuple[str, ...]
    surface: Numbers
    section: Numbers
    field: Numbers
    position: Numbers
    start: Numbers
    end: Numbers
    role: StatementRoles
    ranges: Numbers
    written: tuple[tuple[str, int], ...]

    def by_field(self, sections: int) -> Iterator[dict[str, list[Occurrence]]]:
        """For each section its fields, each with (surface, position, start, end) of its words in order."""
        columns = (self.surface, self.position, self.start, self.end)
        occurrences = [(self.surfaces[word], *place) for word, *place in zip(*(c.tolist() for c in columns), strict=True)]
        ends = np.cumsum(np.bincount(self.section * len(SEARCHED) + self.field, minlength=sections * len(SEARCHED)))
        begin = 0
        for section in range(sections):
            fields = {}
            for number, name in enumerate(SEARCHED):
                end = int(ends[section * len(SEARCHED) + number])
                fields[name] = occurrences[begin:end]
                begin = end
            yield fields


@dataclass(frozen=True, slots=True)
class Analysed:
    """A monograph with its words, its record (plain data, without sections) and the sha256 of all that it says."""

    monograph: Monograph
    words: Occurrences
    record: dict[str, Any]
    digest: str


def analysed(monograph: Monograph) -> Analysed:
    """All that is indexed of a monograph; the part of a build that several processes can do."""
    record = asdict(monograph)
    canonical = json.dumps(record, ensure_ascii=False, sort_keys=True)
    del record["sections"]
    return Analysed(monograph, occurrences_of(monograph), record, hashlib.sha256(canonical.encode()).hexdigest())


def searched_texts(monograph: Monograph, section: Section) -> tuple[str, str, str]:
    """The texts of `SEARCHED`: the monograph's names, and the headings over a section, are searched in each section."""
    names = "\n".join(name.text for name in monograph.names)
    above = [heading for heading in section.heading_path if heading != monograph.title]
    headings = [*above, section.heading] if section.heading != monograph.title else above
    return names, "\n".join(headings), section.text


def occurrences_of(monograph: Monograph) -> Occurrences:
    """Analyse a monograph."""
    numbers: dict[str, int] = {}
    rows: list[tuple[int, int, int, int, int, int]] = []
    written: Counter[str] = Counter()
    known: dict[str, list[Token]] = {}  # names and headings are those of many sections
    for order, section in enumerate(monograph.sections):
        spellings = set()
        for field, text in enumerate(searched_texts(monograph, section)):
            if text not in known:
                known[text] = analyse(text)
            for surface, position, start, end, spelling in known[text]:
                rows.append((numbers.setdefault(surface, len(numbers)), order, field, position, start, end))
                if spelling != surface:
                    spellings.add(spelling)
        written.update(spellings)
    table = np.array(rows, np.int32).reshape(-1, 6).T
    surface, section_of, field_of, position_of, starts, ends = np.ascontiguousarray(table)
    roles = section_roles([(section.kind, section.heading, section.text) for section in monograph.sections])
    in_heading, in_text = (field_of == SEARCHED.index(name) for name in ("heading", "text"))
    return Occurrences(
        tuple(numbers),
        surface,
        section_of,
        field_of,
        position_of,
        starts,
        ends,
        roles.of_occurrences(section_of, starts, in_heading, in_text),
        roles.ranges,
        tuple(sorted(written.items())),
    )
