"""Results → the JSON objects of docs/query-language.md, key for key. Works on plain data alone, so it knows none of the values.

The address of a monograph is made by a function that the caller hands over; the default one is that of our own pages.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from search.model.kinds import KIND_LABELS

UrlFor = Callable[[str, str | None], str]
"""Makes the address of (monograph id, anchor of a section or None)."""


def monograph_url(identifier: str, anchor: str | None = None) -> str:
    """The default address of a monograph, or of a section on it: `/m/{quoted id}#anchor`."""
    return f"/m/{quote(identifier)}" + (f"#{anchor}" if anchor else "")


def page_object(page: dict[str, Any], url_for: UrlFor) -> dict[str, Any]:
    """A page of results as its JSON object.

    Args:
        page: `dataclasses.asdict` of a `ResultPage`.
        url_for: makes the addresses of items and sections.
    """
    return {
        "query": _query_object(page["request"]),
        "notes": [note_object(note) for note in page["notes"]],
        "total": {"monographs": page["total_monographs"], "sections": page["total_sections"]},
        "pages": page["pages"],
        "section_counts": [
            {"kind": count["kind"], "label": KIND_LABELS[count["kind"]], **_without(count, "kind")}
            for count in page["section_counts"]
        ],
        "items": [_item_object(item, url_for) for item in page["items"]],
        "related": [_item_object(item, url_for) for item in page["related"]],
        "generation": page["generation"],
    }


def note_object(note: dict[str, Any]) -> dict[str, Any]:
    """A note as its JSON object; `searched` and `options` only where they apply."""
    return {key: plain(value) for key, value in note.items() if value is not None}


def plain(value: Any) -> Any:
    """Tuples as lists, so that the object equals what a JSON reader gets back."""
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return value


def _query_object(request: dict[str, Any]) -> dict[str, Any]:
    """What was asked; `classes` only where some were chosen."""
    query = {key: plain(request[key]) for key in ("text", "sections", "exact", "without", "page")}
    return query | ({"classes": plain(request["classes"])} if request["classes"] else {})


def _item_object(hit: dict[str, Any], url_for: UrlFor) -> dict[str, Any]:
    item: dict[str, Any] = plain(_without(hit, "status_line"))
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
