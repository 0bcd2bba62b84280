"""The arguments of an address → a `SearchRequest`, where their rules live. Knows what the arguments are called."""

import re
from dataclasses import replace
from typing import Final

from flask import current_app
from werkzeug.datastructures import MultiDict

from search import QueryError, SearchRequest

MAX_WITHOUT: Final = 32
"""Notes that one address may switch off; a search says far fewer."""

_NUMBER = re.compile(r"-?[0-9]{1,6}")
_SWITCH: Final = {"": False, "0": False, "1": True}


def search_request(args: MultiDict[str, str]) -> SearchRequest:
    """The search that an address asks for.

    Args:
        args: `q`, `section`, `class` and `without` (repeatable, blank ones ignored), `page`, `exact`.

    Raises:
        QueryError: an argument breaks a rule; the message says which.
    """
    given = args.getlist("without")
    if len(given) > MAX_WITHOUT:
        raise QueryError(f"At most {MAX_WITHOUT} notes can be switched off in one address.")
    return SearchRequest(
        text=args.get("q", ""),
        sections=tuple(kind for kind in args.getlist("section") if kind),
        exact=_exact(args.get("exact", "")),
        without=tuple(dict.fromkeys(part for part in given if part)),
        page=_page(args.get("page", "")),
        classes=tuple(dict.fromkeys(name for name in args.getlist("class") if name)),
        max_chars=current_app.extensions["settings"].max_query_chars,
    )


def left_out(args: MultiDict[str, str]) -> SearchRequest | None:
    """The search of an address without the word in `not`, as the query language writes it; None where there is no such word.

    Raises:
        QueryError: an argument breaks a rule, or the text becomes too long with it.
    """
    word = " ".join(args.get("not", "").replace('"', " ").split()).lstrip("-").strip()
    if not word:
        return None
    asked = search_request(args)
    return replace(
        asked, text=f'{asked.text.strip()} -"{word}"' if " " in word else f"{asked.text.strip()} -{word}", page=1
    )


def plain_text(args: MultiDict[str, str]) -> str:
    """The text of a query alone: what a monograph page marks, what suggestions are asked for; blank for none.

    Raises:
        QueryError: the text is too long to be a query.
    """
    settings = current_app.extensions["settings"]
    return SearchRequest(text=args.get("q", ""), max_chars=settings.max_query_chars).text


def _page(written: str) -> int:
    if not written:
        return 1
    if not _NUMBER.fullmatch(written):
        raise QueryError(f"{written[:20]!r} is not a page number; pages count from 1.")
    return int(written)


def _exact(written: str) -> bool:
    if written not in _SWITCH:
        raise QueryError("exact is 1 (only the words as typed) or 0.")
    return _SWITCH[written]
