"""Lists all monographs, and those related to one: of the same class, or with a name that looks alike. Knows nothing of queries."""

from typing import Final

from search.analysis import term_key
from search.engine.snapshot import Snapshot
from search.model import BrowseItem, LookAlike, Near

MOST_NEAR: Final = 12
"""Pages of the same class that a monograph page lists; the rest are behind its class."""


def listing(snapshot: Snapshot) -> tuple[BrowseItem, ...]:
    """Every monograph, by title; ties by id."""
    items = (_item(number, snapshot) for number in range(len(snapshot.monographs)))
    return tuple(sorted(items, key=lambda item: (item.title.casefold(), item.id)))


def near(number: int, snapshot: Snapshot) -> Near:
    """Other pages of its class (at most `MOST_NEAR`, single drugs first) and the names it is easily confused with."""
    title = snapshot.monographs[number].title
    drug_class = snapshot.summary(number).drug_class
    members = (
        n for n in range(len(snapshot.monographs)) if n != number and snapshot.summary(n).drug_class == drug_class
    )
    others = [_item(n, snapshot) for n in members] if drug_class else []
    others.sort(key=lambda item: (" + " in item.title, item.title.casefold(), item.id))
    partners = snapshot.lookalikes.partners(snapshot.names.drug(term_key(title), title))
    confused = tuple(_look_alike(partner.name, snapshot) for partner in partners)
    return Near(drug_class, tuple(others[:MOST_NEAR]), len(others), confused)


def _item(number: int, snapshot: Snapshot) -> BrowseItem:
    monograph, summary = snapshot.monographs[number], snapshot.summary(number)
    return BrowseItem(monograph.id, monograph.title, summary.drug_class, summary.status)


def _look_alike(name: str, snapshot: Snapshot) -> LookAlike:
    pages = sorted(snapshot.names.drug(term_key(name), name).pages)
    return LookAlike(snapshot.lookalikes.described(name), snapshot.monographs[pages[0]].id if pages else None)
