"""Which sections answer a plan, and in which order: matching on the arrays, needs, candidates, order, counts.

Knows nothing of texts, excerpts, HTML or Whoosh.
"""

from search.ranking.by_monograph import SectionsByMonograph, sections_by_monograph
from search.ranking.candidates import Candidates
from search.ranking.facets import DrugClasses, class_counts, drug_classes
from search.ranking.lexicon import IndexLexicon
from search.ranking.matching import match
from search.ranking.mentions import mentioned
from search.ranking.needs import NeedCache
from search.ranking.plain_drugs import Pages
from search.ranking.ranking import RankedMonographs, Ranking, Wanted, rank
from search.ranking.roles import RoleBits, said_of, stated_roles
from search.ranking.sorted_arrays import are_in

__all__ = [
    "Candidates",
    "DrugClasses",
    "IndexLexicon",
    "NeedCache",
    "Pages",
    "RankedMonographs",
    "Ranking",
    "RoleBits",
    "SectionsByMonograph",
    "Wanted",
    "are_in",
    "class_counts",
    "drug_classes",
    "match",
    "mentioned",
    "rank",
    "said_of",
    "sections_by_monograph",
    "stated_roles",
]
