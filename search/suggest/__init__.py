"""What may have been meant, and what is being typed."""

from search.suggest.completion import Suggester
from search.suggest.helps import speller, suggester
from search.suggest.spelling import Candidate, Speller

__all__ = ["Candidate", "Speller", "Suggester", "speller", "suggester"]
