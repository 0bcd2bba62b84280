"""All hits of a search as CSV, for spreadsheets. Knows nothing of how they are found."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from flask import Blueprint, Response, request, stream_with_context

from search import KIND_LABELS, MonographHit
from web.current import engine
from web.links import monograph_address
from web.request_args import search_request

blueprint = Blueprint("spreadsheet", __name__)

COLUMNS: Final = (
    "monograph", "class", "section kind", "heading", "excerpt", "role", "notice", "reviewed", "status", "address", "query",
    "index",
)  # fmt: skip
"""The columns of the file; `query` and `index` say what was searched, and when the index was built."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a cell begins that a spreadsheet takes for a formula. Source: OWASP, "CSV Injection"."""


@blueprint.get("/search.csv")
def search_csv() -> Response:
    """All hits of a search, one section a line, each line sent as it is made."""
    search = search_request(request.args)
    hits = engine().all_hits(search)
    built_at = engine().info().built_at
    lines = _lines(cells for hit in hits for cells in _cells(hit, search.text, built_at))
    response = Response(stream_with_context(lines), mimetype="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="monograph-search.csv"'
    return response


def _lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """CSV (RFC 4180), a line at a time, after a byte order mark: without the mark, Excel misreads UTF-8."""
    yield "\ufeff"
    for row in chain((COLUMNS,), rows):
        line = io.StringIO()
        csv.writer(line).writerow(map(plain_cell, row))
        yield line.getvalue()


def _cells(hit: MonographHit, text: str, built_at: str) -> Iterator[Sequence[str]]:
    """The cells of `COLUMNS` for each section of a hit."""
    for section in hit.sections:
        yield (
            hit.title,
            hit.drug_class or "",
            KIND_LABELS[section.kind],
            section.heading,
            " … ".join(excerpt.text for excerpt in section.excerpts),
            "; ".join(dict.fromkeys(excerpt.role for excerpt in section.excerpts if excerpt.role)),
            hit.notice or "",
            "yes" if hit.reviewed else "no",
            hit.status_line or hit.status or "",
            monograph_address(hit.id, section.anchor),
            text,
            built_at,
        )


def plain_cell(text: str) -> str:
    """The text, with an apostrophe before what begins like a formula, so that no spreadsheet runs it."""
    return f"'{text}" if text.startswith(_FORMULA) else text
