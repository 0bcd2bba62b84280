"""Look-ups in the sorted words of an index: does a surface occur, and which words begin so. Knows nothing of queries."""

from bisect import bisect_left
from collections.abc import Iterator

from search.analysis import fold_spelling, pieces
from search.index import NO_TERM, Postings
from search.query import Phrase
from search.ranking.matching import match_words


class IndexLexicon:
    """The words of one generation's arrays; what `expansion.Lexicon` asks for."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings

    def has_surface(self, surface: str) -> bool:
        """Whether any page holds it."""
        return self._postings.surface_number(surface) != NO_TERM

    def has_word(self, surface: str) -> bool:
        """Whether any page holds a form of it."""
        return self._postings.stem_number(surface) != NO_TERM

    def side_by_side(self, surfaces: tuple[str, ...]) -> bool:
        """Whether any page holds these words, in their forms, next to each other in this order."""
        return len(match_words(Phrase(surfaces, tuple(range(len(surfaces)))), self._postings).sections) > 0

    def prefixed(self, prefix: str, most: int) -> tuple[tuple[str, ...], int]:
        """Surfaces written with this beginning, or whose unfolded spelling is: `haemo` and `hemo` find the same.

        Returns:
            The `most` most frequent (ties by surface), and how many there are in all.
        """
        folded = pieces(prefix)
        beginnings = {prefix, fold_spelling(prefix), "".join(piece.surface for piece in folded)}
        found = {word for start in beginnings for word in _beginning(self._postings.surfaces, start)}
        for written in _beginning(self._postings.written, prefix):
            found |= {piece.surface for piece in pieces(written) if self.has_surface(piece.surface)}
        ordered = sorted(found, key=lambda word: (-self._frequency(word), word))
        return tuple(ordered[:most]), len(ordered)

    def sections_with(self, surface: str) -> int:
        """How many sections hold a surface, in names, headings or text."""
        number = self._postings.surface_number(surface)
        return 0 if number == NO_TERM else self._frequency(surface)

    def forms_with(self, surface: str) -> int:
        """How many sections hold a surface or another form of it."""
        number = self._postings.stem_number(surface)
        return 0 if number == NO_TERM else len(self._postings.by_stem.postings(number)[0])

    def frequencies(self) -> Iterator[tuple[str, int]]:
        """Every surface, and how many sections hold it."""
        start = self._postings.by_surface.start
        return zip(self._postings.surfaces, (start[1:] - start[:-1]).tolist(), strict=True)

    def _frequency(self, surface: str) -> int:
        return len(self._postings.by_surface.postings(self._postings.surface_number(surface))[0])


def _beginning(words: tuple[str, ...], prefix: str) -> tuple[str, ...]:
    """The words of a sorted list that begin so: all from the prefix up to the same with the highest code point behind it."""
    return words[bisect_left(words, prefix) : bisect_left(words, prefix + "\U0010ffff")]
