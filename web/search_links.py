"""The links of a page of results. Knows nothing of how they are drawn."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from search import ResultPage, SearchRequest
from web.filters import ClassFilter, Filter, class_filters, section_filters
from web.links import search_address


@dataclass(frozen=True, slots=True)
class SearchLinks:
    """The links of a page of results: each is the address of the same search with one thing changed.

    A link that changes what is found leads to page 1. The methods are named for what the templates call them.
    """

    request: SearchRequest

    def page(self, number: int) -> str:
        """Another page of the same results."""
        return search_address(replace(self.request, page=number))

    def sections(self, kinds: Iterable[str]) -> str:
        """The same search in these kinds of section; no kinds means all."""
        return search_address(replace(self.request, sections=tuple(kinds), page=1))

    def all_sections(self) -> str:
        """The same search without any filter."""
        return search_address(replace(self.request, sections=(), classes=(), page=1))

    def without(self, note: str) -> str:
        """The same search with what one note did switched off; `note` is the id of the note."""
        return search_address(replace(self.request, without=(*self.request.without, note), page=1))

    def with_everything(self) -> str:
        """The same search with nothing switched off."""
        return search_address(replace(self.request, without=(), page=1))

    def symptom(self, role: str = "", sort: str = "") -> str:
        """The overview of the searched finding: all monographs that mention it, or those that do in one role, sorted."""
        base = search_address(replace(self.request, sections=(), classes=(), page=1), "overview.symptom")
        arguments = {name: value for name, value in (("as", role), ("sort", sort)) if value}
        return f"{base}&{urlencode(arguments)}" if arguments else base

    def csv(self) -> str:
        """All hits of this search as CSV."""
        return search_address(replace(self.request, page=1), "spreadsheet.search_csv")

    def text(self, text: str) -> str:
        """A search for another text without filters, as a note or the advice on no results offers it."""
        return search_address(SearchRequest(text=text, exact=self.request.exact, max_chars=max(1, len(text))))

    def filters(self, result: ResultPage) -> list[Filter]:
        """The kinds of section that a result can be limited to."""
        return section_filters(self.request, result)

    def class_filters(self, result: ResultPage) -> list[ClassFilter]:
        """The drug classes that a result can be limited to."""
        return class_filters(self.request, result)
