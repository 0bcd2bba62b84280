"""Drug classes as a filter: which monographs are of a class, and how many of what was found. Knows nothing of order or scores."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.model import KINDS, ClassCount
from search.ranking import Ranking

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class DrugClasses:
    """The classes of an index. `of` (monographs,) is the place of each monograph's class in `names`, or -1 where none is known.

    Classes that differ in capitals only are one, named as the first monograph has it.
    """

    names: tuple[str, ...]
    of: npt.NDArray[np.int32]

    def members(self, chosen: Iterable[str]) -> Mask:
        """(monographs,) who is of one of these classes, whatever their capitals; a class that is not known has none."""
        wanted = {name.casefold() for name in chosen}
        numbers = [number for number, name in enumerate(self.names) if name.casefold() in wanted]
        return np.isin(self.of, numbers)


def drug_classes(classes: Iterable[str | None]) -> DrugClasses:
    """The classes of monographs, given in the order of the monographs."""
    numbers: dict[str, int] = {}
    names: list[str] = []
    of = []
    for name in classes:
        if name and name.casefold() not in numbers:
            numbers[name.casefold()] = len(names)
            names.append(name)
        of.append(numbers[name.casefold()] if name else -1)
    return DrugClasses(tuple(names), np.array(of, np.int32))


def class_counts(
    ranking: Ranking, kinds: tuple[str, ...], section_kind: npt.NDArray[np.uint8],
    section_monograph: npt.NDArray[np.uint32], classes: DrugClasses,
) -> tuple[ClassCount, ...]:  # fmt: skip
    """How many monographs of each class match, most first, then by name: after the section filter, before the filter by class.

    Args:
        ranking: what was found.
        kinds: the section filter; empty for all.
        section_kind: (sections,) places in `model.KINDS`.
        section_monograph: (sections,) numbers of monographs, ascending.
        classes: the classes of the monographs.
    """
    sections = ranking.all_found.sections
    if kinds:
        sections = sections[np.isin(section_kind[sections], [KINDS.index(kind) for kind in kinds])]
    monographs = section_monograph[sections]
    first = np.append(True, monographs[1:] != monographs[:-1])[: len(monographs)]
    of = classes.of[monographs[first]]
    counts = np.bincount(of[of >= 0], minlength=len(classes.names)).tolist()
    found = [ClassCount(classes.names[number], count) for number, count in enumerate(counts) if count]
    return tuple(sorted(found, key=lambda count: (-count.monographs, count.name.casefold())))
