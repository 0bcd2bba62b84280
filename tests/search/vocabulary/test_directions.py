"""Directions: which names say too little and which too much."""

import pytest

from search.analysis.tokens import term_key
from search.vocabulary.directions import direction_of


@pytest.mark.parametrize(
    ("name", "direction"),
    [
        ("hypocalcaemia", -1), ("low blood sugar", -1), ("vitamin B12 deficiency", -1), ("underactive thyroid", -1),
        ("hyperkalaemia", 1), ("raised potassium", 1), ("overactive thyroid", 1), ("high blood pressure", 1),
        ("fever", 0), ("", 0),
    ],
)  # fmt: skip
def test_direction_of_a_name(name: str, direction: int) -> None:
    """Whole words and beginnings of words tell low from high; other names say neither."""
    assert direction_of(term_key(name)) == direction
