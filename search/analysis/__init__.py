"""What are the words of a text? Turns text into tokens with their places, and words into folded surfaces and stems.

The same rules for pages and queries. Must not know sections, monographs, indexes or what a query asks.
"""

from search.analysis.folding import GREEK_NAMES, fold_spelling, pieces
from search.analysis.stemming import stem
from search.analysis.tokens import HYPHENS, Key, Occurrence, Token, analyse, codes_for_parts, occurrences, term_key
from search.analysis.word_lists import denials, function_words

__all__ = [
    "GREEK_NAMES",
    "HYPHENS",
    "Key",
    "Occurrence",
    "Token",
    "analyse",
    "codes_for_parts",
    "denials",
    "fold_spelling",
    "function_words",
    "occurrences",
    "pieces",
    "stem",
    "term_key",
]
