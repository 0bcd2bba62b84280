"""All monographs as a list, and those that stand near one: the same class, a name that looks alike. Knows nothing of queries."""

from typing import Final

from search.analysis import term_key
from search.engine.snapshot import Snapshot
from search.model import BrowseItem, LookAlike, Near

MOST_NEAR: Final = 12
"""Pages of the same class that a monograph page lists; the rest are behind its class."""


def listing(opened: Snapshot) -> tuple[BrowseItem, ...]:
    """Every monograph, by title; ties by id."""
    items = (_item(number, opened) for number in range(len(opened.records)))
    return tuple(sorted(items, key=lambda item: (item.title.casefold(), item.id)))


def near(number: int, opened: Snapshot) -> Near:
    """Other pages of the class of a monograph, single drugs first, and what its name is easily taken for."""
    title = opened.records[number]["title"]
    drug_class = opened.about(number).drug_class
    members = (n for n in range(len(opened.records)) if n != number and opened.about(n).drug_class == drug_class)
    others = [_item(n, opened) for n in members] if drug_class else []
    others.sort(key=lambda item: (" + " in item.title, item.title.casefold(), item.id))
    partners = opened.lookalikes.partners(opened.names.drug(term_key(title), title))
    confused = tuple(_look_alike(partner.name, opened) for partner in partners)
    return Near(drug_class, tuple(others[:MOST_NEAR]), len(others), confused)


def _item(number: int, opened: Snapshot) -> BrowseItem:
    record, about = opened.records[number], opened.about(number)
    return BrowseItem(record["id"], record["title"], about.drug_class, about.status)


def _look_alike(name: str, opened: Snapshot) -> LookAlike:
    pages = sorted(opened.names.drug(term_key(name), name).pages)
    return LookAlike(opened.lookalikes.described(name), opened.records[pages[0]]["id"] if pages else None)
