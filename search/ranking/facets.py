"""Drug classes as a filter: which monographs are of a class, and how many of some. Knows nothing of order or scores."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from search.model import ClassCount

Mask = npt.NDArray[np.bool_]

MOST_COUNTED: Final = 8
"""Classes whose monographs are counted for a page of results, the largest; more would push the sections out of sight."""


@dataclass(frozen=True, slots=True)
class DrugClasses:
    """The classes of an index.

    `of` (monographs,) is the place of each monograph's class in `names`, or -1 where none is known; `by_name` (classes,) the
    place of each class in the alphabet. Classes that differ in capitals only are one, named as the first monograph has it.
    """

    names: tuple[str, ...]
    of: npt.NDArray[np.int32]
    by_name: npt.NDArray[np.int64]

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
    order = np.empty(len(names), np.int64)
    order[sorted(range(len(names)), key=lambda number: names[number].casefold())] = np.arange(len(names))
    return DrugClasses(tuple(names), np.array(of, np.int32), order)


def class_counts(
    monographs: npt.NDArray[np.uint32], chosen: Iterable[str], classes: DrugClasses
) -> tuple[ClassCount, ...]:
    """How many monographs of each class there are, most first, then by name; at most `MOST_COUNTED`, and those chosen.

    Args:
        monographs: (monographs,) numbers, each once.
        chosen: classes that are counted wherever they stand.
        classes: the classes of the monographs.
    """
    of = classes.of[monographs]
    counts = np.bincount(of[of >= 0], minlength=len(classes.names))
    held = np.flatnonzero(counts)
    held = held[np.lexsort((classes.by_name[held], -counts[held]))]
    wanted = {name.casefold() for name in chosen}
    late = (
        [number for number in held[MOST_COUNTED:].tolist() if classes.names[number].casefold() in wanted]
        if wanted
        else []
    )
    return tuple(ClassCount(classes.names[n], int(counts[n])) for n in (*held[:MOST_COUNTED].tolist(), *late))
