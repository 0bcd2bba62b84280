"""Who is named by a query, as plain values: drugs, their pages, and how each monograph is named.

Knows nothing of how that is found.
"""

from dataclasses import dataclass
from enum import IntEnum

from search.analysis import Key
from search.model import NameKind
from search.vocabulary import Naming


class NameLevel(IntEnum):
    """How a query names a monograph, best first: the first rule of the order of results."""

    EQUALS_TITLE = 0  # of a page on one ingredient; pages that only claim the name come after it
    EQUALS_SINGLE = 1
    EQUALS_COMBINATION = 2
    WITHIN_SINGLE = 3
    WITHIN_COMBINATION = 4
    CONTAINS_SINGLE = 5  # of a page whose own name is in the query; then a strength or a salt of it
    CONTAINS_VARIANT = 6
    CONTAINS_COMBINATION = 7
    MEMBER = 8  # of a class that the query names
    NONE = 9
    LOOKS_ALIKE = 10  # a page whose drug is easily taken for the one that was named


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name of a monograph, by number."""

    monograph: int
    text: str
    kind: NameKind
    region: str


@dataclass(frozen=True, slots=True)
class NamedDrug:
    """A drug that a query names.

    `own` are names of pages; `namings` what the vocabulary knows; `pages` are about this drug and nothing else, `holding` about
    combinations with it.
    """

    typed: str
    key: Key
    own: tuple[KnownName, ...]
    namings: tuple[Naming, ...]
    pages: frozenset[int]
    holding: frozenset[int]

    @property
    def ingredients(self) -> frozenset[str]:
        """All ingredients it may stand for."""
        return frozenset(name for naming in self.namings for name in naming.ingredients)


@dataclass(frozen=True, slots=True)
class Resolution:
    """What the names of a query are.

    `levels` holds only monographs that are named, by a name or by their class; `whole`: the query is one name alone; `together`: it
    is the names of a combination that some page is about.
    """

    levels: dict[int, NameLevel]
    drugs: tuple[NamedDrug, ...] = ()
    whole: bool = False
    together: bool = False
