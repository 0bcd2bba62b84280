"""Addresses of searches and monographs. The one place that writes the arguments `request_args` reads."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from flask import url_for

from search import KINDS, ResultPage, Role, SearchRequest


def search_address(request: SearchRequest, endpoint: str = "pages.search") -> str:
    """The shortest address that asks for exactly this search."""
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
    """The page of a monograph, at a section of it, with the words of a query marked."""
    return url_for("pages.monograph", identifier=identifier, q=text or None, _anchor=anchor)


ROLE_LABELS: Final[dict[Role, str]] = {
    "side-effect": "lists it as a side effect",
    "use": "lists it as a use",
    "otherwise": "mentions it otherwise",
    "negated": "only denies it",
    "no-such-product": "no such product",
}
"""What a page may say of a finding, in words."""


ROLE_WORDS: Final[dict[Role, str]] = {
    "side-effect": "side effect",
    "use": "use",
    "otherwise": "mentioned",
    "negated": "denied",
    "no-such-product": "no such product",
}
"""The same, in a cell of a table."""


def slug_of(drug_class: str) -> str:
    """A class as a part of an address: its letters and digits, joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", drug_class.casefold()))


@dataclass(frozen=True, slots=True)
class Filter:
    """One section kind as a filter: how many sections choosing it gives, and the address that chooses or drops it."""

    kind: str
    sections: int
    monographs: int
    chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class ClassFilter:
    """One drug class as a filter: how many monographs choosing it gives, and the address that chooses or drops it."""

    name: str
    monographs: int
    chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class SearchLinks:
    """Addresses that differ from a request in one thing. Whatever changes what is found starts again at page 1."""

    request: SearchRequest

    def page(self, number: int) -> str:
        """Another page of the same list."""
        return search_address(replace(self.request, page=number))

    def sections(self, kinds: Iterable[str]) -> str:
        """The same search under these section kinds; none for all."""
        return search_address(replace(self.request, sections=tuple(kinds), page=1))

    def all_sections(self) -> str:
        """The same search without any filter."""
        return search_address(replace(self.request, sections=(), classes=(), page=1))

    def without(self, note: str) -> str:
        """The same search with what one note announces switched off."""
        return search_address(replace(self.request, without=(*self.request.without, note), page=1))

    def with_everything(self) -> str:
        """The same search with nothing switched off."""
        return search_address(replace(self.request, without=(), page=1))

    def symptom(self, role: str = "", sort: str = "") -> str:
        """The overview of what was asked as a finding: all pages, or those of one role."""
        base = search_address(replace(self.request, sections=(), classes=(), page=1), "overview.symptom")
        chosen = {name: value for name, value in (("as", role), ("sort", sort)) if value}
        return f"{base}&{urlencode(chosen)}" if chosen else base

    def csv(self) -> str:
        """All hits of this search as CSV."""
        return search_address(replace(self.request, page=1), "overview.search_csv")

    def text(self, text: str) -> str:
        """Another text, without filters: what a note or the advice on no results offers."""
        return search_address(SearchRequest(text=text, exact=self.request.exact, max_chars=max(1, len(text))))

    def filters(self, result: ResultPage) -> list[Filter]:
        """The filters of a result: every kind that has hits, and those chosen though they have none."""
        counts = {count.kind: count for count in result.section_counts}
        chosen = self.request.sections
        return [
            Filter(
                kind=kind,
                sections=counts[kind].sections if kind in counts else 0,
                monographs=counts[kind].monographs if kind in counts else 0,
                chosen=kind in chosen,
                address=self.sections(k for k in KINDS if (k in chosen) != (k == kind)),
            )
            for kind in KINDS
            if kind in counts or kind in chosen
        ]

    def class_filters(self, result: ResultPage) -> list[ClassFilter]:
        """The largest classes of a result, and those chosen, wherever they stand; none where there is nothing to choose between."""
        chosen = {name.casefold(): name for name in self.request.classes}
        counts = {count.name.casefold(): count for count in result.class_counts}
        largest = [count for count in result.class_counts if count.monographs > 1]
        shown = [*largest, *(counts[key] for key in chosen if key in counts)]
        names = {count.name.casefold(): count.name for count in shown} | {
            key: name for key, name in chosen.items() if key not in counts
        }
        if len(result.class_counts) < 2 and not chosen:
            return []
        return [
            ClassFilter(
                name=name,
                monographs=counts[key].monographs if key in counts else 0,
                chosen=key in chosen,
                address=self._classes(key, name),
            )
            for key, name in names.items()
        ]

    def _classes(self, key: str, name: str) -> str:
        """The same search with a class chosen, or dropped if it was chosen."""
        others = tuple(other for other in self.request.classes if other.casefold() != key)
        same = len(others) == len(self.request.classes)
        return search_address(replace(self.request, classes=(*others, name) if same else others, page=1))
