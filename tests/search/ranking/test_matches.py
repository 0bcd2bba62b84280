"""The union of matches: each section once, its best tier, the greatest weight in that tier; by table as by sorting."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.ranking import matches as module
from search.ranking.matches import Matches, union, union_by_tier

PART = st.dictionaries(st.integers(0, 40), st.sampled_from([0.5, 1.0, 2.25, 4.0]), max_size=12)
PARTS = st.lists(st.tuples(PART, st.integers(0, 3)), min_size=1, max_size=5)

Part = dict[int, float]


def _matches(part: Part) -> Matches:
    return Matches(np.array(sorted(part), np.uint32), np.array([part[section] for section in sorted(part)], np.float64))


def _expected(parts: list[tuple[Part, int]]) -> dict[int, tuple[int, float]]:
    """Section → tier and weight, in plain Python."""
    expected = {}
    for section in sorted({section for part, _ in parts for section in part}):
        rows = [(tier, part[section]) for part, tier in parts if section in part]
        best = min(tier for tier, _ in rows)
        expected[section] = (best, max(weight for tier, weight in rows if tier == best))
    return expected


def _as_rows(joined: Matches, tiers: np.ndarray) -> dict[int, tuple[int, float]]:
    columns = (joined.sections, tiers, joined.weights)
    return {section: tuple(row) for section, *row in zip(*(column.tolist() for column in columns), strict=True)}


@given(PARTS)
def test_by_table_as_by_sorting(parts: list[tuple[Part, int]]) -> None:
    """Both ways give what plain Python gives."""
    given_parts, tiers = [_matches(part) for part, _ in parts], [tier for _, tier in parts]
    assert _as_rows(*module._by_sorting(given_parts, tiers)) == _expected(parts)
    assert _as_rows(*module._by_table(given_parts, tiers, 41)) == _expected(parts)
    assert _as_rows(*union_by_tier(given_parts, tiers)) == _expected(parts)


@given(st.lists(PART, max_size=4))
def test_a_union_without_tiers(parts: list[Part]) -> None:
    """The greatest weight counts; nothing of nothing is nothing."""
    joined = union([_matches(part) for part in parts])
    assert _as_rows(joined, np.zeros(len(joined.sections), np.uint8)) == _expected([(part, 0) for part in parts])
