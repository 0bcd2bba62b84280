"""Measures of a run against the judgments of its collection: nDCG@10, MAP, P@10, MRR, S@1 and R@100, and a test of two runs.

Knows nothing of how documents were ranked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from search.errors import SearchError
from search.evaluation.judged_files import Collection, JudgedQuery, Judgments, Run

MEASURES: Final = ("nDCG@10", "MAP", "P@10", "MRR", "S@1", "R@100")
"""In the order in which they are printed."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How good a run is, by the names of `MEASURES`: means over the judged queries, and the values of each query, from 0 to 1."""

    means: dict[str, float]
    by_query: dict[str, dict[str, float]]


def measure(collection: Collection, run: Run) -> Figures:
    """Measure a run with ir-measures.

    A judged query that is not in the run counts 0. MRR takes documents of grade 1 and above as relevant, S@1 only those of the
    top grade of the collection.

    Raises:
        SearchError: ir-measures is not installed; the message names the extra.
    """
    try:
        import ir_measures  # noqa: PLC0415 # an extra: only this command needs it
    except ImportError as error:
        raise SearchError("evaluate needs ir-measures: pip install 'monograph-search[evaluate]'") from error
    names: dict[Any, str] = {
        ir_measures.nDCG @ 10: "nDCG@10",
        ir_measures.AP: "MAP",
        ir_measures.P @ 10: "P@10",
        ir_measures.RR: "MRR",
        ir_measures.Success(rel=collection.top_grade) @ 1: "S@1",
        ir_measures.R @ 100: "R@100",
    }
    scored = {
        query: {document: float(len(documents) - place) for place, document in enumerate(documents)}
        for query, documents in run.items()
    }
    judged = _as_judged(collection.judgments, collection.queries)
    by_query: dict[str, dict[str, float]] = {query: dict.fromkeys(MEASURES, 0.0) for query in judged}
    for value in ir_measures.iter_calc(list(names), judged, scored):
        by_query[value.query_id][names[value.measure]] = float(value.value)
    means = {name: sum(values[name] for values in by_query.values()) / max(1, len(by_query)) for name in MEASURES}
    return Figures(means, by_query)


def _as_judged(judgments: Judgments, queries: Sequence[JudgedQuery]) -> dict[str, dict[str, int]]:
    """The judgments of these queries, with grades below 0 as 0: ir-measures takes no others."""
    return {query.id: {document: max(0, grade) for document, grade in judgments[query.id].items()} for query in queries}


def paired_test(a: Sequence[float], b: Sequence[float], seed: int = 20261123, rounds: int = 10_000) -> float:
    """Two-sided p of a paired randomisation test: how often the means differ as much when pairs are exchanged at random.

    Args:
        a: a value for each query.
        b: the values of another run, for the same queries in the same order.
        seed: of the random exchanges; the same seed gives the same p.
        rounds: how many times all pairs are exchanged at random.

    Source: M. Smucker, J. Allan, B. Carterette, "A comparison of statistical significance tests for IR evaluation", CIKM 2007.
    """
    difference = np.asarray(a) - np.asarray(b)
    signs = np.random.default_rng(seed).choice((-1.0, 1.0), size=(rounds, len(difference)))
    as_far = np.abs((signs * difference).mean(axis=1)) >= abs(difference.mean()) - 1e-12
    return float((as_far.sum() + 1) / (rounds + 1))
