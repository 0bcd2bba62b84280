"""Labels and queries by readers are whole: pages and quotes are there, roles and checks are known, halves are of a size."""

import pytest

from benchmarks.roles import COLUMNS, LABELS, PUT_ASIDE, ROLES, read_labels
from benchmarks.staff_queries import _CHECKS, read_queries
from search import read_corpus
from search.model import Monograph
from search.tables import Row, read_file
from tests.support.paths import MONOGRAPHS, ROOT, needs_shared


def _plain(text: str) -> str:
    return " ".join(text.replace("*", "").replace("_", "").split()).lower()


@pytest.fixture(scope="module")
def starter() -> dict[str, Monograph]:
    """The starter monographs by id."""
    return {monograph.id: monograph for monograph in read_corpus(ROOT / "corpus")}


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """The rows of the labels."""
    return list(read_file(LABELS, COLUMNS))


def test_labels_of_starter_pages_are_quoted(starter: dict[str, Monograph], rows: list[Row]) -> None:
    """Each quote stands on its page, in its words; a page that is edited voids no label that is still true."""
    missing = []
    for row in rows:
        if row["corpus"] == "starter":
            page = " ".join(f"{section.heading} {section.text}" for section in starter[row["page"]].sections)
            missing += [] if _plain(row["quote"]) in _plain(page) else [f"{row['page']}: {row['quote']}"]
    assert missing == []


@needs_shared
def test_labels_of_shared_pages_have_their_place(rows: list[Row]) -> None:
    """Each range lies in the text of its section."""
    texts = {(page.id, section.anchor): section.text for page in read_corpus(MONOGRAPHS) for section in page.sections}
    for row in rows:
        if row["corpus"] == "shared":
            assert 0 <= int(row["start"]) < int(row["end"]) <= len(texts[row["page"], row["anchor"]]), row["page"]


def test_there_are_enough_labels(rows: list[Row]) -> None:
    """900 and more, of every role; those put aside are on pages of their own."""
    assert len(rows) >= 900
    assert {row["role"] for row in rows} == {*ROLES, "mentions"}
    assert len({(row["page"], row["finding"]) for row in rows if row["source"] == PUT_ASIDE}) >= 450
    made_on, aside = read_labels(put_aside=False), read_labels(put_aside=True)
    assert {key[:2] for key in made_on}.isdisjoint(key[:2] for key in aside)


def test_queries_check_what_there_is(starter: dict[str, Monograph]) -> None:
    """600 and more, 300 of them put aside; every check is known, and names titles of pages."""
    titles = {monograph.title for monograph in starter.values()}
    queries = read_queries()
    assert len(queries) >= 600
    assert sum(asked.is_put_aside for asked in queries) >= 300
    for asked in queries:
        for check in asked.checks:
            kind, _, value = check.partition("=")
            assert kind in _CHECKS, asked.id
            named = {"before": value.split(">"), "shows": [value.partition(":")[0]], "role": [value.rpartition(":")[0]]}
            expected = named.get(kind, value.split("|") if kind not in ("says", "asks", "nothing") else [])
            assert set(expected) <= titles, asked.id
