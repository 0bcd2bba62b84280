"""Reads the tab-separated data files of this folder, and says where a bad line is. Knows no file's meaning."""

from collections.abc import Iterator
from importlib.resources import files
from typing import TypedDict

from search.errors import VocabularyError


class Place(TypedDict):
    """Where a row stands, as the arguments of a `VocabularyError`."""

    source: str
    line: int


class Row(dict[str, str]):
    """One line of a table: column → value, and the place it came from."""

    __slots__ = ("at",)
    at: Place


def read_table(name: str, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows of `search/vocabulary/<name>`.

    Blank lines and lines that begin with `#` are skipped; the first other line must be the column names.

    Raises:
        VocabularyError: the header differs, a line has too many or too few cells, or a cell is blank.
    """
    header: tuple[str, ...] | None = None
    text = files("search.vocabulary").joinpath(name).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = tuple(cell.strip() for cell in line.split("\t"))
        at = Place(source=f"search/vocabulary/{name}", line=number)
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
