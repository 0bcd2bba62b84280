"""Seeded queries drawn from an index itself, so that every one has something to find. A seed and an index give one list."""

import itertools
import random
from dataclasses import dataclass

from search.engine import SearchEngine
from search.model import KINDS
from search.postings import Postings
from search.vocabulary.words import function_words


@dataclass(frozen=True, slots=True)
class BenchQuery:
    """A query in our language, and its parts for engines that have another."""

    group: str
    text: str
    words: tuple[str, ...]
    kinds: tuple[str, ...] = ()


GROUPS = ("rare", "common", "two words", "three words", "phrase", "prefix", "section filter")


def make_queries(engine: SearchEngine, count: int, seed: int) -> list[BenchQuery]:
    """`count` queries, the groups in turn."""
    postings = engine._current().postings  # a benchmark draws from the arrays
    rng = random.Random(seed)
    draw = _Draw(postings, rng)
    return [draw.query(GROUPS[number % len(GROUPS)]) for number in range(count)]


class _Draw:
    def __init__(self, postings: Postings, rng: random.Random) -> None:
        self.postings = postings
        self.rng = rng
        words = [
            s for s in postings.surfaces if s.isalpha() and s.isascii() and len(s) > 3 and s not in function_words()
        ]
        frequency = {word: len(postings.by_surface.postings(postings.surface_number(word))[0]) for word in words}
        ranked = sorted(words, key=lambda word: (-frequency[word], word))
        self.common = ranked[:150]
        self.rare = [word for word in ranked if frequency[word] <= 5]

    def query(self, group: str) -> BenchQuery:
        if group == "rare":
            word = self.rng.choice(self.rare)
            return BenchQuery(group, word, (word,))
        if group == "common":
            word = self.rng.choice(self.common)
            return BenchQuery(group, word, (word,))
        if group == "prefix":
            word = self.rng.choice(self.common + self.rare)[:4]
            return BenchQuery(group, f"{word}*", (word,))
        if group == "phrase":
            words = self._neighbours()
            return BenchQuery(group, f'"{" ".join(words)}"', words)
        words = self._words(3 if group == "three words" else 2)
        kinds = (self.rng.choice(KINDS[:3] + KINDS[8:10]),) if group == "section filter" else ()
        return BenchQuery(group, " ".join(words), words, kinds)

    def _section(self) -> list[str]:
        while True:
            tokens = self.postings.text_places(self.rng.randrange(self.postings.section_total))
            words = [s for s, *_ in tokens if s.isalpha() and s.isascii() and len(s) > 3 and s not in function_words()]
            if len(set(words)) >= 3:
                return words

    def _words(self, count: int) -> tuple[str, ...]:
        return tuple(self.rng.sample(sorted(set(self._section())), count))

    def _neighbours(self) -> tuple[str, ...]:
        while True:
            tokens = self.postings.text_places(self.rng.randrange(self.postings.section_total))
            pairs = [
                (left[0], right[0])
                for left, right in itertools.pairwise(tokens)
                if right[1] - left[1] == 1
                and all(w.isalpha() and w.isascii() and w not in function_words() for w in (left[0], right[0]))
            ]
            if pairs:
                return self.rng.choice(pairs)
