"""How well a ranking finds what was judged to answer."""

from search.evaluation.judged_files import Collection, Run, read_collection, read_documents, read_run, write_run
from search.evaluation.ranker import (
    DEPTH,
    MEASURES,
    Figures,
    Ranker,
    Setting,
    by_titles,
    measure,
    paired_test,
    run_collection,
    through_search,
)

__all__ = [
    "DEPTH",
    "MEASURES",
    "Collection",
    "Figures",
    "Ranker",
    "Run",
    "Setting",
    "by_titles",
    "measure",
    "paired_test",
    "read_collection",
    "read_documents",
    "read_run",
    "run_collection",
    "through_search",
    "write_run",
]
