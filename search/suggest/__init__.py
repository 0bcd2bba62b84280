"""What a reader may have meant, and what is being typed: the spelling corrector and the completer of one index.

Both offer and never search. Know nothing of queries or ranking.
"""

from search.suggest.completion import Suggester, build_suggester
from search.suggest.spelling import COMMON_FROM, Candidate, Speller, build_speller

__all__ = ["COMMON_FROM", "Candidate", "Speller", "Suggester", "build_speller", "build_suggester"]
