"""Every page and state is HTML that the standard's own algorithm reads without one complaint, and refers to nothing that is not there."""

from collections import Counter

import html5lib
import pytest
from flask.testing import FlaskClient

from tests.support.page import Page
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
