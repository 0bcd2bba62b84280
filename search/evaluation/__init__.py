"""Measures how well a ranking finds the documents that people judged to answer a query.

Judged collections are read from files, ranked, and the result compared with the judgments. Knows nothing of the command line.
"""

from search.evaluation.judged_files import Collection, Run, read_collection, read_documents, read_run, write_run
from search.evaluation.measures import MEASURES, Figures, measure, paired_test
from search.evaluation.ranker import DEPTH, Ranker, Setting, by_titles, run_collection, through_search

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
