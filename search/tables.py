"""Reads tab-separated data files, and says where a bad line is. Knows no file's meaning."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TypedDict

from search.errors import VocabularyError

NONE = "-"
"""What stands in a cell that has nothing to say; a blank cell is a slip."""


class Location(TypedDict):
    """Where a row stands, as the arguments of a `VocabularyError`."""

    source: str
    line: int


class Row(dict[str, str]):
    """One line of a table: column → value, and the place it came from."""

    __slots__ = ("at",)
    at: Location

    def text(self, column: str) -> str:
        """A cell, "" for `-`."""
        return "" if self[column] == NONE else self[column]

    def list(self, column: str) -> tuple[str, ...]:
        """The parts of a cell, between semicolons."""
        return tuple(part.strip() for part in self.text(column).split(";") if part.strip())


def read_table(name: str, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows of `search/<name>`; raises as `rows_of` does."""
    text = files("search").joinpath(name).read_text(encoding="utf-8")
    return rows_of(text, f"search/{name}", columns)


def read_file(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a file of the staff's own; raises as `rows_of` does, and when the file cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise VocabularyError("the file is not UTF-8; save it as UTF-8 text", source=str(path)) from error
    except OSError as error:
        raise VocabularyError(f"the file cannot be read: {error.strerror}", source=str(path)) from error
    return rows_of(text, str(path), columns)


def rows_of(text: str, source: str, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a table.

    Blank lines and lines that begin with `#` are skipped; the first other line must be the column names.

    Raises:
        VocabularyError: the header differs, a line has too many or too few cells, or a cell is blank.
    """
    header: tuple[str, ...] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = tuple(cell.strip() for cell in line.split("\t"))
        at = Location(source=source, line=number)
        if header is None:
            header = cells
            if header != columns:
                raise VocabularyError(f"the columns are {', '.join(cells)}; expected {', '.join(columns)}", **at)
            continue
        if len(cells) != len(columns) or not all(cells):
            raise VocabularyError(f"expected {len(columns)} cells, none blank, separated by tabs", **at)
        row = Row(zip(columns, cells, strict=True))
        row.at = at
        yield row
