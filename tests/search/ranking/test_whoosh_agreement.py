"""Our BM25F beside Whoosh's own, on the same sections: where they differ, and why.

Whoosh 2.7.4 scores each field of a word on its own and adds the results; ours adds the fields first and saturates once (the
BM25F of the literature). Its idf is ln(N / (n + 1)) + 1 by field, ours ln(1 + (N − n + ½)/(n + ½)) over all fields; and it keeps a
field's length in one byte. With one field, only the idf and
that byte are left.
"""

import math
from pathlib import Path

import pytest
from whoosh import index, query, scoring
from whoosh.util.numeric import byte_to_length, length_to_byte

from benchmarks.documents import documents_of
from benchmarks.queries import BenchQuery
from benchmarks.rivals import Document
from benchmarks.rivals.whoosh_engine import WhooshSearcher
from search.analysis.stemming import stem
from search.engine.engine import SearchEngine
from search.model import KINDS, SearchRequest
from search.weights import FIELD_B, K1
from tests.support.builders import engine_over, seeded_monographs

MADE = seeded_monographs(seed=3, count=30)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    """Ours."""
    return engine_over(tmp_path_factory.mktemp("ours"), *MADE)


@pytest.fixture(scope="module")
def whoosh(tmp_path_factory: pytest.TempPathFactory) -> WhooshSearcher:
    """Whoosh's own searcher over the same sections, with stems as terms."""
    searcher = WhooshSearcher()
    searcher.build(documents_of(MADE), tmp_path_factory.mktemp("whoosh"))
    return searcher


@pytest.mark.parametrize(
    "words", [("nausea",), ("nausea", "vomiting"), ("liver", "pain", "dose"), ("hemorrhage",), ("low",)]
)
def test_the_same_sections_match(engine: SearchEngine, whoosh: WhooshSearcher, words: tuple[str, ...]) -> None:
    """Words match the same sections, with the same counts by kind, in both; synonyms apart, which Whoosh has none of."""
    page = engine.search(SearchRequest(" ".join(words), exact=True))
    theirs = whoosh.page(BenchQuery("words", " ".join(words), words))
    assert page.total_sections == theirs.sections
    assert page.total_monographs == theirs.monographs
    assert {KINDS.index(count.kind): count.sections for count in page.section_counts} == theirs.counts


@pytest.mark.parametrize("word", ["nausea", "rash", "bleeding"])
def test_with_one_field_only_idf_and_length_differ(tmp_path: Path, engine: SearchEngine, word: str) -> None:
    """For a word of one field, Whoosh's score is ours with its own idf and with the length that its byte holds: nothing else."""
    snapshot = engine._current()
    texts = [snapshot.section(number).text for number in range(snapshot.postings.section_total)]
    places = [snapshot.postings.text_occurrences(number) for number in range(snapshot.postings.section_total)]
    WhooshSearcher().build((Document(n, 0, 0, "", "", text) for n, text in enumerate(texts)), tmp_path)
    with index.open_dir(str(tmp_path)).searcher(weighting=scoring.BM25F(B=FIELD_B[2], K1=K1)) as theirs:
        found = {hit.docnum: hit.score for hit in theirs.search(query.Term("text", stem(word)), limit=None)}
    assert set(found) == {n for n, tokens in enumerate(places) if any(stem(t[0]) == stem(word) for t in tokens)}
    mean = sum(map(len, places)) / len(places)
    idf = math.log(len(texts) / (len(found) + 1)) + 1
    for section, score in found.items():
        frequency = sum(stem(token[0]) == stem(word) for token in places[section])
        length = byte_to_length(length_to_byte(len(places[section])))
        norm = 1 - FIELD_B[2] + FIELD_B[2] * length / mean
        assert score == pytest.approx(idf * frequency * (K1 + 1) / (frequency + K1 * norm), rel=1e-4)
