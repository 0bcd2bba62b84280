"""The concepts of the vocabulary as plain values, one class a table: drugs, brands, findings, classes, abbreviations, statuses.

`at` is the file and line a value was read from, for messages. Knows nothing of how words are compared (`thesaurus` does), of
files or of pages.
"""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from search.tables import Location

TermKind = Literal["finding", "class"]


@dataclass(frozen=True, slots=True)
class Drug:
    """One substance, or a combination with a name of its own, such as co-amoxiclav.

    `name` is the preferred name; of a combination, its ingredients joined by " + ". `us` is the name used in the US, the
    same as `name` where there is no other. `drug_class` is "" where it is not known.
    """

    name: str
    us: str
    also: tuple[str, ...]
    drug_class: str
    at: Location = field(compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """All names, each once, the preferred one first."""
        return tuple(dict.fromkeys((self.name, self.us, *self.also)))

    @property
    def ingredients(self) -> tuple[str, ...]:
        """The preferred names of the substances in it; its own name where it is one substance."""
        return tuple(self.name.split(" + "))


@dataclass(frozen=True, slots=True)
class Brand:
    """A brand name and the ingredients (preferred names of drugs) of its product.

    `shared`: the same brand name also stands for another product. `region`, `formulation` and `note` are "" where the
    table says nothing.
    """

    name: str
    ingredients: tuple[str, ...]
    region: str
    formulation: str
    note: str
    shared: bool
    at: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class Term:
    """A finding (symptom, disease, germ) or a class of drugs: names that mean the same.

    `guard`: words that make a name mean something else when they stand just before it ("respiratory" depression).
    `members` (names of drugs), `broader` (names of classes that this one is part of) and `opposes` (names of classes whose action
    it undoes) are empty for findings.
    """

    kind: TermKind
    name: str
    also: tuple[str, ...]
    guard: tuple[str, ...]
    members: tuple[str, ...]
    broader: tuple[str, ...]
    at: Location = field(compare=False)
    opposes: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names, each once, the preferred one first."""
        return tuple(dict.fromkeys((self.name, *self.also)))


@dataclass(frozen=True, slots=True)
class OneWay:
    """A phrase that is typed, and the terms that are searched as well; never the other way round.

    `guard`: words that make a term of `means` something else when they stand just before it.
    """

    typed: str
    means: tuple[str, ...]
    guard: tuple[str, ...]
    at: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """Letters that stand for the terms or drugs of `means`.

    `word`: the letters are also a word or a unit, so they count only as typed in capitals.
    """

    letters: str
    means: tuple[str, ...]
    word: bool
    at: Location = field(compare=False)


class Option(NamedTuple):
    """One of the meanings of something typed: `label` as it is offered, and the `query` that searches it."""

    label: str
    query: str


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Something typed that has several meanings, so that the search asks which. `upper`: only as typed in capitals."""

    typed: str
    upper: bool
    options: tuple[Option, ...]
    at: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class ShortName:
    """A clipped name, or letters, that may be several drugs; each candidate is also the query that searches it."""

    typed: str
    candidates: tuple[str, ...]
    at: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class DrugStatus:
    """A drug that is withdrawn, restricted or for animals only, and the line that says so on a hit.

    `status` is one of `loading.STATUSES`.
    """

    drug: str
    status: str
    region: str
    line: str
    at: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Two names that have been mistaken for each other; `fda`: the pair is on the list of the FDA."""

    a: str
    b: str
    fda: bool
    at: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All tables as values, each in the order of its rows; a staff's own rows last.

    `tallman`: name in lower case → name in Tall Man letters. `known`: names that exist, verified or not → their ingredients
    where the source has them; the search never corrects such a name, and expands it only where another table does.
    """

    drugs: tuple[Drug, ...]
    brands: tuple[Brand, ...]
    terms: tuple[Term, ...]
    one_way: tuple[OneWay, ...]
    abbreviations: tuple[Abbreviation, ...]
    ambiguous: tuple[Ambiguous, ...]
    short_names: tuple[ShortName, ...]
    statuses: tuple[DrugStatus, ...]
    lookalikes: tuple[LookAlike, ...]
    tallman: dict[str, str]
    known: dict[str, tuple[str, ...]]
