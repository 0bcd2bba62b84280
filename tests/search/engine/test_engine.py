"""The engine: answers through rebuilds, on any text, with bounded work, and says when there is no index."""

import threading
from pathlib import Path

import pytest

from search.engine.engine import SearchEngine
from search.errors import IndexMissingError
from search.index import format as program
from search.index.build import build_index
from search.index.format import fingerprint
from search.index.postings import TermSpace
from search.model import MAX_QUERY_CHARS, SearchRequest
from search.query import planner
from search.query.parser import MAX_TERMS
from search.query.planner import MAX_PREFIX_TERMS
from search.ranking.matches import NO_MATCHES
from search.ranking.sorted_arrays import rows_of
from tests.support.builders import engine_over, monograph
from tests.support.hostile_texts import HOSTILE, random_texts


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    """Six drugs with sections that share words."""
    pages = [
        monograph(
            name,
            ("side-effects", "Side Effects", "Nausea, vomiting, low blood calcium. " * (number + 1)),
            ("faqs", "What if I miss a dose?", "Take it as soon as you remember. Abcde abcdf abcdg."),
        )
        for number, name in enumerate(
            ("Abacavir", "Bisoprolol", "Codeine", "Digoxin", "Codeine + Aspirin", "Folic Acid")
        )
    ]
    return engine_over(tmp_path_factory.mktemp("index"), *pages)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_answered(engine: SearchEngine, text: str) -> None:
    """Known hostile texts are searched like any other, and none matches everything."""
    page = engine.search(SearchRequest(text))
    assert page.total_sections < 12
    page.to_dict()


def test_ten_thousand_random_texts(engine: SearchEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of 10,000 random texts is answered, and what it makes the engine do is bounded by construction.

    At most 32 terms, 64 surfaces a prefix, and each list of postings read a bounded number of times.
    """
    touched = 0
    original = TermSpace.postings

    def counting(self: TermSpace, term: int) -> object:
        nonlocal touched
        touched += 1
        return original(self, term)

    monkeypatch.setattr(TermSpace, "postings", counting)
    assert planner.MAX_PREFIX_TERMS is MAX_PREFIX_TERMS
    # A phrase reads each of its words' lists at most four times: to intersect, to place, and to weigh, in two tiers.
    most = MAX_TERMS * max(MAX_PREFIX_TERMS * 3, MAX_QUERY_CHARS * 4)
    for text in random_texts(10_000):
        touched = 0
        engine.search(SearchRequest(text)).to_dict()
        assert touched <= most


def test_a_prefix_is_bounded(engine: SearchEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit the most frequent words of a prefix are searched, and a note says so."""
    monkeypatch.setattr(planner, "MAX_PREFIX_TERMS", 2)
    page = engine.search(SearchRequest("abc*"))
    assert [note.kind for note in page.notes] == ["ignored"]
    assert "3 words begin with abc" in page.notes[0].message


def test_many_prefixes_share_what_a_few_may_have(engine: SearchEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four prefixes have the full number of words each; eight have half of it, and a note says so."""
    monkeypatch.setattr(planner, "MAX_PREFIX_TERMS", 4)
    four = "abc* cod* nau* vom*"
    assert "ignored" not in {note.kind for note in engine.search(SearchRequest(four)).notes}
    eight = engine.search(SearchRequest(f"{four} pai* pre* sid* usa*"))
    assert next(n.message for n in eight.notes if n.kind == "ignored").startswith("3 words begin with abc")


def test_no_index_is_said(tmp_path: Path) -> None:
    """Without an index each call says what to run; the same engine works once there is one."""
    engine = SearchEngine(tmp_path)
    with pytest.raises(IndexMissingError, match="monograph-search index"):
        engine.search(SearchRequest("x"))
    build_index([monograph("Aspirin", ("uses", "Uses", "Pain."))], tmp_path)
    assert engine.search(SearchRequest("pain")).total_sections == 1


def test_an_index_is_of_the_program_that_began_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fingerprint is read before the pages are: an upgrade during a build cannot pass its index off as the new program's."""
    fingerprint.cache_clear()

    def upgraded(_page: object) -> None:
        monkeypatch.setattr(program, "files", lambda _package: tmp_path)

    build_index([monograph("Aspirin", ("uses", "Uses", "Pain."))], tmp_path / "index", upgraded)
    monkeypatch.undo()
    fingerprint.cache_clear()
    assert SearchEngine(tmp_path / "index").search(SearchRequest("pain")).total_sections == 1


def test_a_new_index_is_picked_up(tmp_path: Path) -> None:
    """A generation published while the engine is open answers the next request."""
    engine = engine_over(tmp_path, monograph("Aspirin", ("uses", "Uses", "Pain.")))
    assert engine.search(SearchRequest("fever")).total_sections == 0
    build_index([monograph("Aspirin", ("uses", "Uses", "Pain and fever."))], tmp_path)
    assert engine.search(SearchRequest("fever")).total_sections == 1


def test_rebuild_while_searching(tmp_path: Path) -> None:
    """Twenty rebuilds under four searching threads: no error, every answer whole, and no thread ever goes back."""

    def pages(version: int) -> list[object]:
        return [monograph(f"Drug{n}", ("uses", "Uses", f"Nausea version{version}.")) for n in range(12)]

    engine = engine_over(tmp_path, *pages(0))
    stop = threading.Event()
    failures: list[object] = []

    def search() -> None:
        last = ""
        while not stop.is_set():
            try:
                page = engine.search(SearchRequest("nausea"))
                text = {s.excerpts[0].text for item in page.items for s in item.sections}
                if page.total_monographs != 12 or len(text) != 1 or page.generation < last:
                    failures.append((page.total_monographs, text, page.generation, last))
                last = page.generation
            except Exception as error:  # noqa: BLE001 # whatever it is, it is a failure of the promise
                failures.append(error)

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    for version in range(1, 21):
        build_index(pages(version), tmp_path)
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []


def test_pages_cut_one_list(engine: SearchEngine) -> None:
    """Pages follow each other without gap or repeat; one past the end is empty."""
    small = SearchEngine(engine._index_root, page_size=2)
    whole = [item.id for item in engine.search(SearchRequest("nausea")).items]
    cut = [item.id for page in (1, 2, 3) for item in small.search(SearchRequest("nausea", page=page)).items]
    assert cut == whole
    assert small.search(SearchRequest("nausea", page=4)).items == ()
    assert small.search(SearchRequest("nausea")).pages == 3


def test_marks_of_an_opened_page(engine: SearchEngine) -> None:
    """The marks of a page are ranges of its sections' text, by anchor."""
    page = engine.monograph("c/codeine")
    assert page is not None
    marks = engine.marks("c/codeine", "vomiting")
    (ranges,) = marks.values()
    text = next(section.text for section in page.sections if section.anchor in marks)
    assert {text[start:end] for start, end, _ in ranges} == {"vomiting"}
    assert engine.marks("no/such", "vomiting") == {}
    assert engine.monograph("no/such") is None


def test_nothing_found_invents_nothing(engine: SearchEngine) -> None:
    """A word that no page holds finds nothing: no random drug."""
    page = engine.search(SearchRequest("qwzx"))
    assert (page.items, page.total_monographs, page.pages) == ((), 0, 0)


def test_matching_nothing_is_nothing() -> None:
    """Sections looked up in an empty list are not there."""
    assert rows_of(NO_MATCHES.sections, NO_MATCHES.sections).tolist() == []


def test_a_note_names_each_word_it_searched_once(tmp_path: Path) -> None:
    """Vertigo is a synonym of dizziness by two concepts, and is said once."""
    pages = [
        monograph(title, ("side-effects", "Side Effects", said))
        for title, said in (("A", "vertigo"), ("B", "dizziness"))
    ]
    (note,) = engine_over(tmp_path / "index", *pages).search(SearchRequest("dizziness")).notes
    assert note.searched is not None
    assert note.searched.count("vertigo") == 1
