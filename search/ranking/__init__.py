"""A plan to sections in order."""

from search.ranking.candidates import TIERS, Candidates
from search.ranking.facets import DrugClasses, class_counts, drug_classes
from search.ranking.lexicon import IndexLexicon
from search.ranking.matching import are_in, match
from search.ranking.mentions import mentioned
from search.ranking.ranking import Groups, Ranking, Runs, Wanted, rank, runs_of

__all__ = [
    "TIERS",
    "Candidates",
    "DrugClasses",
    "Groups",
    "IndexLexicon",
    "Ranking",
    "Runs",
    "Wanted",
    "are_in",
    "class_counts",
    "drug_classes",
    "match",
    "mentioned",
    "rank",
    "runs_of",
]
