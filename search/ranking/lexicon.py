"""The words of an index as the planner asks for them: look-ups of words, and whether words stand side by side."""

from search.index import Postings, WordLexicon
from search.query import Phrase
from search.ranking.matching import match_words


class IndexLexicon(WordLexicon):
    """What `query.Lexicon` asks of one generation."""

    def __init__(self, postings: Postings) -> None:
        super().__init__(postings)
        self._arrays = postings

    def side_by_side(self, surfaces: tuple[str, ...]) -> bool:
        """Whether any page holds these words, in their forms, next to each other in this order."""
        return len(match_words(Phrase(surfaces, tuple(range(len(surfaces)))), self._arrays).sections) > 0
