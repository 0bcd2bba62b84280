"""Data only: words, patterns and labels in tables, loaded and validated once."""

from search.vocabulary.concepts import Ambiguous, Brand, load_vocabulary
from search.vocabulary.thesaurus import Meaning, Naming, Target, Thesaurus, stems

__all__ = ["Ambiguous", "Brand", "Meaning", "Naming", "Target", "Thesaurus", "load_vocabulary", "stems"]
