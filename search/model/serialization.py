"""Results → the JSON objects of docs/query-language.md, key for key. Works on the fields of any frozen value, and knows none.

The address of a monograph is made by a function that the caller hands over; the default one is that of our own pages.
"""

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from typing import Any
from urllib.parse import quote

from search.model.kinds import KIND_LABELS

UrlFor = Callable[[str, str | None], str]
"""Makes the address of (monograph id, anchor of a section or None)."""


def monograph_url(identifier: str, anchor: str | None = None) -> str:
    """The default address of a monograph, or of a section on it: `/m/{quoted id}#anchor`."""
    return f"/m/{quote(identifier)}" + (f"#{anchor}" if anchor else "")


def page_object(page: Any, url_for: UrlFor) -> dict[str, Any]:
    """A `ResultPage` as its JSON object.

    Args:
        page: the page of results.
        url_for: makes the addresses of items and sections.
    """
    return {
        "query": _query_object(page.request),
        "notes": [note_object(note) for note in page.notes],
        "finding": plain(page.finding),
        "total": {"monographs": page.total_monographs, "sections": page.total_sections},
        "pages": page.pages,
        "section_counts": [
            {"kind": count.kind, "label": KIND_LABELS[count.kind], **_without(plain(count), "kind")}
            for count in page.section_counts
        ],
        "items": [_item_object(plain(item), url_for) for item in page.items],
        "related": [_item_object(plain(item), url_for) for item in page.related],
        "generation": page.generation,
    }


def note_object(note: Any) -> dict[str, Any]:
    """A `Note` as its JSON object; `searched` and `options` only where they apply."""
    return {key: value for key, value in plain(note).items() if value is not None}


def plain(value: Any) -> Any:
    """A value as JSON has it: dataclasses as objects, tuples as lists, so that it equals what a JSON reader gets back.

    >>> plain((1, ("a", None)))
    [1, ['a', None]]
    """
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return {name: plain(getattr(value, name)) for name in _field_names(value.__class__)}


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass, in their order."""
    return tuple(field.name for field in fields(kind))


def _query_object(request: Any) -> dict[str, Any]:
    """What was asked; `classes` only where some were chosen."""
    query = {key: plain(getattr(request, key)) for key in ("text", "sections", "exact", "without", "page")}
    return query | ({"classes": plain(request.classes)} if request.classes else {})


def _item_object(hit: dict[str, Any], url_for: UrlFor) -> dict[str, Any]:
    """A monograph and its sections with their addresses; `status_line` is for reading, and no part of the JSON."""
    item = _without(hit, "status_line")
    identifier = item["id"]
    item["sections"] = [
        _with_url(section, after="heading_matches", url=url_for(identifier, section["anchor"]))
        for section in item["sections"]
    ]
    return _with_url(item, after="ingredients", url=url_for(identifier, None))


def _with_url(values: dict[str, Any], *, after: str, url: str) -> dict[str, Any]:
    """The values with `url` behind a key: keys stand in the order of docs/query-language.md."""
    ordered: dict[str, Any] = {}
    for key, value in values.items():
        ordered[key] = value
        if key == after:
            ordered["url"] = url
    return ordered


def _without(values: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != key}
