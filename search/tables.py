"""Reads tab-separated tables, and names file and line where one is bad. Knows nothing of what a table means."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TypedDict

from search.errors import VocabularyError

NONE = "-"
"""What stands in an empty cell; a blank cell is refused, since it may be a slip."""


class Location(TypedDict):
    """The file and line of a row, as the arguments of a `VocabularyError`. Lines count from 1."""

    source: str
    line: int


class Row(dict[str, str]):
    """One line of a table: column → cell as written, and `at`, the place it came from."""

    __slots__ = ("at",)
    at: Location

    def text(self, column: str) -> str:
        """The text of a cell; "" for an empty one."""
        return "" if self[column] == NONE else self[column]

    def list(self, column: str) -> tuple[str, ...]:
        """The parts of a cell between semicolons; none for an empty one."""
        return tuple(part.strip() for part in self.text(column).split(";") if part.strip())


def read_table(name: str, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a table of this program.

    Args:
        name: its path under `search/`, such as "analysis/tables/function_words.tsv".
        columns: the names of its columns.

    Raises:
        VocabularyError: as `rows_of`.
    """
    text = files("search").joinpath(name).read_text(encoding="utf-8")
    return rows_of(text, f"search/{name}", columns)


def read_file(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a table outside this program, such as a staff's own.

    Args:
        path: of the file, UTF-8 with or without a byte order mark.
        columns: the names of its columns.

    Raises:
        VocabularyError: as `rows_of`, or the file cannot be read.
    """
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

    Args:
        text: the whole table.
        source: its file, for messages.
        columns: the names of its columns.

    Raises:
        VocabularyError: the column names differ, a line has too many or too few cells, or a cell is blank.
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
