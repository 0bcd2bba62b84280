"""Builds the search-as-you-type completer of one index: what is being typed → names of drugs, brands, classes, symptoms.

Knows nothing of ranking or of pages beyond their names.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from search.analysis import analyse
from search.model import StoredMonograph, Suggestion, SuggestionKind
from search.vocabulary import Thesaurus

MAX_OFFERED: Final = 10

MIN_MISSPELT: Final = 4
"""Letters from which on a beginning may be misspelt."""

_ORDER: Final[dict[SuggestionKind, int]] = {"drug": 0, "brand": 1, "class": 2, "symptom": 3}
"""Generic names before brands: a brand is one maker's."""

_END: Final = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Suggestible:
    """Something that can be suggested; `weight` orders equals, the greater first."""

    text: str
    kind: SuggestionKind
    detail: str
    weight: int = 0


class Suggester:
    """Look-ups by beginning over all names; of names that differ in case alone, the first is kept."""

    def __init__(self, names: Iterable[Suggestible]) -> None:
        kept: dict[tuple[str, SuggestionKind], Suggestible] = {}
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
        """At most `MAX_OFFERED` names: those that begin so, then those with a word that begins so, then those that nearly do."""
        wanted = " ".join(_words(typed))
        if not wanted:
            return ()
        numbers = dict.fromkeys(self._ordered(_beginning(self._starts, wanted)))
        if len(numbers) < MAX_OFFERED:
            numbers |= dict.fromkeys(self._ordered(_beginning(self._inner, wanted)))
        if not numbers and len(wanted) >= MIN_MISSPELT:
            numbers = dict.fromkeys(self._misspelt(wanted))
        names = (self._names[number] for number in list(numbers)[:MAX_OFFERED])
        return tuple(Suggestion(name.text, name.kind, name.detail) for name in names)

    def _ordered(self, numbers: Iterable[int]) -> list[int]:
        def sort_key(number: int) -> tuple[int, int, int, str]:
            name = self._names[number]
            return _ORDER[name.kind], -name.weight, len(name.text), name.text.casefold()

        return sorted(numbers, key=sort_key)

    def _misspelt(self, wanted: str) -> list[int]:
        beginnings = [text[: len(wanted)] for text in self._texts]
        edits = 1 if len(wanted) < 7 else 2
        near = extract(wanted, beginnings, scorer=OSA.distance, score_cutoff=edits, limit=4 * MAX_OFFERED)
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


def build_suggester(monographs: Sequence[StoredMonograph], thesaurus: Thesaurus) -> Suggester:
    """The suggester of one index: what its pages are called, and what the vocabulary knows of what they hold."""
    return Suggester([*_of_pages(monographs, thesaurus), *_of_vocabulary(monographs, thesaurus)])


def _of_pages(monographs: Iterable[StoredMonograph], thesaurus: Thesaurus) -> Iterator[Suggestible]:
    for monograph in monographs:
        ingredients = [name for text in monograph.ingredients for name in thesaurus.canonical(text)]
        drug_class = thesaurus.class_label(monograph.drug_class, ingredients) or ""
        weight = 2 if len(ingredients) == 1 else 1
        if not monograph.no_such_product:
            yield Suggestible(monograph.title, "drug", drug_class, weight)
        for name in monograph.names:
            if name.kind == "brand":
                yield Suggestible(name.text, "brand", monograph.title, weight)
            elif name.kind == "alias":
                yield Suggestible(name.text, "drug", f"another name of {monograph.title}", weight)


def _of_vocabulary(monographs: Iterable[StoredMonograph], thesaurus: Thesaurus) -> Iterator[Suggestible]:
    """Names of drugs that some page is about, and all classes and findings."""
    alone: set[str] = set()
    ingredients: set[str] = set()
    for monograph in monographs:
        names = [name for text in monograph.ingredients for name in thesaurus.canonical(text)]
        alone.add(" + ".join(names))
        ingredients.update(names)
    for _, naming in thesaurus.drug_names():
        if naming.kind == "abbreviation" or not all(name in ingredients for name in naming.ingredients):
            continue
        joined = " + ".join(naming.ingredients)
        if naming.kind == "brand":
            yield Suggestible(naming.text, "brand", joined)
        elif naming.text != joined:
            yield Suggestible(naming.text, "drug", f"another name of {joined}")
        elif joined not in alone:
            yield Suggestible(naming.text, "drug", thesaurus.class_of(naming.ingredients) or "", 1)
    for term in thesaurus.vocabulary.terms:
        kind: SuggestionKind = "class" if term.kind == "class" else "symptom"
        for number, name in enumerate(term.names):
            yield Suggestible(name, kind, "" if number == 0 else term.name, 1 - min(number, 1))
