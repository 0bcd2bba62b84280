"""A plan to sections in order."""

from search.ranking.candidates import TIERS, Candidates
from search.ranking.facets import DrugClasses, class_counts, drug_classes
from search.ranking.lexicon import IndexLexicon
from search.ranking.matching import are_in, match
from search.ranking.mentions import mentioned
from search.ranking.ranking import RankedMonographs, Ranking, SectionsByMonograph, Wanted, rank, sections_by_monograph

__all__ = [
    "TIERS",
    "Candidates",
    "DrugClasses",
    "IndexLexicon",
    "RankedMonographs",
    "Ranking",
    "SectionsByMonograph",
    "Wanted",
    "are_in",
    "class_counts",
    "drug_classes",
    "match",
    "mentioned",
    "rank",
    "sections_by_monograph",
]
