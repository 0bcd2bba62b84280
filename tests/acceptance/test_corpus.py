"""The starter corpus: 200 pages and more, each complete, none repeating another, and what must be said is said."""

import re

import pytest

from search.tables import Row, read_file
from tests.corpus_rules import Page, amiss, read_pages, repeated, shared_names
from tests.support.paths import DATA

MUST_SAY = list(read_file(DATA / "corpus_must_say.tsv", ("page", "fact", "patterns")))
PAGES = {f"{page.path.parent.name}/{page.path.stem}": page for page in read_pages()}
ALWAYS = """
    acetylcysteine adrenaline amiodarone amlodipine amoxicillin amoxicillin-clavulanic-acid apixaban aspirin atorvastatin bisoprolol
    ciprofloxacin clozapine denosumab digoxin enoxaparin flumazenil furosemide gentamicin human-insulin hydralazine hydroxyzine ibuprofen
    insulin-glargine levothyroxine lithium metformin methotrexate morphine naloxone omeprazole paracetamol piperacillin-tazobactam
    potassium-chloride prednisolone prednisone ramipril salbutamol sertraline spironolactone valproate vinblastine vincristine warfarin
""".split()


def test_enough_pages() -> None:
    """Two hundred pages and more, among them those that staff look up first."""
    assert len(PAGES) >= 200
    assert {f"{name[0]}/{name}" for name in ALWAYS} <= PAGES.keys()


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_page(page: Page) -> None:
    """Front matter, labels, length, questions and what each page must state are there; no doses, no frequencies without a source."""
    assert list(amiss(page)) == []


@pytest.mark.parametrize("row", MUST_SAY, ids=[f"{row['page']}-{row['fact']}" for row in MUST_SAY])
def test_must_say(row: Row) -> None:
    """A fact that can kill when it is missing stands in one line of its page."""
    patterns = [re.compile(pattern, re.IGNORECASE) for pattern in row["patterns"].split(" & ")]
    lines = PAGES[row["page"]].body.splitlines()
    assert any(all(pattern.search(line) for pattern in patterns) for line in lines)


def test_enough_is_asked_for() -> None:
    """At least 60 drug–fact rows, none twice."""
    facts = [(row["page"], row["fact"]) for row in MUST_SAY]
    assert len(set(facts)) == len(facts) >= 60


def test_a_name_belongs_to_one_page() -> None:
    """No title, brand or alias is claimed by two pages, unless its brand is marked as shared."""
    assert list(shared_names(PAGES.values())) == []


def test_nothing_is_pasted() -> None:
    """No sentence stands on more than ten pages, and no long one on two, outside Disclaimer and Note."""
    assert list(repeated(PAGES.values())) == []
