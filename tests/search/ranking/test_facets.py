"""Drug classes as a filter: who is of a class, and how many of what was found."""

from pathlib import Path

import numpy as np
import pytest

from search.errors import QueryError
from search.model import MAX_CLASSES, SearchRequest
from search.ranking.facets import MOST_COUNTED, class_counts, drug_classes
from tests.support.builders import engine_over, monograph


def test_classes_that_differ_in_capitals_are_one() -> None:
    """Capitals do not make another class; the first way of writing it stays, and no class is no class."""
    classes = drug_classes(["Beta blocker", None, "NSAID", "beta blocker", ""])
    assert classes.names == ("Beta blocker", "NSAID")
    assert classes.of.tolist() == [0, -1, 1, 0, -1]
    assert classes.members(["BETA BLOCKER"]).tolist() == [True, False, False, True, False]
    assert not classes.members(["unheard of"]).any()
    assert classes.of.dtype == np.int32


def test_counts_stand_before_the_filter_by_class_and_after_the_one_by_section(tmp_path: Path) -> None:
    """What choosing a class gives is what its count says, whatever class is chosen already."""
    pages = [
        monograph("Atenolol", ("uses", "Uses", "angina"), drug_class="Beta blocker"),
        monograph("Bisoprolol", ("faqs", "FAQs", "angina"), drug_class="Beta blocker"),
        monograph("Nifedipine", ("uses", "Uses", "angina"), drug_class="Calcium channel blocker"),
        monograph("Madeupol", ("uses", "Uses", "angina")),
    ]
    engine = engine_over(tmp_path / "index", *pages)

    def counted(*sections: str, classes: tuple[str, ...] = ()) -> list[tuple[str, int]]:
        found = engine.search(SearchRequest("angina", sections, classes=classes))
        return [(count.name, count.monographs) for count in found.class_counts]

    assert counted() == [("Beta blocker", 2), ("Calcium channel blocker", 1)]
    assert counted("uses") == [("Beta blocker", 1), ("Calcium channel blocker", 1)]
    assert counted(classes=("Beta blocker",)) == counted()
    chosen = engine.search(SearchRequest("angina", classes=("beta blocker",)))
    assert [hit.title for hit in chosen.items] == ["Atenolol", "Bisoprolol"]
    assert [(count.kind, count.sections) for count in chosen.section_counts] == [("uses", 1), ("faqs", 1)]


def test_no_more_classes_than_the_limit() -> None:
    """The work of one request is bounded."""
    with pytest.raises(QueryError, match="At most 32"):
        SearchRequest("angina", classes=tuple(map(str, range(MAX_CLASSES + 1))))


def test_the_largest_classes_are_counted_and_those_chosen() -> None:
    """Most first, then by alphabet; no more than the limit, but for one that was chosen."""
    names = [f"Class {letter}" for letter in "KJIHGFEDCBA"]
    classes = drug_classes([*names, "Class C"])
    counts = class_counts(np.arange(len(names) + 1, dtype=np.uint32), ["class k"], classes)
    assert [count.name for count in counts] == [f"Class {letter}" for letter in "CABDEFGHK"]
    assert [count.monographs for count in counts] == [2, 1, 1, 1, 1, 1, 1, 1, 1]
    assert MOST_COUNTED == 8
