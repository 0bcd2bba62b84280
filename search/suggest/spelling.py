"""Builds the spelling corrector of one index: what may have been meant by a word that nothing knows (docs/safety-rules.md#rule-5).

It offers; only an ordinary word may ever be applied, never a drug's name.

Distance: optimal string alignment (insert, delete, substitute, swap neighbours), the sound of a word to break ties. Built once
per generation. Knows nothing of ranking.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from search.analysis import function_words, term_key
from search.index import Postings, WordLexicon
from search.model import StoredMonograph
from search.tables import read_table
from search.vocabulary import Thesaurus

MIN_LETTERS: Final = 4
"""Shorter words are too near to too many others to be corrected."""

MAX_OFFERED: Final = 3

_LOOKED_AT: Final = 24
"""Nearest candidates that are compared by sound and use."""

COMMON_FROM: Final = 3
"""Sections that must hold a word before it is taken for one that is spelled right; a rarer one may be a misspelling."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may have been meant, and whether it is a drug's name, or a word of one."""

    word: str
    drug: bool
    distance: int


def sound(word: str) -> str:
    """A rough phonetic code: words that sound alike in English mostly share it."""
    for pattern, replacement in _sounds():
        word = pattern.sub(replacement, word)
    return word


@cache
def _sounds() -> tuple[tuple[re.Pattern[str], str], ...]:
    """How spellings of one sound are made alike, in order."""
    rows = read_table("suggest/tables/sounds.tsv", ("pattern", "sound", "source"))
    return tuple((re.compile(row["pattern"]), row.text("sound")) for row in rows)


def allowed_distance(word: str) -> int:
    """Edits that a word of this length may be away."""
    return 1 if len(word) < 5 else 2 if len(word) < 9 else 3


def direction_prefix(word: str) -> int:
    """−1 for hypo…, +1 for hyper…, 0 for neither."""
    return -1 if word.startswith("hypo") else 1 if word.startswith("hyper") else 0


def build_speller(monographs: Sequence[StoredMonograph], postings: Postings, thesaurus: Thesaurus) -> "Speller":
    """The speller of one index.

    Args:
        monographs: whose names and ingredients are drugs' names.
        postings: the arrays, for how much each word is used.
        thesaurus: the vocabulary: more drugs' names, and words that are spelled right though no page has them.
    """
    lexicon = WordLexicon(postings)
    drugs: dict[str, int] = {}
    for monograph in monographs:
        names = [name.text for name in monograph.names] + list(monograph.ingredients)
        drugs |= {word: lexicon.sections_with(word) for name in names for word in term_key(name)}
    for key, _ in thesaurus.drug_names():
        drugs |= {word: lexicon.sections_with(word) for word in key if word not in drugs}
    drugs = {word: used for word, used in drugs.items() if word not in function_words()}
    words = {word: used for word, used in lexicon.frequencies() if used >= COMMON_FROM}
    words |= {word: words.get(word, 0) for word in thesaurus.vocabulary_words()}
    return Speller(drugs, words)


class Speller:
    """Corrections out of the words of one index and of the vocabulary.

    Args:
        drugs: single words of drugs' names → how much they are used here (sections; 0 where no page has them).
        words: ordinary words → how many sections hold them.
    """

    def __init__(self, drugs: Mapping[str, int], words: Mapping[str, int]) -> None:
        self._drugs = {word: used for word, used in drugs.items() if len(word) >= MIN_LETTERS and word.isalpha()}
        self._words = {
            word: used
            for word, used in words.items()
            if len(word) >= MIN_LETTERS and word.isalpha() and word not in self._drugs
        }
        self._used_drugs = sorted(word for word, used in self._drugs.items() if used)
        self._near_drugs, self._near_words = _Words(self._drugs), _Words(self._words)

    def candidates(self, word: str) -> tuple[Candidate, ...]:
        """What may have been meant by a word that nothing knows, the likeliest first; at most `MAX_OFFERED`.

        A digit or a code is never corrected, and nothing crosses hypo/hyper.
        """
        if len(word) < MIN_LETTERS or not word.isalpha():
            return ()
        limit = allowed_distance(word)
        near = [
            *_near(word, self._near_drugs, limit, drug=True),
            *_near(word, self._near_words, min(limit, 2), drug=False),
        ]
        direction = direction_prefix(word)
        near = [c for c in near if not direction or direction_prefix(c.word) in (0, direction)]
        own_sound = sound(word)
        if len(near) == 1 and near[0].drug:
            near += self._next_drug(word, near[0])
        near.sort(key=lambda c: (*self._cost(word, own_sound, c), -self._used(c), c.word))
        # "deno": a name that was not typed to its end
        unfinished = [c for c in self._completions(word) if c.distance > limit]
        return tuple((unfinished + near)[:MAX_OFFERED])

    def applicable(self, word: str) -> Candidate | None:
        """The one ordinary word that is a single edit away, if nothing else is as near; never a drug's name."""
        near = [c for c in self.candidates(word) if c.distance <= 1]
        alone = len(near) == 1 and not near[0].drug and direction_prefix(near[0].word) == direction_prefix(word)
        return near[0] if alone else None

    def _next_drug(self, word: str, only: Candidate) -> list[Candidate]:
        """The drug that is nearest after the only candidate: a name is never offered as if there were no other."""
        near = _near(word, self._near_drugs, len(word) // 2 + 1, drug=True)
        return sorted((c for c in near if c.word != only.word), key=lambda c: (c.distance, c.word))[:1]

    def _completions(self, word: str) -> list[Candidate]:
        """Drugs of these pages whose name begins with the word."""
        names = self._used_drugs[
            bisect_left(self._used_drugs, word) : bisect_left(self._used_drugs, word + "\U0010ffff")
        ]
        candidates = [Candidate(name, drug=True, distance=len(name) - len(word)) for name in names]
        return sorted(candidates, key=lambda c: (-self._used(c), c.word))[: MAX_OFFERED - 1]

    def _cost(self, word: str, own_sound: str, candidate: Candidate) -> tuple[float, int]:
        """Edits, less for the same sound, more for another first letter; then drugs before other words."""
        cost = float(candidate.distance)
        cost -= 0.75 if sound(candidate.word) == own_sound else 0.0
        cost += 0.25 if candidate.word[0] != word[0] else 0.0
        return cost, not candidate.drug

    def _used(self, candidate: Candidate) -> int:
        return (self._drugs if candidate.drug else self._words)[candidate.word]


class _Words:
    """Words by length, with the letters each holds as bits: an edit takes away at most one letter, and brings one."""

    def __init__(self, words: Iterable[str]) -> None:
        listed = sorted(words, key=lambda word: (len(word), word))
        self._words = np.array(listed, object)
        self._letters = np.array([_letters(word) for word in listed], np.uint32)
        self._from = np.searchsorted([len(word) for word in listed], np.arange(len(listed[-1]) + 2 if listed else 2))

    def sharing(self, word: str, edits: int) -> list[str]:
        """All that may be within so many edits of a word, and few others; none whose length differs by more."""
        longest = len(self._from) - 1
        shortest = min(max(len(word) - edits, 0), longest)
        lengths = slice(self._from[shortest], self._from[min(len(word) + edits + 1, longest)])
        letters, theirs = np.uint32(_letters(word)), self._letters[lengths]
        lost, gained = np.bitwise_count(letters & ~theirs), np.bitwise_count(theirs & ~letters)
        sharing: list[str] = self._words[lengths][(lost <= edits) & (gained <= edits)].tolist()
        return sharing


def _near(word: str, among: _Words, edits: int, *, drug: bool) -> Iterable[Candidate]:
    """The nearest words within so many edits; of equally near ones the first by alphabet."""
    near = extract(word, among.sharing(word, edits), scorer=OSA.distance, score_cutoff=edits, limit=None)
    near.sort(key=lambda match: (match[1], match[0]))
    return (Candidate(other, drug, int(distance)) for other, distance, _ in near[:_LOOKED_AT])


def _letters(word: str) -> int:
    """The letters of a word as bits; letters beyond a to z share bits, which only lets more words pass."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) % 32)
    return bits
