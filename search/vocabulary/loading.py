"""Reads the tables of the vocabulary, and a staff's own file after them, into the values of `concepts`.

Checks each line by itself; whether two tables agree is checked by `checks`. Knows nothing of how words are compared or of pages.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from search.errors import VocabularyError
from search.tables import Row, read_file, read_table
from search.vocabulary.concepts import (
    Abbreviation,
    Ambiguous,
    Brand,
    Drug,
    DrugStatus,
    LookAlike,
    OneWay,
    Option,
    ShortName,
    Term,
    Vocabulary,
)

STAFF_COLUMNS: Final = ("kind", "name", "also", "means", "source")
"""The columns of a staff's own file (docs/vocabulary.md)."""

STAFF_KINDS: Final = ("drug", "brand", "finding", "class", "one-way", "abbreviation")
"""What a row of a staff's own file may be."""

STATUSES: Final = ("withdrawn", "restricted", "veterinary")
"""What status.tsv may say of a drug."""


def load_vocabulary(staff_file: Path | None = None) -> Vocabulary:
    """Read all tables, and a staff's own file after them.

    Args:
        staff_file: a table with the columns `STAFF_COLUMNS` (docs/vocabulary.md); None for the shipped tables alone.

    Raises:
        VocabularyError: a line is bad, or the file cannot be read; names file and line.
    """
    staff = _staff_rows(staff_file) if staff_file else ()
    return Vocabulary(
        drugs=tuple(_drugs(staff)),
        brands=tuple(_brands(staff)),
        terms=tuple(_terms(staff)),
        one_way=tuple(_one_way(staff)),
        abbreviations=tuple(_abbreviations(staff)),
        ambiguous=tuple(map(_ambiguous, _table("ambiguous", ("typed", "case", "options")))),
        short_names=tuple(map(_short_name, _table("short_names", ("typed", "candidates")))),
        statuses=tuple(map(_status, _table("status", ("drug", "status", "region", "line")))),
        lookalikes=tuple(
            LookAlike(row["a"], row["b"], _yes(row, "fda"), row.at) for row in _table("lookalikes", ("a", "b", "fda"))
        ),
        tallman={row["name"]: row["tallman"] for row in _table("tallman", ("name", "tallman"))},
        known={row["name"]: row.list("ingredients") for row in _table("known_names", ("name", "ingredients"))},
    )


def _table(name: str, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a table of the vocabulary; its last column, `source`, goes without saying."""
    return read_table(f"vocabulary/tables/{name}.tsv", (*columns, "source"))


def _staff_rows(file: Path) -> tuple[Row, ...]:
    rows = tuple(read_file(file, STAFF_COLUMNS))
    for row in rows:
        if row["kind"] not in STAFF_KINDS:
            kinds = f"{', '.join(STAFF_KINDS[:-1])} or {STAFF_KINDS[-1]}"
            raise VocabularyError(f"unknown kind {row['kind']!r}; use {kinds}", **row.at)
    return rows


def _rows_of(kind: str, staff: Iterable[Row]) -> Iterator[Row]:
    return (row for row in staff if row["kind"] == kind)


def _drugs(staff: Iterable[Row]) -> Iterator[Drug]:
    for row in _table("drugs", ("name", "us", "also", "class")):
        yield Drug(row["name"], row.text("us") or row["name"], row.list("also"), row.text("class"), row.at)
    for row in _rows_of("drug", staff):
        yield Drug(row["name"], row["name"], row.list("also"), row.text("means"), row.at)


def _brands(staff: Iterable[Row]) -> Iterator[Brand]:
    for row in _table("brands", ("brand", "drug", "region", "formulation", "note", "shared")):
        yield Brand(
            name=row["brand"],
            ingredients=_ingredients(row["drug"]),
            region=", ".join(row.list("region")),
            formulation=row.text("formulation"),
            note=row.text("note"),
            shared=_yes(row, "shared"),
            at=row.at,
        )
    for row in _rows_of("brand", staff):
        yield Brand(row["name"], _ingredients(row["means"]), "", "", "", shared=False, at=row.at)


def _ingredients(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(" + "))


def _terms(staff: Iterable[Row]) -> Iterator[Term]:
    for row in _table("findings", ("name", "also", "guard")):
        yield Term("finding", row["name"], row.list("also"), row.list("guard"), (), (), row.at)
    for row in _table("classes", ("name", "us", "also", "members", "broader", "opposes")):
        names = tuple(name for name in (row.text("us"), *row.list("also")) if name)
        yield Term(
            "class", row["name"], names, (), row.list("members"), row.list("broader"), row.at, row.list("opposes")
        )
    for row in _rows_of("finding", staff):
        yield Term("finding", row["name"], row.list("also"), (), (), (), row.at)
    for row in _rows_of("class", staff):
        yield Term("class", row["name"], row.list("also"), (), row.list("means"), (), row.at)


def _one_way(staff: Iterable[Row]) -> Iterator[OneWay]:
    for row in _table("one_way", ("typed", "means", "guard")):
        yield OneWay(row["typed"], row.list("means"), row.list("guard"), row.at)
    for row in _rows_of("one-way", staff):
        for typed in (row["name"], *row.list("also")):
            yield OneWay(typed, row.list("means"), (), row.at)


def _abbreviations(staff: Iterable[Row]) -> Iterator[Abbreviation]:
    for row in _table("abbreviations", ("abbreviation", "means", "word")):
        yield Abbreviation(row["abbreviation"], row.list("means"), _yes(row, "word"), row.at)
    for row in _rows_of("abbreviation", staff):
        yield Abbreviation(row["name"], row.list("means"), word=True, at=row.at)


def _ambiguous(row: Row) -> Ambiguous:
    options: list[Option] = []
    for option in row.list("options"):
        label, equals, query = option.partition("=")
        if not (equals and label and query):
            raise VocabularyError(f"the option {option!r} is not of the form label=query", **row.at)
        options.append(Option(label, query))
    if row["case"] not in ("upper", "any"):
        raise VocabularyError(f"unknown case {row['case']!r}; use upper or any", **row.at)
    return Ambiguous(row["typed"], row["case"] == "upper", tuple(options), row.at)


def _short_name(row: Row) -> ShortName:
    candidates = row.list("candidates")
    if len(candidates) < 2:
        raise VocabularyError(f"{row['typed']!r} has fewer than two candidates, so nothing is to be asked", **row.at)
    return ShortName(row["typed"], candidates, row.at)


def _status(row: Row) -> DrugStatus:
    if row["status"] not in STATUSES:
        raise VocabularyError(f"unknown status {row['status']!r}; use one of {', '.join(STATUSES)}", **row.at)
    return DrugStatus(row["drug"], row["status"], row.text("region"), row["line"], row.at)


def _yes(row: Row, column: str) -> bool:
    if row[column] not in ("yes", "no"):
        raise VocabularyError(f"{column} is {row[column]!r}; use yes or no", **row.at)
    return row[column] == "yes"
