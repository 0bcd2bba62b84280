"""Every page and state is HTML that the standard's own algorithm reads without one complaint, and refers to nothing that is not there."""

from collections import Counter
from itertools import pairwise

import html5lib
import pytest
from flask.testing import FlaskClient

from tests.support.page import Page, page_at
from tests.support.states import PAGES

REFERRING = ("aria-labelledby", "aria-describedby", "aria-controls", "for")
"""Attributes that name elements of the same page by id."""


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_the_parser_of_the_standard_complains_of_nothing(client: FlaskClient, address: str) -> None:
    """No stray or unclosed tag, no attribute twice, nothing where it may not stand."""
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(client.get(address).text)
    assert parser.errors == []


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_every_reference_within_a_page_has_its_target(client: FlaskClient, address: str) -> None:
    """Ids are unique; labels, descriptions and links to a place on the page lead somewhere."""
    page = Page(client.get(address).text)
    ids = Counter(element.attributes["id"] for element in page.elements if "id" in element.attributes)
    assert [name for name, count in ids.items() if count > 1] == []
    named = {name for element in page.elements for key in REFERRING for name in element.attributes.get(key, "").split()}
    places = {
        address.removeprefix("#")
        for link in page.all("a")
        if (address := link.attributes.get("href", "")).startswith("#")
    }
    assert (named | places) - set(ids) == set()


def test_a_fault_is_seen() -> None:
    """The two tests above can fail."""
    parser = html5lib.HTMLParser(strict=False)
    parser.parse("<!DOCTYPE html><title>x</title><p><div></p>")
    assert parser.errors


@pytest.mark.parametrize(
    "address", ["/", "/search?q=nausea", "/search?q=qwzx", "/m/d/denosumab?q=calcium", "/help", "/nothing"]
)
def test_headings_are_in_order_and_ids_are_ours(client: FlaskClient, address: str) -> None:
    """One h1, no level skipped, a skip link, every id unique and ours but for the anchors of sections."""
    page = Page(client.get(address).text)
    levels = [int(e.tag[1]) for e in page.elements if e.tag in ("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    anchors = {e.attributes["id"] for e in page.all("section", class_="ui-section")}
    assert all(identifier.startswith("ui-") for identifier in set(ids) - anchors)
    assert page.one("a", class_="ui-skip").attributes["href"] == "#ui-main"


def test_every_control_has_a_label(client: FlaskClient) -> None:
    """Inputs are labelled by `for` or stand inside their label."""
    page = page_at(client, "/search?q=nausea")
    labelled = {label.attributes["for"] for label in page.all("label") if "for" in label.attributes}
    for control in (e for e in page.all("input") if e.attributes.get("type") != "hidden"):
        assert control.attributes.get("id") in labelled or "label" in control.inside
