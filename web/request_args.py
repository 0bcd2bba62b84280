"""Reads the arguments of an address into a `SearchRequest`, and refuses those that break a rule.

`links` writes the same arguments. Knows nothing of views.
"""

import re
from dataclasses import replace
from typing import Final

from werkzeug.datastructures import MultiDict

from search import QueryError, SearchRequest
from web.current import settings

MAX_WITHOUT: Final = 32
"""Notes that one address may switch off. A page of results has far fewer."""

_NUMBER = re.compile(r"-?[0-9]{1,6}")
_SWITCH: Final = {"": False, "0": False, "1": True}


def search_request(args: MultiDict[str, str]) -> SearchRequest:
    """The search that an address asks for.

    Args:
        args: `q`, `section`, `class` and `without` (repeatable, blank ones ignored), `page`, `exact`.

    Raises:
        QueryError: an argument breaks a rule; the message says which.
    """
    notes = args.getlist("without")
    if len(notes) > MAX_WITHOUT:
        raise QueryError(f"At most {MAX_WITHOUT} notes can be switched off in one address.")
    return SearchRequest(
        text=args.get("q", ""),
        sections=tuple(kind for kind in args.getlist("section") if kind),
        exact=_exact(args.get("exact", "")),
        without=tuple(dict.fromkeys(note for note in notes if note)),
        page=_page(args.get("page", "")),
        classes=tuple(dict.fromkeys(name for name in args.getlist("class") if name)),
        max_chars=settings().max_query_chars,
    )


def left_out(args: MultiDict[str, str]) -> SearchRequest | None:
    """The search of an address that has an argument `not`, with its words excluded: `-word` or `-"some words"` ends the text.

    Returns:
        The search, at page 1; None where `not` is blank or absent.

    Raises:
        QueryError: an argument breaks a rule, or the text becomes too long with it.
    """
    words = " ".join(args.get("not", "").replace('"', " ").split()).lstrip("-").strip()
    if not words:
        return None
    search = search_request(args)
    exclusion = f'-"{words}"' if " " in words else f"-{words}"
    return replace(search, text=f"{search.text.strip()} {exclusion}", page=1)


def plain_text(args: MultiDict[str, str]) -> str:
    """The text of a query alone, as a monograph's page and the suggestions need it; blank where there is none.

    Raises:
        QueryError: the text is too long to be a query.
    """
    return SearchRequest(text=args.get("q", ""), max_chars=settings().max_query_chars).text


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
