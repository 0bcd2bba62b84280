"""Pseudo-relevance feedback: adds to a query the words of the sections that rank best for it. Works on arrays alone.

Each section is a vector of the BM25F weights of its stems. The vectors of the best sections, each scaled to unit length, are
added, and the sum is mixed with the query (J. Rocchio, "Relevance feedback in information retrieval", 1971; RM3 is the same
with raw counts in place of BM25 weights). Figures: docs/relevance.md. Knows nothing of collections, of the query language or of
monographs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from search.index import Postings, TermSpace

Scores = npt.NDArray[np.float64]
"""(sections,) how well each section matches; 0 where it does not."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """How much is fed back.

    The defaults were chosen on four collections, each held out in turn while the others decided (`python -m benchmarks.tuning`).
    """

    sections: int = 10
    """How many of the best sections are taken."""

    terms: int = 40
    """How many of their stems are added, those of the highest weight."""

    share: float = 0.6
    """Weight of what is added, from 0 to 1; the query has the rest."""

    fall: float = 0.5
    """The section of rank r counts 1 / r ** fall."""


FEEDBACK: Final = Feedback()


@dataclass(frozen=True, slots=True)
class Forward:
    """A forward index: section n has the stems `stems[start[n]:start[n+1]]`, with the weights of the same slice of `weights`."""

    start: npt.NDArray[np.int64]
    stems: npt.NDArray[np.uint32]
    weights: npt.NDArray[np.float32]


def forward(postings: Postings) -> Forward:
    """The postings sorted by section instead of by stem."""
    space = postings.by_stem
    order = np.argsort(space.sections, kind="stable")
    counts: npt.NDArray[np.int64] = space.start[1:].astype(np.int64) - space.start[:-1]
    stems = np.repeat(np.arange(len(postings.stems), dtype=np.uint32), counts)[order]
    start = np.searchsorted(space.sections[order], np.arange(postings.section_total + 1))
    return Forward(start.astype(np.int64), stems, space.weights[order])


def weigh(query: Mapping[int, float], space: TermSpace, sections: int) -> Scores:
    """Score sections: the BM25F weights of the query's stems, each times its weight in the query, added.

    Args:
        query: stem number → weight.
        space: the postings by stem.
        sections: how many sections the index has.
    """
    scores = np.zeros(sections)
    for term, weight in sorted(query.items()):
        holders, weights = space.postings(term)
        scores[holders] += weight * weights
    return scores


def best_first(scores: Scores, limit: int) -> npt.NDArray[np.int64]:
    """(n,) int64, the numbers of the sections with a score above 0, best first, ties by number; at most `limit`."""
    matches = np.flatnonzero(scores > 0)
    return matches[np.lexsort((matches, -np.round(scores[matches], 6)))][:limit]


def widened(
    query: Mapping[int, float],
    scores: Scores,
    by_section: Forward,
    damped: npt.NDArray[np.bool_],
    setting: Feedback = FEEDBACK,
) -> dict[int, float]:
    """The query with the stems of its best sections added, as stem number → weight.

    Args:
        query: stem number → weight.
        scores: what the query alone gives.
        by_section: the stems of each section.
        damped: (stems,) bool, the stems that are not added: function words, which say nothing of what a section is about.
        setting: how much is fed back.
    """
    fed: dict[int, float] = {}
    for rank, section in enumerate(best_first(scores, setting.sections).tolist(), start=1):
        part = slice(by_section.start[section], by_section.start[section + 1])
        length = float(np.linalg.norm(by_section.weights[part])) or 1.0
        added = ~damped[by_section.stems[part]]
        for stem, weight in zip(
            by_section.stems[part][added].tolist(), by_section.weights[part][added].tolist(), strict=True
        ):
            fed[stem] = fed.get(stem, 0.0) + weight / length / rank**setting.fall
    heaviest = dict(sorted(fed.items(), key=lambda item: (-item[1], item[0]))[: setting.terms])
    return _mixed(query, heaviest, setting.share)


def _mixed(query: Mapping[int, float], fed: Mapping[int, float], share: float) -> dict[int, float]:
    """Both scaled to unit length and added, `fed` with its share and the query with the rest."""
    mixed: dict[int, float] = {}
    for weights, part in ((query, 1 - share), (fed, share)):
        length = sum(weight * weight for weight in weights.values()) ** 0.5 or 1.0
        for stem, weight in weights.items():
            mixed[stem] = mixed.get(stem, 0.0) + part * weight / length
    return mixed
