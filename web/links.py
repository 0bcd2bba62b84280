"""Addresses of searches and monographs. Writes the arguments that `request_args` reads; knows nothing of results."""

import re
from typing import Any

from flask import url_for

from search import SearchRequest


def search_address(request: SearchRequest, endpoint: str = "pages.search") -> str:
    """The shortest address that asks for exactly this search, on the page of results or at another endpoint."""
    arguments: dict[str, Any] = {
        "q": request.text,
        "section": list(request.sections),
        "class": list(request.classes),
        "exact": "1" if request.exact else None,
        "without": list(request.without),
        "page": request.page if request.page > 1 else None,
    }
    return url_for(endpoint, **arguments)


def monograph_address(identifier: str, anchor: str | None = None, text: str = "") -> str:
    """The address of a monograph's page.

    Args:
        identifier: id of the monograph.
        anchor: the section to go to.
        text: a query, whose words the page will mark.
    """
    return url_for("pages.monograph", identifier=identifier, q=text or None, _anchor=anchor)


def slug_of(drug_class: str) -> str:
    """A drug class as a part of an address: its words in lower case, joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", drug_class.casefold()))
