"""What is being typed → names to search for: drugs, brands, classes, symptoms. Built once per generation; bounded.

Knows nothing of ranking or of pages beyond their names.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from search.analysis import analyse
from search.model import Suggestion, SuggestionKind

MOST: Final = 10

MIN_MISSPELT: Final = 4
"""Letters from which on a beginning may be misspelt."""

_ORDER: Final[dict[SuggestionKind, int]] = {"drug": 0, "brand": 1, "class": 2, "symptom": 3}
"""Generic before brand: a brand may be other drugs elsewhere (docs/safety-rules.md#rule-6)."""

_END: Final = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Name:
    """Something that can be suggested; `weight` orders equals, the greater first."""

    text: str
    kind: SuggestionKind
    detail: str
    weight: int = 0


class Suggester:
    """Look-ups by beginning over all names; of names that differ in case alone, the first is kept."""

    def __init__(self, names: Iterable[Name]) -> None:
        kept: dict[tuple[str, SuggestionKind], Name] = {}
        for name in names:
            kept.setdefault((name.text.casefold(), name.kind), name)
        self._names = tuple(kept.values())
        starts: list[tuple[str, int]] = []
        inner: list[tuple[str, int]] = []
        for number, name in enumerate(self._names):
            words = _words(name.text)
            starts.append((" ".join(words), number))
            inner += [(" ".join(words[at:]), number) for at in range(1, len(words))]
        self._starts, self._inner = sorted(starts), sorted(inner)
        self._texts = [text for text, _ in self._starts]

    def suggest(self, typed: str) -> tuple[Suggestion, ...]:
        """At most `MOST` names: those that begin so, then those with a word that begins so, then those that nearly do."""
        wanted = " ".join(_words(typed))
        if not wanted:
            return ()
        found = dict.fromkeys(self._ordered(_beginning(self._starts, wanted)))
        if len(found) < MOST:
            found |= dict.fromkeys(self._ordered(_beginning(self._inner, wanted)))
        if not found and len(wanted) >= MIN_MISSPELT:
            found = dict.fromkeys(self._misspelt(wanted))
        names = (self._names[number] for number in list(found)[:MOST])
        return tuple(Suggestion(name.text, name.kind, name.detail) for name in names)

    def _ordered(self, numbers: Iterable[int]) -> list[int]:
        def place(number: int) -> tuple[int, int, int, str]:
            name = self._names[number]
            return _ORDER[name.kind], -name.weight, len(name.text), name.text.casefold()

        return sorted(numbers, key=place)

    def _misspelt(self, wanted: str) -> list[int]:
        beginnings = [text[: len(wanted)] for text in self._texts]
        most = 1 if len(wanted) < 7 else 2
        near = extract(wanted, beginnings, scorer=OSA.distance, score_cutoff=most, limit=4 * MOST)
        by_distance: dict[int, list[int]] = {}
        for _, distance, row in near:
            by_distance.setdefault(int(distance), []).append(self._starts[row][1])
        return [number for distance in sorted(by_distance) for number in self._ordered(by_distance[distance])]


def _words(text: str) -> list[str]:
    """The words of a text as they are compared: in lower case, as written."""
    return [token.written for token in analyse(text)]


def _beginning(sorted_texts: list[tuple[str, int]], wanted: str) -> list[int]:
    first = bisect_left(sorted_texts, (wanted, -1))
    last = bisect_left(sorted_texts, (wanted + _END, -1))
    return [number for _, number in sorted_texts[first:last]]
