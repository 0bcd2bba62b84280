"""What sections say of what was asked: the roles of its statements, for words, phrases and several needs."""

from collections import defaultdict
from pathlib import Path

from search import SearchEngine, SearchRequest, read_corpus
from search.analysis import analyse, stem
from search.index.words import searched_texts
from search.statements.roles import heading_role, role_ranges
from tests.support.builders import engine_over, monograph


def _roles(engine: SearchEngine, query: str) -> dict[str, tuple[str, ...]]:
    return {row.title: row.roles for row in engine.overview(SearchRequest(query))}


def test_the_roles_of_a_word_are_those_of_the_statements_it_stands_in(
    engine: SearchEngine, fixture_corpus: Path
) -> None:
    """In every section, for every word: the arrays hold what the statements of its headings and text say."""
    postings = engine.snapshot().postings
    expected: dict[tuple[str, int], int] = defaultdict(int)
    number = 0
    for page in sorted(read_corpus(fixture_corpus), key=lambda page: page.id):
        for section in page.sections:
            _, headings, text = searched_texts(page, section)
            said = [
                (token[0], heading_role(section.kind, section.heading, section.text)) for token in analyse(headings)
            ]
            ranges = role_ranges(section.kind, section.heading, section.text)
            for surface, _, start, *_ in analyse(text):
                said.append((surface, next(role for begin, end, role in ranges if begin <= start < end)))
            for surface, role in said:
                expected[stem(surface), number] |= role
            number += 1
    space = postings.by_stem
    for term, word in enumerate(postings.stems):
        sections = space.postings(term)[0].tolist()
        assert space.roles_of(term).tolist() == [expected[word, section] for section in sections], word


def test_a_phrase_has_the_roles_of_all_its_words(tmp_path: Path) -> None:
    """A section that causes one word and treats the other says neither of the phrase, and where the words stand apart it says nothing."""
    engine = engine_over(
        tmp_path,
        monograph("Apart", ("side-effects", "Side effects", "Blurred words. Low mood; vision is clear.")),
        monograph("Cause", ("side-effects", "Side effects", "Blurred vision.")),
    )
    assert _roles(engine, "blurred vision")["Cause"] == ("causes",)
    assert "causes" not in _roles(engine, '"blurred vision"').get("Apart", ())


def test_a_phrase_has_the_role_of_the_place_where_it_stands(tmp_path: Path) -> None:
    """Its words have other roles elsewhere in the section, which are not the phrase's."""
    text = "Heart failure: treats it.\nKidney stones: prevents them.\nDo not use in kidney failure."
    engine = engine_over(tmp_path, monograph("Thiazide", ("uses", "Usage", text)))
    assert _roles(engine, "kidney failure") == {"Thiazide": ("do-not-use",)}
    assert _roles(engine, "heart failure") == {"Thiazide": ("treats",)}


def test_a_synonym_has_the_role_of_its_own_statement(tmp_path: Path) -> None:
    """What was typed and another word for it count together, each where it stands."""
    engine = engine_over(
        tmp_path,
        monograph("Itchy", ("side-effects", "Side effects", "Itching."), ("uses", "Usage", "Pain.")),
        monograph("Relief", ("uses", "Usage", "Pruritus.")),
    )
    assert _roles(engine, "itching") == {"Itchy": ("causes",), "Relief": ("treats",)}


def test_several_needs_share_a_role_or_have_none(tmp_path: Path) -> None:
    """Two things asked together have the roles that a section gives to both."""
    engine = engine_over(
        tmp_path,
        monograph("Both", ("side-effects", "Side effects", "Nausea, cough.")),
        monograph("Either", ("uses", "Usage", "Used for cough. Can cause nausea.")),
    )
    assert _roles(engine, "nausea cough") == {"Both": ("causes",), "Either": ("mentions",)}
