"""What do words of medicine stand for? Drugs, brands, findings, classes and abbreviations, from tables that are checked as a whole.

Must not know monographs, the index, the syntax of queries or how matches are scored.
"""

from search.vocabulary.concepts import Ambiguous, Brand, ShortName, Term
from search.vocabulary.directions import direction_of
from search.vocabulary.loading import load_vocabulary
from search.vocabulary.meanings import Meaning, Naming, Target, stems
from search.vocabulary.thesaurus import Thesaurus

__all__ = [
    "Ambiguous",
    "Brand",
    "Meaning",
    "Naming",
    "ShortName",
    "Target",
    "Term",
    "Thesaurus",
    "direction_of",
    "load_vocabulary",
    "stems",
]
