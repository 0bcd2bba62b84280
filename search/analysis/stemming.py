"""Reduces the surface of a word to its stem, so that "kidney problem" finds "kidney problems".

A pure function of the word and the data files. Knows nothing of spelling, texts, positions, pages or queries.
"""

from functools import lru_cache

import Stemmer

from search.analysis.word_lists import stem_exceptions, word_families

_snowball = Stemmer.Stemmer("english", 0)  # 0: no cache of its own, `stem` has one


@lru_cache(maxsize=1 << 17)
def stem(surface: str) -> str:
    """The stem of a folded surface: Snowball English (Porter2), then the stem of its word family.

    Words with a digit, and those of `stem_exceptions.tsv`, keep the stem given there or themselves.

    Args:
        surface: one word as `folding.pieces` returns it: lower case, American spelling.

    Source: M. F. Porter, "Snowball: a language for stemming algorithms", 2001.
    """
    exception = stem_exceptions().get(surface)
    if exception is not None:
        return exception
    if not surface.isalpha():
        return surface
    families = word_families()
    if surface.endswith(families.ending) and families.pattern.fullmatch(surface):
        surface = surface.removesuffix(families.ending) + families.replacement
    snowball_stem = str(_snowball.stemWord(surface))
    return families.stems.get(snowball_stem, snowball_stem)
