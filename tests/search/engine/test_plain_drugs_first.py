"""Of one drug, for a finding: its plain page first, then pages of a strength, then combinations, then what no one makes."""

from pathlib import Path

import pytest

from search import SearchEngine, SearchRequest, build_index, read_corpus

PAGE = """---
title: {title}
generic_name: {title}
---
# {title}

{lead}

**Side Effects:**

* {effects}
"""

PAGES = {
    "n/naproxen.md": ("Naproxen", "It eases pain.", "Nausea, heartburn, drowsiness, ringing ears, swollen ankles"),
    "n/naproxen-500.md": ("Naproxen 500mg", "It eases pain.", "Heartburn"),
    "n/naproxen-esomeprazole.md": ("Naproxen + Esomeprazole", "It eases pain.", "Heartburn\n* Heartburn at night"),
    "n/naproxen-naproxen.md": ("Naproxen + Naproxen", "This combination does not exist.", "Heartburn"),
    "c/codeine.md": ("Codeine", "It eases pain.", "Constipation, nausea, heartburn, itch"),
    "c/codeine-naproxen.md": ("Codeine + Naproxen", "It eases pain.", "Heartburn"),
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    """Pages of two drugs; those that are not plain say less, so that the one word weighs more on them."""
    folder: Path = tmp_path_factory.mktemp("corpus")
    for name, (title, lead, effects) in PAGES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(PAGE.format(title=title, lead=lead, effects=effects), encoding="utf-8")
    root = tmp_path_factory.mktemp("index")
    build_index(read_corpus(folder), root)
    return SearchEngine(root)


FINDINGS = ("heartburn", "drugs that cause heartburn")


@pytest.mark.parametrize(
    ("queries", "before", "after"),
    [
        ((*FINDINGS, "naproxen heartburn"), "Naproxen", "Naproxen 500mg"),
        ((*FINDINGS, "naproxen heartburn"), "Naproxen", "Naproxen + Esomeprazole"),
        ((*FINDINGS, "naproxen heartburn"), "Naproxen", "Naproxen + Naproxen"),
        (FINDINGS, "Codeine", "Codeine + Naproxen"),
        (FINDINGS, "Naproxen 500mg", "Naproxen + Naproxen"),
        (FINDINGS, "Naproxen + Esomeprazole", "Naproxen + Naproxen"),
    ],
)
def test_the_plain_drug_stands_first(engine: SearchEngine, queries: tuple[str, ...], before: str, after: str) -> None:
    """Whoever looks for a finding meets the drug itself before what is made of it, and last what does not exist."""
    for query in queries:
        titles = [item.title for item in engine.search(SearchRequest(query)).items]
        assert titles.index(before) < titles.index(after), (query, titles)


@pytest.mark.parametrize("words", ["This combination does not exist.", "There is no such product as this."])
def test_what_does_not_exist_says_so(tmp_path: Path, words: str) -> None:
    """A page that disowns its product is marked, and is counted as no drug of the finding."""
    for title, lead in (("Unreal", words), ("Real", "It eases pain.")):
        (tmp_path / f"{title}.md").write_text(PAGE.format(title=title, lead=lead, effects="Heartburn"), "utf-8")
    build_index(read_corpus(tmp_path), tmp_path / "index")
    found = SearchEngine(tmp_path / "index").search(SearchRequest("heartburn"))
    assert [item.status for item in found.items] == [None, "no-such-product"]
    assert found.finding is not None
    assert (found.finding.causes, found.finding.no_such_product) == (1, 1)
