"""The overview of a finding as a table, and all hits of a search as CSV. Each asks the façade one question.

Knows nothing of the index; what a cell of a spreadsheet may hold is decided here.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from flask import Blueprint, Response, abort, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue

from search import KIND_LABELS, FindingRow, MonographHit, Role
from web.links import ROLE_LABELS, ROLE_WORDS, SearchLinks, monograph_address
from web.request_args import search_request
from web.views import engine

blueprint = Blueprint("overview", __name__)

SORTS: Final = ("title", "class", "role")

COLUMNS: Final = (
    "monograph", "class", "section kind", "heading", "excerpt", "negated", "notice", "reviewed", "status", "address", "query",
    "index",
)  # fmt: skip

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)."""


@blueprint.get("/symptom")
def symptom() -> ResponseReturnValue:
    """Every monograph that mentions a finding, and as what."""
    asked = search_request(request.args)
    role, sort = request.args.get("as", ""), request.args.get("sort", "title")
    if role not in ("", *ROLE_LABELS) or sort not in SORTS:
        abort(400, f"as= is one of {', '.join(ROLE_LABELS)}; sort= is one of {', '.join(SORTS)}.")
    rows = engine().overview(asked)
    shown = [row for row in rows if not role or role in row.roles]
    return render_template(
        "symptom.html",
        text=asked.text.strip(),
        rows=_sorted(shown, sort),
        counts={name: len({row.same_drug for row in rows if name in row.roles}) for name in ROLE_LABELS},
        role=role,
        sort=sort,
        links=SearchLinks(asked),
        role_labels=ROLE_LABELS,
        role_words=ROLE_WORDS,
        monograph_address=monograph_address,
        info=engine().info(),
        notices=list(dict.fromkeys(row.notice for row in shown if row.notice)),
    )


def _sorted(rows: Sequence[FindingRow], sort: str) -> Sequence[FindingRow]:
    roles: list[Role] = list(ROLE_LABELS)
    if sort == "class":
        return sorted(rows, key=lambda row: (row.drug_class is None, (row.drug_class or "").casefold()))
    if sort == "role":
        return sorted(rows, key=lambda row: [roles.index(role) for role in row.roles])
    return rows


@blueprint.get("/search.csv")
def search_csv() -> Response:
    """All hits of a search, one section a line, written as they are found."""
    asked = search_request(request.args)
    found = engine().all_hits(asked)
    index = engine().info().built_at
    lines = _lines(cells for hit in found for cells in _cells(hit, asked.text, index))
    response = Response(stream_with_context(lines), mimetype="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="monograph-search.csv"'
    return response


def _lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """CSV (RFC 4180), a line at a time, under a byte order mark: without it, Excel takes UTF-8 for something else."""
    yield "\ufeff"
    for row in chain((COLUMNS,), rows):
        line = io.StringIO()
        csv.writer(line).writerow(map(plain_cell, row))
        yield line.getvalue()


def _cells(hit: MonographHit, text: str, index: str) -> Iterator[Sequence[str]]:
    for section in hit.sections:
        yield (
            hit.title,
            hit.drug_class or "",
            KIND_LABELS[section.kind],
            section.heading,
            " … ".join(excerpt.text for excerpt in section.excerpts),
            "yes" if any(excerpt.negated for excerpt in section.excerpts) else "no",
            hit.notice or "",
            "yes" if hit.reviewed else "no",
            hit.status_line or hit.status or "",
            monograph_address(hit.id, section.anchor),
            text,
            index,
        )


def plain_cell(text: str) -> str:
    """A cell that no spreadsheet runs: what begins like a formula is led by an apostrophe, which is not shown."""
    return f"'{text}" if text.startswith(_FORMULA) else text
