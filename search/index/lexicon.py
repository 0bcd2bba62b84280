"""Look-ups in the sorted words of an index: does a word occur, how often, and which words begin so. Knows nothing of queries."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from search.analysis import fold_spelling, pieces
from search.index.format import NO_TERM
from search.index.postings import Postings


class WordLexicon:
    """The words of one generation's arrays."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings

    def has_surface(self, surface: str) -> bool:
        """Whether any page holds this surface."""
        return self._postings.surface_number(surface) != NO_TERM

    def has_word(self, surface: str) -> bool:
        """Whether any page holds a form of this surface."""
        return self._postings.stem_number(surface) != NO_TERM

    def has_words(self, surfaces: Iterable[str]) -> bool:
        """Whether of each of these surfaces some page holds a form."""
        return all(self._postings.stem_number(surface) != NO_TERM for surface in surfaces)

    def prefixed(self, prefix: str, limit: int) -> tuple[tuple[str, ...], int]:
        """Surfaces written with this beginning, or whose unfolded spelling is: `haemo` and `hemo` find the same.

        Returns:
            The `limit` most frequent (ties by surface), and how many there are in all.
        """
        beginnings = {prefix, fold_spelling(prefix), "".join(piece.surface for piece in pieces(prefix))}
        surfaces = {word for start in beginnings for word in _beginning(self._postings.surfaces, start)}
        for written in _beginning(self._postings.written, prefix):
            surfaces |= {piece.surface for piece in pieces(written) if self.has_surface(piece.surface)}
        ordered = sorted(surfaces, key=lambda word: (-self.sections_with(word), word))
        return tuple(ordered[:limit]), len(ordered)

    def sections_with(self, surface: str) -> int:
        """How many sections hold a surface, in names, headings or text."""
        number = self._postings.surface_number(surface)
        return 0 if number == NO_TERM else len(self._postings.by_surface.postings(number)[0])

    def forms_with(self, surface: str) -> int:
        """How many sections hold a surface or another form of it."""
        number = self._postings.stem_number(surface)
        return 0 if number == NO_TERM else len(self._postings.by_stem.postings(number)[0])

    def frequencies(self) -> Iterator[tuple[str, int]]:
        """Every surface, and how many sections hold it."""
        start = self._postings.by_surface.start
        return zip(self._postings.surfaces, (start[1:] - start[:-1]).tolist(), strict=True)


def _beginning(words: tuple[str, ...], prefix: str) -> tuple[str, ...]:
    """The words of a sorted list that begin so: all from the prefix up to the same with the highest code point behind it."""
    return words[bisect_left(words, prefix) : bisect_left(words, prefix + "\U0010ffff")]
