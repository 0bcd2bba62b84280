"""What the vocabulary knows: drugs, brands, classes, findings, abbreviations; read from the tables, and checked as a whole.

Values of text only: what is the same word to the search is decided by `thesaurus`, which has the analyzer. Knows nothing of pages.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from search.errors import VocabularyError
from search.tables import Location, Row, read_file, read_table

TermKind = Literal["finding", "class"]

STAFF_COLUMNS: Final = ("kind", "name", "also", "means", "source")
"""The columns of a staff's own file (docs/vocabulary.md)."""

STATUSES: Final = ("withdrawn", "restricted", "veterinary")


@dataclass(frozen=True, slots=True)
class Drug:
    """One substance, or a combination with a name of its own ("co-amoxiclav"): its ingredients are joined by " + " in `name`."""

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
        """The preferred names of what is in it."""
        return tuple(self.name.split(" + "))


@dataclass(frozen=True, slots=True)
class Brand:
    """A brand of these ingredients; `shared` where the same brand is also another drug."""

    name: str
    ingredients: tuple[str, ...]
    region: str
    formulation: str
    note: str
    shared: bool
    at: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class Term:
    """A finding or a class of drugs: names that mean the same. `members` and `broader` are of classes only.

    `guard`: words that make the first name another thing when they stand just before it.
    """

    kind: TermKind
    name: str
    also: tuple[str, ...]
    guard: tuple[str, ...]
    members: tuple[str, ...]
    broader: tuple[str, ...]
    at: Location = field(compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """All names, each once, the preferred one first."""
        return tuple(dict.fromkeys((self.name, *self.also)))


@dataclass(frozen=True, slots=True)
class OneWay:
    """What is typed, and what it may mean; never searched the other way round."""

    typed: str
    means: tuple[str, ...]
    guard: tuple[str, ...]
    at: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """Letters that stand for these words; `word`: they are also a word or a unit, so they count only in capitals."""

    letters: str
    means: tuple[str, ...]
    word: bool
    at: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Something typed that has several meanings; options are (label, query)."""

    typed: str
    upper: bool
    options: tuple[tuple[str, str], ...]
    at: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class DrugStatus:
    """Why a drug is not to be used as any other."""

    drug: str
    status: str
    region: str
    line: str
    at: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Two names that have been confused; `fda`: the pair is on the FDA's list."""

    a: str
    b: str
    fda: bool
    at: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All tables. `known` are names that exist, verified or not: never corrected, and expanded only by the other tables."""

    drugs: tuple[Drug, ...]
    brands: tuple[Brand, ...]
    terms: tuple[Term, ...]
    one_way: tuple[OneWay, ...]
    abbreviations: tuple[Abbreviation, ...]
    ambiguous: tuple[Ambiguous, ...]
    statuses: tuple[DrugStatus, ...]
    lookalikes: tuple[LookAlike, ...]
    tallman: dict[str, str]
    known: dict[str, tuple[str, ...]]


def load_vocabulary(staff_file: Path | None = None) -> Vocabulary:
    """Read all tables, and the staff's own file after them.

    Raises:
        VocabularyError: a line is bad, or names what no table has; file and line are named.
    """
    staff = list(read_file(staff_file, STAFF_COLUMNS)) if staff_file else []
    for row in staff:
        if row["kind"] not in ("drug", "brand", "finding", "class", "one-way", "abbreviation"):
            raise VocabularyError(
                f"unknown kind {row['kind']!r}; use drug, brand, finding, class, one-way or abbreviation", **row.at
            )
    return Vocabulary(
        drugs=tuple(_drugs(staff)),
        brands=tuple(_brands(staff)),
        terms=tuple(_terms(staff)),
        one_way=tuple(_one_way(staff)),
        abbreviations=tuple(_abbreviations(staff)),
        ambiguous=tuple(
            map(_ambiguous, read_table("vocabulary/tables/ambiguous.tsv", ("typed", "case", "options", "source")))
        ),
        statuses=tuple(
            map(_status, read_table("vocabulary/tables/status.tsv", ("drug", "status", "region", "line", "source")))
        ),
        lookalikes=tuple(
            LookAlike(row["a"], row["b"], _yes(row, "fda"), row.at)
            for row in read_table("vocabulary/tables/lookalikes.tsv", ("a", "b", "fda", "source"))
        ),
        tallman={
            row["name"]: row["tallman"]
            for row in read_table("vocabulary/tables/tallman.tsv", ("name", "tallman", "source"))
        },
        known={
            row["name"]: row.list("ingredients")
            for row in read_table("vocabulary/tables/known_names.tsv", ("name", "ingredients", "source"))
        },
    )


def _of(kind: str, staff: Iterable[Row]) -> Iterator[Row]:
    return (row for row in staff if row["kind"] == kind)


def _drugs(staff: Iterable[Row]) -> Iterator[Drug]:
    for row in read_table("vocabulary/tables/drugs.tsv", ("name", "us", "also", "class", "source")):
        yield Drug(row["name"], row.text("us") or row["name"], row.list("also"), row.text("class"), row.at)
    for row in _of("drug", staff):
        yield Drug(row["name"], row["name"], row.list("also"), row.text("means"), row.at)


def _brands(staff: Iterable[Row]) -> Iterator[Brand]:
    columns = ("brand", "drug", "region", "formulation", "note", "shared", "source")
    for row in read_table("vocabulary/tables/brands.tsv", columns):
        yield Brand(
            name=row["brand"],
            ingredients=_ingredients(row["drug"]),
            region=", ".join(row.list("region")),
            formulation=row.text("formulation"),
            note=row.text("note"),
            shared=_yes(row, "shared"),
            at=row.at,
        )
    for row in _of("brand", staff):
        yield Brand(row["name"], _ingredients(row["means"]), "", "", "", shared=False, at=row.at)


def _ingredients(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(" + "))


def _terms(staff: Iterable[Row]) -> Iterator[Term]:
    for row in read_table("vocabulary/tables/findings.tsv", ("name", "also", "guard", "source")):
        yield Term("finding", row["name"], row.list("also"), row.list("guard"), (), (), row.at)
    for row in read_table("vocabulary/tables/classes.tsv", ("name", "us", "also", "members", "broader", "source")):
        names = tuple(name for name in (row.text("us"), *row.list("also")) if name)
        yield Term("class", row["name"], names, (), row.list("members"), row.list("broader"), row.at)
    for row in _of("finding", staff):
        yield Term("finding", row["name"], row.list("also"), (), (), (), row.at)
    for row in _of("class", staff):
        yield Term("class", row["name"], row.list("also"), (), row.list("means"), (), row.at)


def _one_way(staff: Iterable[Row]) -> Iterator[OneWay]:
    for row in read_table("vocabulary/tables/one_way.tsv", ("typed", "means", "guard", "source")):
        yield OneWay(row["typed"], row.list("means"), row.list("guard"), row.at)
    for row in _of("one-way", staff):
        for typed in (row["name"], *row.list("also")):
            yield OneWay(typed, row.list("means"), (), row.at)


def _abbreviations(staff: Iterable[Row]) -> Iterator[Abbreviation]:
    for row in read_table("vocabulary/tables/abbreviations.tsv", ("abbreviation", "means", "word", "source")):
        yield Abbreviation(row["abbreviation"], row.list("means"), _yes(row, "word"), row.at)
    for row in _of("abbreviation", staff):
        yield Abbreviation(row["name"], row.list("means"), word=True, at=row.at)


def _ambiguous(row: Row) -> Ambiguous:
    options = []
    for option in row.list("options"):
        label, equals, query = option.partition("=")
        if not (equals and label and query):
            raise VocabularyError(f"the option {option!r} is not of the form label=query", **row.at)
        options.append((label, query))
    if row["case"] not in ("upper", "any"):
        raise VocabularyError(f"unknown case {row['case']!r}; use upper or any", **row.at)
    return Ambiguous(row["typed"], row["case"] == "upper", tuple(options), row.at)


def _status(row: Row) -> DrugStatus:
    if row["status"] not in STATUSES:
        raise VocabularyError(f"unknown status {row['status']!r}; use one of {', '.join(STATUSES)}", **row.at)
    return DrugStatus(row["drug"], row["status"], row.text("region"), row["line"], row.at)


def _yes(row: Row, column: str) -> bool:
    if row[column] not in ("yes", "no"):
        raise VocabularyError(f"{column} is {row[column]!r}; use yes or no", **row.at)
    return row[column] == "yes"
