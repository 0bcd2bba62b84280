"""Ranks the documents of a judged collection for a query, and the simpler rankings that it is compared with.

Documents are indexed and weighted by BM25F as sections are for search. Every document with a word of the query is ranked: there
is no query language, and no tiers. The vocabulary adds other names and synonyms, words that nothing knows are corrected, and
pseudo-relevance feedback reorders the matches. Knows nothing of how a ranking is measured, or of the command line.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from search.analysis import analyse, codes_for_parts, function_words, stem
from search.engine import SearchEngine, Snapshot
from search.evaluation.feedback import FEEDBACK, Feedback, Forward, Scores, forward, weigh, widened
from search.evaluation.judged_files import Collection, Run
from search.index import NO_TERM
from search.model import SearchRequest
from search.weights import FUNCTION_WORD_SHARE

DEPTH: Final = 1_000
"""Documents that a ranking lists at most, as TREC runs do."""

SYNONYM_SHARE: Final = 0.2
"""Weight of a word of a synonym, where a typed word has 1. Chosen together with the feedback setting: docs/relevance.md."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the ranking does besides BM25F. `feedback=None`, `synonym_share=0` and `spelling=False` each switch a part off."""

    feedback: Feedback | None = FEEDBACK
    synonym_share: float = SYNONYM_SHARE
    spelling: bool = True


class Ranker:
    """Ranks the documents of one snapshot index.

    Args:
        snapshot: the index; it stays open for as long as this object is used.
        setting: which parts of the ranking are on; all of them where None.
    """

    def __init__(self, snapshot: Snapshot, setting: Setting | None = None) -> None:
        self._snapshot = snapshot
        self._setting = setting or Setting()
        self._forward: Forward | None = None
        postings = snapshot.postings
        self._ids = [monograph.id for monograph in snapshot.monographs]
        self._damped = np.zeros(len(postings.stems), bool)
        self._damped[[n for n in map(postings.stem_number, sorted(function_words())) if n != NO_TERM]] = True

    def rank(self, text: str) -> list[str]:
        """Ids of documents, best first, ties by id; at most `DEPTH`. A document with several sections ranks by its best one."""
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
        """Stem number → weight: the words of a text, their synonyms, and corrections of words that nothing knows."""
        tokens = codes_for_parts(analyse(text.replace("\n", " ")))
        surfaces = [token.surface for token in tokens]
        weights: dict[int, float] = {}
        for surface in surfaces:
            self._add(weights, surface, FUNCTION_WORD_SHARE if surface in function_words() else 1.0)
        for surface in self._synonyms(surfaces) if self._setting.synonym_share else ():
            if self._snapshot.postings.stem_number(surface) not in weights:
                self._add(weights, surface, self._setting.synonym_share)
        for surface in self._corrected(surfaces) if self._setting.spelling else ():
            self._add(weights, surface, 1.0)
        return weights

    def _add(self, weights: dict[int, float], surface: str, weight: float) -> None:
        number = self._snapshot.postings.stem_number(surface)
        if number != NO_TERM:
            weights[number] = weights.get(number, 0.0) + weight

    def _synonyms(self, surfaces: Sequence[str]) -> Iterable[str]:
        """The words of the other names and synonyms of each name in a text; where names overlap, the longest one counts."""
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
        """Ids of documents by their best section: first those with a word of the query, then those that feedback alone found.

        Args:
            scores: (sections,) float64.
            matched: (sections,) bool, sections with a word of the query.
        """
        monographs = self._snapshot.postings.section_monograph
        typed = np.zeros(len(self._ids), bool)
        np.logical_or.at(typed, monographs, matched)
        best = np.full(len(self._ids), -np.inf)
        # A section that feedback alone found does not raise a document that has a word of the query in another.
        counts = matched | ~typed[monographs]
        np.maximum.at(best, monographs[counts], scores[counts])
        order = np.lexsort((np.arange(len(best)), -np.round(best, 6), ~typed))
        return [self._ids[number] for number in order[:DEPTH].tolist() if best[number] > 0]


def run_collection(collection: Collection, rank: Callable[[str], list[str]]) -> Run:
    """Rank for every judged query of a collection.

    Args:
        collection: whose queries.
        rank: text of a query → ids of documents, best first.
    """
    return {query.id: rank(query.text) for query in collection.queries}


def through_search(engine: SearchEngine, text: str, max_chars: int) -> list[str]:
    """Ids of monographs as the search itself lists them; a text of more than `max_chars` code points is cut between words."""
    cut = text if len(text) <= max_chars else text[:max_chars].rsplit(" ", 1)[0]
    page = engine.search(SearchRequest(cut, max_chars=max_chars))
    return [item.id for item in page.items]


def by_titles(titles: Mapping[str, str], text: str) -> list[str]:
    """Ids of documents by the words of their titles alone: the baseline for questions that name a drug.

    Titles all of whose words are in the text come first, then those with more words in it, then shorter titles.

    Args:
        titles: id of each document → its title.
        text: the query.
    """
    words = {stem(token.surface) for token in analyse(text)}
    ranked = []
    for identifier, title in titles.items():
        title_words = {stem(token.surface) for token in analyse(title)}
        if shared := len(words & title_words):
            ranked.append((shared < len(title_words), -shared, len(title_words), identifier))
    return [identifier for *_, identifier in sorted(ranked)][:DEPTH]
