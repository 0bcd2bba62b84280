"""The query language: any text is a query, and a few marks mean more."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.errors import QueryError
from search.model import MAX_QUERY_CHARS, SearchRequest
from search.query.parser import MAX_TERM_CHARS, MAX_TERMS, parse_query

anything = st.text(max_size=MAX_QUERY_CHARS) | st.text(alphabet='ab1 "-*:“”.\n()section:drug', max_size=MAX_QUERY_CHARS)


@settings(max_examples=500)
@given(anything)
def test_any_text_is_a_query(text: str) -> None:
    """Nothing raises, and the work a query can ask for is bounded."""
    query = parse_query(text)
    assert len(query.terms) <= MAX_TERMS
    assert len(query.excluded) <= MAX_TERMS
    assert len(query.drugs) <= MAX_TERMS
    for term in (*query.terms, *query.excluded, *query.drugs):
        assert 0 < len(term.surfaces) == len(term.positions) <= MAX_QUERY_CHARS
        assert term.quoted or len(term.typed) <= MAX_TERM_CHARS


@settings(max_examples=200)
@given(st.lists(st.sampled_from(["pain", "fever", "rash", "nausea", "liver"]), max_size=8))
def test_words_are_terms(words: list[str]) -> None:
    """Plain words are terms in the order typed, each once."""
    assert [term.surfaces[0] for term in parse_query(" ".join(words)).terms] == list(dict.fromkeys(words))


@pytest.mark.parametrize(
    ("text", "terms", "excluded", "drugs", "sections"),
    [
        ('"low calcium"', [("low", "calcium")], [], [], []),
        ("“low calcium”", [("low", "calcium")], [], [], []),
        ("nausea -vomiting", [("nausea",)], [("vomiting",)], [], []),
        ('nausea -"weight gain"', [("nausea",)], [("weight", "gain")], [], []),
        ("rash section:side-effects SECTION:faqs", [("rash",)], [], [], ["side-effects", "faqs"]),
        ('pain drug:"folic acid" drug:iron', [("pain",)], [], [("folic", "acid"), ("iron",)], []),
        ("hypo*", [("hypo",)], [], [], []),
        ("section:foo", [("section",), ("foo",)], [], [], []),
        ("pain - fever", [("pain",), ("fever",)], [], [], []),
        ("hy* *", [("hy",)], [], [], []),
        ("*", [], [], [], []),
        ('AND ( "', [("and",)], [], [], []),
        ("pain/fever", [("pain",), ("fever",)], [], [], []),
        ("anti-inflammatory", [("anti", "inflammatory")], [], [], []),
        ("vitamin D deficiency", [("vitamin", "d"), ("deficiency",)], [], [], []),
        ("drug: pain", [("drug",), ("pain",)], [], [], []),
    ],
)
def test_marks(
    text: str, terms: list[object], excluded: list[object], drugs: list[object], sections: list[str]
) -> None:
    """Each mark means what docs/query-language.md says, and everything else is literal."""
    query = parse_query(text)
    assert [term.surfaces for term in query.terms] == terms
    assert [term.surfaces for term in query.excluded] == excluded
    assert [term.surfaces for term in query.drugs] == drugs
    assert list(query.sections) == sections


def test_too_many_terms_are_said() -> None:
    """Terms beyond the limit are left out and named; exclusions and filters after them are still read."""
    query = parse_query(" ".join(f"w{n}x" for n in range(40)) + " -rash section:faqs")
    assert len(query.terms) == MAX_TERMS
    assert query.ignored == tuple(f"w{n}x" for n in range(32, 40))
    assert query.excluded
    assert query.sections == ("faqs",)


def test_a_long_term_is_left_out() -> None:
    """A term of over 64 characters is left out and named."""
    assert parse_query("rash " + "x" * 65).ignored == ("x" * 65,)


def test_requests_check_themselves() -> None:
    """Text over 200 code points, an unknown section and a page below 1 are refused, each with its reason."""
    assert SearchRequest("é" * 200).text == "é" * 200
    with pytest.raises(QueryError, match="201 characters"):
        SearchRequest("x" * 201)
    with pytest.raises(QueryError, match="'foo'"):
        SearchRequest("x", sections=("foo",))
    with pytest.raises(QueryError, match="page 0"):
        SearchRequest("x", page=0)
