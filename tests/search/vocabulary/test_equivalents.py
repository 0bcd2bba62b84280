"""Equivalents mean the same: whichever name of a finding is typed, the same sections of the starter pages meet it as a whole.

Words that stand apart (tier `scattered`) differ from name to name, so they are left out.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator

from search import SearchEngine
from search.analysis import denials, term_key
from search.engine.answering import plan_of
from search.engine.engine import thesaurus
from search.engine.snapshot import Snapshot
from search.query import Switches, SynonymsSearched, parse_query
from search.ranking.matching import match
from search.vocabulary.concepts import Term

VOCABULARY = thesaurus(None).vocabulary
FINDINGS = [term for term in VOCABULARY.terms if term.kind == "finding"]


def is_read_whole(name: str) -> bool:
    """Whether a query of this name is one entity: the parser keeps a word that is typed twice once, and reads a denial as one."""
    key = term_key(name)
    return len(set(key)) == len(key) and not {*denials(), "non"}.intersection(key)


def sections_of(name: str, snapshot: Snapshot) -> frozenset[int]:
    """The sections that meet a query of this name by a whole name."""
    plan = plan_of(parse_query(name), snapshot, Switches())
    found: list[set[int]] = []
    for need in plan.required:
        whole = (one.matcher for one in need.alternatives if one.tier != "scattered")
        found.append({number for matcher in whole for number in match(matcher, snapshot.postings).sections.tolist()})
    return frozenset(set.intersection(*found)) if found else frozenset()


def differing(terms: list[Term], snapshot: Snapshot) -> Iterator[str]:
    """Of each term whose names do not find the same: the names, by how much they find."""
    for term in terms:
        by_found: dict[frozenset[int], list[str]] = defaultdict(list)
        for name in filter(is_read_whole, term.names):
            by_found[sections_of(name, snapshot)].append(name)
        if len(by_found) > 1:
            yield f"{term.name}: " + "; ".join(f"{len(found)} by {names}" for found, names in by_found.items())


def test_every_name_of_a_finding_finds_the_same(engine_of: Callable[[str], SearchEngine]) -> None:
    """All pairs of names of all findings; those with a guard are below."""
    assert list(differing([term for term in FINDINGS if not term.guard], engine_of("starter").snapshot())) == []


def test_a_guard_holds_for_the_name_that_is_typed(engine_of: Callable[[str], SearchEngine]) -> None:
    """Hypertension typed is not pulmonary hypertension, as it is not where "high blood pressure" was typed."""
    assert list(differing([term for term in FINDINGS if term.guard], engine_of("starter").snapshot())) == []


def test_letters_find_what_their_finding_finds(engine_of: Callable[[str], SearchEngine]) -> None:
    """Abbreviations of one finding, but those that are words, which are never searched for what they stand for."""
    snapshot = engine_of("starter").snapshot()
    names = {term.name for term in FINDINGS if not term.guard}
    rows = [(row.letters, *row.means) for row in VOCABULARY.abbreviations if not row.word and names >= {*row.means}]
    assert len(rows) > 20
    assert [row for row in rows if len({sections_of(text, snapshot) for text in row}) > 1] == []


def test_no_note_says_that_nothing_was_searched(engine_of: Callable[[str], SearchEngine]) -> None:
    """A note "Also searched" names something, whatever is typed: findings, classes, phrases of one way, letters."""
    typed = [name for term in VOCABULARY.terms for name in term.names]
    typed += [row.typed for row in VOCABULARY.one_way] + [row.letters for row in VOCABULARY.abbreviations]
    snapshot = engine_of("starter").snapshot()
    plans = ((text, plan_of(parse_query(text), snapshot, Switches())) for text in typed)
    assert [
        text for text, plan in plans for one in plan.decisions if isinstance(one, SynonymsSearched) and not one.targets
    ] == []
