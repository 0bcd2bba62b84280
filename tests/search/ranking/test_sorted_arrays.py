"""Set operations on sorted arrays give what Python's sets give, by bisection as by table."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.ranking.sorted_arrays import are_in, common, distinct, heads_of, in_both, ranges, rows_in, rows_of

NUMBERS = st.sets(st.integers(0, 3000), max_size=60) | st.sets(st.integers(0, 90), max_size=60)
"""Sparse and dense sets: a table is used for one, a bisection for the other."""


def _sorted(numbers: set[int], dtype: type = np.uint32) -> np.ndarray:
    return np.array(sorted(numbers), dtype)


@given(NUMBERS, NUMBERS)
def test_rows_and_membership(some: set[int], wanted: set[int]) -> None:
    """The row of each wanted number where it is there, −1 where it is not; and whether it is."""
    ordered = sorted(some)
    expected = [ordered.index(number) if number in some else -1 for number in sorted(wanted)]
    assert rows_of(_sorted(some), _sorted(wanted)).tolist() == expected
    assert are_in(_sorted(some), _sorted(wanted)).tolist() == [row >= 0 for row in expected]


@given(st.lists(NUMBERS, min_size=1, max_size=4))
def test_distinct_common_and_rows_of_parts(parts: list[set[int]]) -> None:
    """The union, the intersection, and where each part stands in the union."""
    arrays = [_sorted(part) for part in parts]
    every = distinct(arrays)
    assert every.tolist() == sorted(set().union(*parts))
    assert common(arrays).tolist() == sorted(set.intersection(*parts))
    for array, rows in zip(arrays, rows_in(every, arrays), strict=True):
        assert every[rows].tolist() == array.tolist()


@given(NUMBERS, NUMBERS)
def test_what_is_in_both(some: set[int], others: set[int]) -> None:
    """The numbers that two arrays share."""
    assert in_both(_sorted(some, np.int64), _sorted(others, np.int64)).tolist() == sorted(some & others)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9)), max_size=12))
def test_ranges_one_after_the_other(given_ranges: list[tuple[int, int]]) -> None:
    """Every number of half-open ranges, empty ones included, in their order."""
    begins = np.array([begin for begin, _ in given_ranges], np.int64)
    ends = begins + np.array([length for _, length in given_ranges], np.int64)
    expected = [number for begin, end in zip(begins, ends, strict=True) for number in range(begin, end)]
    assert ranges(begins, ends).tolist() == expected


@given(st.lists(st.integers(0, 5)))
def test_heads_of_runs(numbers: list[int]) -> None:
    """The first of each run of equals."""
    ordered = sorted(numbers)
    expected = [row == 0 or ordered[row - 1] != number for row, number in enumerate(ordered)]
    assert heads_of(np.array(ordered, np.int64)).tolist() == expected
