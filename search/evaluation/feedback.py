"""Pseudo-relevance feedback: the words of the best sections, weighed, as a further query. Arrays in, arrays out.

A section is a vector of BM25F weights; the mean of the best ones, each of unit length, is mixed with the query (J. Rocchio,
"Relevance feedback in information retrieval", 1971; with BM25 weights, where RM3 takes raw counts). Figures: docs/relevance.md.
Knows nothing of collections, plans or pages.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from search.index import Postings, TermSpace

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Feedback:
    """How much is fed back: chosen by leave-one-collection-out over four collections (`python -m benchmarks.tuning`)."""

    sections: int = 10
    terms: int = 40
    share: float = 0.6

    fall: float = 0.5
    """The section of rank r counts 1/r^fall."""


FEEDBACK: Final = Feedback()


@dataclass(frozen=True, slots=True)
class Forward:
    """The stems of each section: section n has `stems[start[n]:start[n+1]]` with `weights` of the same slice."""

    start: npt.NDArray[np.int64]
    stems: npt.NDArray[np.uint32]
    weights: npt.NDArray[np.float32]


def forward(postings: Postings) -> Forward:
    """The arrays the other way round: by section instead of by stem."""
    space = postings.by_stem
    order = np.argsort(space.sections, kind="stable")
    held: npt.NDArray[np.int64] = space.start[1:].astype(np.int64) - space.start[:-1]
    stems = np.repeat(np.arange(len(postings.stems), dtype=np.uint32), held)[order]
    start = np.searchsorted(space.sections[order], np.arange(postings.section_total + 1))
    return Forward(start.astype(np.int64), stems, space.weights[order])


def weigh(query: Mapping[int, float], space: TermSpace, sections: int) -> Scores:
    """(sections,) the sum of the weights of the query's stems, each times its own weight."""
    scores = np.zeros(sections)
    for term, weight in sorted(query.items()):
        holders, weights = space.postings(term)
        scores[holders] += weight * weights
    return scores


def best_first(scores: Scores, most: int) -> npt.NDArray[np.int64]:
    """Sections with a score, best first, ties by number; at most `most`."""
    found = np.flatnonzero(scores > 0)
    return found[np.lexsort((found, -np.round(scores[found], 6)))][:most]


def widened(
    query: Mapping[int, float],
    scores: Scores,
    by_section: Forward,
    damped: npt.NDArray[np.bool_],
    setting: Feedback = FEEDBACK,
) -> dict[int, float]:
    """The query mixed with the words of its best sections.

    Args:
        query: stem number → weight.
        scores: (sections,), what the query alone gives.
        by_section: the stems of each section.
        damped: (stems,) bool, function words, which say nothing of what a section is about.
        setting: how much is fed back.
    """
    fed: dict[int, float] = {}
    for rank, section in enumerate(best_first(scores, setting.sections).tolist(), start=1):
        part = slice(by_section.start[section], by_section.start[section + 1])
        length = float(np.linalg.norm(by_section.weights[part])) or 1.0
        kept = ~damped[by_section.stems[part]]
        for stem, weight in zip(
            by_section.stems[part][kept].tolist(), by_section.weights[part][kept].tolist(), strict=True
        ):
            fed[stem] = fed.get(stem, 0.0) + weight / length / rank**setting.fall
    chosen = dict(sorted(fed.items(), key=lambda item: (-item[1], item[0]))[: setting.terms])
    return _mixed(query, chosen, setting.share)


def _mixed(query: Mapping[int, float], fed: Mapping[int, float], share: float) -> dict[int, float]:
    """Both of unit length, added with their shares."""
    mixed: dict[int, float] = {}
    for weights, part in ((query, 1 - share), (fed, share)):
        length = sum(weight * weight for weight in weights.values()) ** 0.5 or 1.0
        for stem, weight in weights.items():
            mixed[stem] = mixed.get(stem, 0.0) + part * weight / length
    return mixed
