"""The overview of a finding: a table of all monographs that mention it, and whether as a side effect, a use or otherwise.

Knows nothing of how they are found.
"""

from collections.abc import Sequence
from typing import Final

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from search import FindingRow, Role
from web.current import engine
from web.labels import MENTION_LABELS, ROLE_LABELS, ROLE_WORDS
from web.links import monograph_address
from web.request_args import search_request
from web.search_links import SearchLinks

blueprint = Blueprint("overview", __name__)

SORTS: Final = ("title", "class", "role")
"""What the argument `sort` may be; rows come from the engine in the order of their titles."""


@blueprint.get("/symptom")
def symptom() -> ResponseReturnValue:
    """Every monograph that mentions a finding, and in which role."""
    search = search_request(request.args)
    role, sort = request.args.get("as", ""), request.args.get("sort", "title")
    if role not in ("", *ROLE_LABELS) or sort not in SORTS:
        abort(400, f"as= is one of {', '.join(ROLE_LABELS)}; sort= is one of {', '.join(SORTS)}.")
    rows = engine().overview(search)
    shown = [row for row in rows if not role or role in row.roles]
    return render_template(
        "symptom.html",
        text=search.text.strip(),
        rows=_sorted(shown, sort),
        counts={name: len({row.same_drug for row in rows if name in row.roles}) for name in ROLE_LABELS},
        role=role,
        sort=sort,
        links=SearchLinks(search),
        role_labels=ROLE_LABELS,
        role_words=ROLE_WORDS,
        mention_labels=MENTION_LABELS,
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
