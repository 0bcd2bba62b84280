"""The filters beside a list of results: by kind of section and by drug class, each with its count and its address.

Knows nothing of how they are drawn.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from search import KINDS, ClassCount, ResultPage, SearchRequest
from web.links import search_address


@dataclass(frozen=True, slots=True)
class Filter:
    """A kind of section: how many sections and monographs it would leave, and the address that chooses or drops it."""

    kind: str
    sections: int
    monographs: int
    chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class ClassFilter:
    """A drug class: how many monographs it would leave, and the address that chooses or drops it."""

    name: str
    monographs: int
    chosen: bool
    address: str


def section_filters(request: SearchRequest, result: ResultPage) -> list[Filter]:
    """A filter for each kind of section that has hits, and for those that are chosen though they have none."""
    counts = {count.kind: count for count in result.section_counts}
    chosen = request.sections
    return [
        Filter(
            kind=kind,
            sections=counts[kind].sections if kind in counts else 0,
            monographs=counts[kind].monographs if kind in counts else 0,
            chosen=kind in chosen,
            address=_address_with_kind(request, kind),
        )
        for kind in KINDS
        if kind in counts or kind in chosen
    ]


def class_filters(request: SearchRequest, result: ResultPage) -> list[ClassFilter]:
    """A filter for each of the largest drug classes, and for those that are chosen; none where there is no choice.

    Names of classes are compared without regard to case; one that is chosen may stand in the address in any case.
    """
    chosen = {name.casefold(): name for name in request.classes}
    if len(result.class_counts) < 2 and not chosen:
        return []
    counts = {count.name.casefold(): count for count in result.class_counts}
    return [
        ClassFilter(
            name=name,
            monographs=counts[key].monographs if key in counts else 0,
            chosen=key in chosen,
            address=_address_with_class(request, key, name),
        )
        for key, name in _class_names(result.class_counts, counts, chosen).items()
    ]


def _class_names(
    largest_first: Sequence[ClassCount], counts: Mapping[str, ClassCount], chosen: Mapping[str, str]
) -> dict[str, str]:
    """Name in lower case → name, in the order of the filters: classes of several monographs, then what else is chosen."""
    shown = [count for count in largest_first if count.monographs > 1]
    shown += [counts[key] for key in chosen if key in counts]
    without_hits = {key: name for key, name in chosen.items() if key not in counts}
    return {count.name.casefold(): count.name for count in shown} | without_hits


def _address_with_kind(request: SearchRequest, kind: str) -> str:
    """The same search with a kind of section chosen, or dropped if it was chosen."""
    kinds = tuple(other for other in KINDS if (other in request.sections) != (other == kind))
    return search_address(replace(request, sections=kinds, page=1))


def _address_with_class(request: SearchRequest, key: str, name: str) -> str:
    """The same search with a drug class chosen, or dropped if it was chosen; `key` is its name in lower case."""
    others = tuple(other for other in request.classes if other.casefold() != key)
    was_chosen = len(others) < len(request.classes)
    return search_address(replace(request, classes=others if was_chosen else (*others, name), page=1))
