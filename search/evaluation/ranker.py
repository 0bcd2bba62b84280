"""How well a ranking finds what was judged to answer: nDCG@10, MAP, P@10, MRR, S@1, R@100 over a collection.

Documents are indexed and weighed as sections are for search; any word of the query counts (no query language, no tiers), names and
synonyms of the vocabulary and the best spelling add theirs, and feedback orders what matched. Knows nothing of the command line.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.analysis import analyse, codes_for_parts, function_words, stem
from search.engine import SearchEngine, Snapshot
from search.errors import SearchError
from search.evaluation.feedback import FEEDBACK, Feedback, Forward, Scores, forward, weigh, widened
from search.evaluation.judged_files import Collection, JudgedQuery, Judgments, Run
from search.index import NO_TERM
from search.model import SearchRequest
from search.weights import FUNCTION_WORD_SHARE

DEPTH: Final = 1_000

SYNONYM_SHARE: Final = 0.2
"""What a synonym's word weighs beside a typed one. Chosen with the feedback setting: docs/relevance.md."""

MEASURES: Final = ("nDCG@10", "MAP", "P@10", "MRR", "S@1", "R@100")


@dataclass(frozen=True, slots=True)
class Setting:
    """What the ranking does beside BM25F: None and 0 switch a part off."""

    feedback: Feedback | None = FEEDBACK
    synonym_share: float = SYNONYM_SHARE
    spelling: bool = True


class Ranker:
    """Ranks the documents of one opened index."""

    def __init__(self, snapshot: Snapshot, setting: Setting | None = None) -> None:
        self._snapshot = snapshot
        self._setting = setting or Setting()
        self._forward: Forward | None = None
        postings = snapshot.postings
        self._ids = [monograph.id for monograph in snapshot.monographs]
        self._damped = np.zeros(len(postings.stems), bool)
        self._damped[[n for n in map(postings.stem_number, sorted(function_words())) if n != NO_TERM]] = True

    def rank(self, text: str) -> list[str]:
        """Documents for a text, best first, ties by id; at most `DEPTH`. A monograph ranks by its best section."""
        query = self.weights(text)
        postings = self._snapshot.postings
        scores = weigh(query, postings.by_stem, postings.section_total)
        matched = scores > 0
        if self._setting.feedback is not None and matched.any():
            self._forward = self._forward or forward(postings)
            mixed = widened(query, scores, self._forward, self._damped, self._setting.feedback)
            scores = weigh(mixed, postings.by_stem, postings.section_total)
        return self._documents(scores, matched)

    def weights(self, text: str) -> dict[int, float]:
        """Stem number → weight of the words of a text: those typed, their synonyms, and corrections of what nothing knows."""
        tokens = codes_for_parts(analyse(text.replace("\n", " ")))
        surfaces = [token.surface for token in tokens]
        found: dict[int, float] = {}
        for surface in surfaces:
            self._add(found, surface, FUNCTION_WORD_SHARE if surface in function_words() else 1.0)
        for surface in self._synonyms(surfaces) if self._setting.synonym_share else ():
            if self._snapshot.postings.stem_number(surface) not in found:
                self._add(found, surface, self._setting.synonym_share)
        for surface in self._corrected(surfaces) if self._setting.spelling else ():
            self._add(found, surface, 1.0)
        return found

    def _add(self, found: dict[int, float], surface: str, weight: float) -> None:
        number = self._snapshot.postings.stem_number(surface)
        if number != NO_TERM:
            found[number] = found.get(number, 0.0) + weight

    def _synonyms(self, surfaces: Sequence[str]) -> Iterable[str]:
        """The words of other names of what is named, the longest surface first."""
        thesaurus = self._snapshot.thesaurus
        start = 0
        while start < len(surfaces):
            for end in range(min(len(surfaces), start + thesaurus.longest), start, -1):
                key = tuple(surfaces[start:end])
                namings = thesaurus.namings(key)
                meaning = None if function_words().issuperset(key) else thesaurus.meaning(key, " ".join(key))
                if namings or meaning:
                    for naming in namings:
                        yield from (
                            w for name in naming.ingredients for other in thesaurus.names_of(name) for w in other
                        )
                    yield from (w for target in (meaning.equals if meaning else ()) for w in target.key)
                    start = end - 1
                    break
            start += 1

    def _corrected(self, surfaces: Iterable[str]) -> Iterable[str]:
        """The best correction of each word that neither the index nor any table knows."""
        for surface in surfaces:
            known = self._snapshot.lexicon.has_word(surface) or self._snapshot.thesaurus.is_name_word(surface)
            candidates = () if known else self._snapshot.speller.candidates(surface)
            yield from (candidate.word for candidate in candidates[:1])

    def _documents(self, scores: Scores, matched: npt.NDArray[np.bool_]) -> list[str]:
        """Documents by their best section; those with a word of the query first, then those that feedback alone found."""
        monographs = self._snapshot.postings.section_monograph
        typed = np.zeros(len(self._ids), bool)
        np.logical_or.at(typed, monographs, matched)
        best = np.full(len(self._ids), -np.inf)
        counts = matched | ~typed[monographs]  # what feedback alone found lifts no page that has a match
        np.maximum.at(best, monographs[counts], scores[counts])
        order = np.lexsort((np.arange(len(best)), -np.round(best, 6), ~typed))
        return [self._ids[number] for number in order[:DEPTH].tolist() if best[number] > 0]


def run_collection(collection: Collection, rank: Callable[[str], list[str]]) -> Run:
    """All judged queries through a ranking."""
    return {query.id: rank(query.text) for query in collection.queries}


def through_search(engine: SearchEngine, text: str, max_chars: int) -> list[str]:
    """Monographs as the real search lists them; a text that is too long is cut at a word."""
    cut = text if len(text) <= max_chars else text[:max_chars].rsplit(" ", 1)[0]
    page = engine.search(SearchRequest(cut, max_chars=max_chars))
    return [item.id for item in page.items]


def by_titles(titles: Mapping[str, str], text: str) -> list[str]:
    """Documents by the words of their title that a text holds: names alone, the baseline of `monograph-questions`.

    Titles that it holds whole first, then more words, then shorter titles.
    """
    words = {stem(token.surface) for token in analyse(text)}
    found = []
    for identifier, title in titles.items():
        own = {stem(token.surface) for token in analyse(title)}
        if shared := len(words & own):
            found.append((shared < len(own), -shared, len(own), identifier))
    return [identifier for *_, identifier in sorted(found)][:DEPTH]


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over the judged queries, and the values of each query, by the names of `MEASURES`."""

    means: dict[str, float]
    by_query: dict[str, dict[str, float]]


def measure(collection: Collection, run: Run) -> Figures:
    """The figures of a run, through ir-measures. MRR counts grade 1 and above, S@1 the top grade of the collection alone.

    Raises:
        SearchError: ir-measures is not installed; the message names the extra.
    """
    try:
        import ir_measures  # noqa: PLC0415 # an extra: only this command needs it
    except ImportError as error:
        raise SearchError("evaluate needs ir-measures: pip install 'monograph-search[evaluate]'") from error
    made: dict[Any, str] = {
        ir_measures.nDCG @ 10: "nDCG@10",
        ir_measures.AP: "MAP",
        ir_measures.P @ 10: "P@10",
        ir_measures.RR: "MRR",
        ir_measures.Success(rel=collection.top_grade) @ 1: "S@1",
        ir_measures.R @ 100: "R@100",
    }
    scored = {
        query: {document: float(len(found) - place) for place, document in enumerate(found)}
        for query, found in run.items()
    }
    judged = _as_judged(collection.judgments, collection.queries)
    by_query: dict[str, dict[str, float]] = {query: dict.fromkeys(MEASURES, 0.0) for query in judged}
    for value in ir_measures.iter_calc(list(made), judged, scored):
        by_query[value.query_id][made[value.measure]] = float(value.value)
    means = {name: sum(values[name] for values in by_query.values()) / max(1, len(by_query)) for name in MEASURES}
    return Figures(means, by_query)


def _as_judged(judgments: Judgments, queries: Sequence[JudgedQuery]) -> dict[str, dict[str, int]]:
    """Grades as ir-measures takes them, of queries that have a text."""
    return {query.id: {document: max(0, grade) for document, grade in judgments[query.id].items()} for query in queries}


def paired_test(a: Sequence[float], b: Sequence[float], seed: int = 20261123, rounds: int = 10_000) -> float:
    """Two-sided p of a paired randomisation test: how often a random exchange of the pairs differs as much in the mean.

    Source: M. Smucker, J. Allan, B. Carterette, "A comparison of statistical significance tests for IR evaluation", CIKM 2007.
    """
    difference = np.asarray(a) - np.asarray(b)
    signs = np.random.default_rng(seed).choice((-1.0, 1.0), size=(rounds, len(difference)))
    as_far = np.abs((signs * difference).mean(axis=1)) >= abs(difference.mean()) - 1e-12
    return float((as_far.sum() + 1) / (rounds + 1))
