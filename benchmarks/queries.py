"""Queries made from the words of an index, so that each finds something. The same index and seed give the same queries."""

import itertools
import random
from dataclasses import dataclass
from typing import Final

from search.analysis.stemming import stem
from search.analysis.word_lists import function_words
from search.engine.engine import SearchEngine
from search.engine.snapshot import Snapshot
from search.index.postings import NO_TERM
from search.model import KINDS


@dataclass(frozen=True, slots=True)
class BenchQuery:
    """A query in the language of this search, and its parts, of which other engines make a query of their own.

    `any` says that any of the words is enough; otherwise all must match.
    """

    group: str
    text: str
    words: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    any: bool = False

    @property
    def kind_numbers(self) -> tuple[int, ...]:
        """The kinds of section by their place in `KINDS`."""
        return tuple(KINDS.index(kind) for kind in self.kinds)


GROUPS = (
    "rare", "common", "two words", "three words", "some of two", "some of three", "phrase", "prefix", "misspelt",
    "section filter", "question",
)  # fmt: skip
QUESTIONS = (
    ("what are the side effects of {}", ("side", "effects")),
    ("how does {} work", ("work",)),
    ("can i take {} in pregnancy", ("pregnancy",)),
    ("how often is {} given", ("often", "given")),
    ("does {} cause nausea", ("nausea",)),
    ("what if i miss a dose of {}", ("miss", "dose")),
)


def make_queries(engine: SearchEngine, count: int, seed: int) -> list[BenchQuery]:
    """So many queries, one of each of `GROUPS` in turn."""
    draw = _Draw(engine.snapshot(), random.Random(seed))
    return [draw.query(GROUPS[number % len(GROUPS)]) for number in range(count)]


class _Draw:
    def __init__(self, snapshot: Snapshot, rng: random.Random) -> None:
        postings = self.postings = snapshot.postings
        self.rng = rng
        words = [
            s for s in postings.surfaces if s.isalpha() and s.isascii() and len(s) > 3 and s not in function_words()
        ]
        frequency = {word: len(postings.by_surface.postings(postings.surface_number(word))[0]) for word in words}
        ranked = sorted(words, key=lambda word: (-frequency[word], word))
        self.common = ranked[:150]
        self.middle = ranked[150:1000]
        self.rare = [word for word in ranked if frequency[word] <= 5]
        self.titles = [monograph.title for monograph in snapshot.monographs if monograph.title.isalpha()]

    def query(self, group: str) -> BenchQuery:
        """A random query of a group."""
        return _BY_GROUP.get(group, _Draw._several)(self, group)

    def _rare(self, group: str) -> BenchQuery:
        word = self.rng.choice(self.rare)
        return BenchQuery(group, word, (word,))

    def _common(self, group: str) -> BenchQuery:
        word = self.rng.choice(self.common)
        return BenchQuery(group, word, (word,))

    def _prefix(self, group: str) -> BenchQuery:
        word = self.rng.choice(self.common + self.rare)[:4]
        return BenchQuery(group, f"{word}*", (word,))

    def _phrase(self, group: str) -> BenchQuery:
        words = self._neighbours()
        return BenchQuery(group, f'"{" ".join(words)}"', words)

    def _some(self, group: str) -> BenchQuery:
        words = self._strangers(3 if group.endswith("three") else 2)
        return BenchQuery(group, " ".join(words), words, any=True)

    def _wrong(self, group: str) -> BenchQuery:
        word = self._misspelt(self.rng.choice(self.middle))
        return BenchQuery(group, word, (word,))

    def _question(self, group: str) -> BenchQuery:
        title, (wording, words) = self.rng.choice(self.titles), self.rng.choice(QUESTIONS)
        return BenchQuery(group, wording.format(title.lower()), (title.lower(), *words))

    def _several(self, group: str) -> BenchQuery:
        words = self._words(3 if group == "three words" else 2)
        kinds = (self.rng.choice(KINDS[:3] + KINDS[8:10]),) if group == "section filter" else ()
        return BenchQuery(group, " ".join(words), words, kinds)

    def _section(self) -> list[str]:
        while True:
            tokens = self.postings.text_occurrences(self.rng.randrange(self.postings.section_total))
            words = [s for s, *_ in tokens if s.isalpha() and s.isascii() and len(s) > 3 and s not in function_words()]
            if len(set(words)) >= 3:
                return words

    def _words(self, count: int) -> tuple[str, ...]:
        return tuple(self.rng.sample(sorted(set(self._section())), count))

    def _strangers(self, count: int) -> tuple[str, ...]:
        """Words that no section has all of: this search shows sections with some of them, as other engines do for OR."""
        while True:
            words = tuple(self.rng.sample(self.middle, count))
            held = [
                set(self.postings.by_stem.postings(self.postings.stem_number(stem(word)))[0].tolist()) for word in words
            ]
            if not set.intersection(*held):
                return words

    def _misspelt(self, word: str) -> str:
        """The word, or another one, with two neighbouring letters swapped so that the index does not have it."""
        while True:
            at = self.rng.randrange(1, len(word) - 1)
            wrong = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            if self.postings.surface_number(wrong) == NO_TERM:
                return wrong
            word = self.rng.choice(self.middle)

    def _neighbours(self) -> tuple[str, ...]:
        while True:
            tokens = self.postings.text_occurrences(self.rng.randrange(self.postings.section_total))
            pairs = [
                (left[0], right[0])
                for left, right in itertools.pairwise(tokens)
                if right[1] - left[1] == 1
                and all(w.isalpha() and w.isascii() and w not in function_words() for w in (left[0], right[0]))
            ]
            if pairs:
                return self.rng.choice(pairs)


_BY_GROUP: Final = {
    "rare": _Draw._rare, "common": _Draw._common, "prefix": _Draw._prefix, "phrase": _Draw._phrase,
    "some of two": _Draw._some, "some of three": _Draw._some, "misspelt": _Draw._wrong, "question": _Draw._question,
}  # fmt: skip
"""How a query of each group is made; those of the other groups are several words of one section."""
