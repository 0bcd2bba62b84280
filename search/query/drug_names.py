"""Decides which monographs a query names: by their own names, by names the vocabulary knows, by ingredients of combinations.

Names match by surface, never by stem, so that one drug's name cannot be a form of another's. Built once per generation from
the stored monographs. Knows nothing of postings, scores or sections.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from search.analysis import Key, function_words, stem, term_key
from search.model import StoredMonograph
from search.query.joined_words import joined_words
from search.query.named import KnownName, NamedDrug, NameLevel, Resolution
from search.vocabulary import Term, Thesaurus

_BRACKETS: Final = re.compile(r"\([^()]*\)?")


class NameTable:
    """All names of a generation.

    Args:
        monographs: in the order of their numbers.
        thesaurus: what is known of names besides.
    """

    def __init__(self, monographs: Iterable[StoredMonograph], thesaurus: Thesaurus) -> None:
        self._thesaurus = thesaurus
        self._names: dict[Key, list[KnownName]] = defaultdict(list)
        self._pages: dict[frozenset[str], list[int]] = defaultdict(list)
        self._holding: dict[str, set[int]] = defaultdict(set)
        self._by_word: dict[str, set[int]] = defaultdict(set)
        self._titles: list[str] = []
        self._keys: list[tuple[Key, ...]] = []
        self._ingredients: list[frozenset[str]] = []
        self._ingredient_keys: set[Key] = set()
        self._of_class: dict[str, set[int]] = defaultdict(set)
        for number, monograph in enumerate(monographs):
            self._add(number, monograph)
        self._words = frozenset(self._by_word) | {word for key in self._names for word in key}
        self._stems = {
            stem(word) for word in self._words | thesaurus.name_words() if word not in thesaurus.vocabulary_words()
        }
        self.longest = max((len(key) for key in (*self._names, *self._ingredient_keys)), default=0)
        self._longest_from: dict[str, int] = defaultdict(int)
        for key in filter(None, (*self._names, *self._ingredient_keys)):  # an ingredient may have no word
            self._longest_from[key[0]] = max(len(key), self._longest_from[key[0]])
        self._of_terms: dict[str, tuple[frozenset[int], tuple[str, ...]]] = {}

    def _add(self, number: int, monograph: StoredMonograph) -> None:
        self._titles.append(monograph.title)
        for name in monograph.names:
            known = KnownName(number, name.text, name.kind, name.region)
            for key in dict.fromkeys((term_key(name.text), term_key(_BRACKETS.sub(" ", name.text)))):
                if key:
                    self._names[key].append(known)
        keys = [term_key(ingredient) for ingredient in monograph.ingredients]
        self._ingredient_keys.update(keys)
        holds = frozenset(
            ingredient for text in monograph.ingredients for ingredient in self._thesaurus.canonical(text)
        )
        self._ingredients.append(holds)
        self._pages[holds].append(number)
        for ingredient in holds:
            self._holding[ingredient].add(number)
        called = self._thesaurus.class_called(monograph.drug_class) if monograph.drug_class else None
        if called is not None:
            self._of_class[called.name].add(number)
        keys_of_names = tuple(dict.fromkeys((term_key(monograph.title), term_key(monograph.generic_name), *keys)))
        self._keys.append(keys_of_names)
        for word in {word for key in keys_of_names for word in key}:
            self._by_word[word].add(number)

    def __contains__(self, key: Key) -> bool:
        """Whether this is a whole name, or an ingredient of a page."""
        return key in self._names or key in self._ingredient_keys or bool(self._thesaurus.namings(key))

    def longest_from(self, word: str) -> int:
        """The number of words of the longest name or ingredient that begins with this word; 0 if none does."""
        return self._longest_from.get(word, 0)

    def has_word(self, word: str) -> bool:
        """Whether this is a word of some page's name."""
        return word in self._words

    def resembles(self, word: str) -> bool:
        """Whether this word, which no name has, would be a form of one that some name has: `hydralazin` of `hydralazine`."""
        return stem(word) in self._stems and word not in self._words and not self._thesaurus.is_name_word(word)

    def title(self, number: int) -> str:
        """The title of a monograph."""
        return self._titles[number]

    def ingredients(self, number: int) -> frozenset[str]:
        """The preferred names of what is in a monograph's drug."""
        return self._ingredients[number]

    def plain_pages(self) -> dict[int, tuple[int, ...]]:
        """Monograph → the pages of the plain drugs that it is a strength, a salt or a combination of; a plain drug is no key."""
        return {
            number: plain
            for number, ingredients in enumerate(self._ingredients)
            if not self._is_plain(number)
            and (plain := tuple(page for name in sorted(ingredients) for page in self._pages_of_plain(name)))
        }

    def _pages_of_plain(self, ingredient: str) -> Iterator[int]:
        return (number for number in self._pages.get(frozenset((ingredient,)), ()) if self._is_plain(number))

    def _is_plain(self, number: int) -> bool:
        """Whether a page is about one drug and called by one of its names, not by a strength or a salt."""
        ingredients = self._ingredients[number]
        return len(ingredients) == 1 and self._keys[number][0] in self._thesaurus.names_of(next(iter(ingredients)))

    def with_any(self, ingredients: Iterable[str]) -> set[int]:
        """Monographs that hold any of these drugs (preferred names; of a combination all ingredients)."""
        return set().union(*(self._all_of(frozenset(name.split(" + "))) for name in ingredients))

    def members(self, term: Term) -> tuple[frozenset[int], tuple[str, ...]]:
        """The monographs of a class, by its drugs or as they say themselves, and its drugs without one, as the table has them."""
        held = self._of_terms.get(term.name)
        if held is None:
            drugs = self._thesaurus.members(term)
            pages = frozenset(
                number for number in self.with_any(drugs) if self._thesaurus.counts_as(term, self.ingredients(number))
            )
            present = {name for number in pages for name in self.ingredients(number)}
            absent = [name for name in (*term.members, *sorted(drugs - set(term.members))) if name not in present]
            held = pages | frozenset(self._of_class.get(term.name, ())), tuple(absent)
            self._of_terms[term.name] = held
        return held

    def having(self, key: Key) -> set[int]:
        """Monographs with this name, this ingredient, or these words within their title: what `drug:` means."""
        named = self.drug(key, "")
        return {*(name.monograph for name in named.own), *named.pages, *named.holding, *self._within(key)}

    def drug(self, key: Key, typed: str) -> NamedDrug:
        """What a name stands for, on the pages and in the vocabulary."""
        own = tuple(self._names.get(key, ()))
        namings = self._thesaurus.namings(key)
        sets = {frozenset(naming.ingredients) for naming in namings} or {
            frozenset(self._thesaurus.canonical(" ".join(key)))
        }
        pages = {number for wanted in sets for number in self._pages.get(wanted, ())}
        holding = {number for wanted in sets for number in self._all_of(wanted)}
        return NamedDrug(typed, key, own, namings, frozenset(pages), frozenset(holding - pages))

    def resolve(self, drugs: Sequence[NamedDrug], whole: Key) -> Resolution:
        """Decide which monographs the query names, and how (`NameLevel`).

        Args:
            drugs: the names found in the query, in its order.
            whole: the surfaces of the whole query, filters and exclusions apart; () when more is asked than a name.
        """
        levels: dict[int, NameLevel] = {}
        for drug in drugs:
            for number in (*drug.holding, *drug.pages, *self._within(drug.key)):
                level = self._choose(number, NameLevel.CONTAINS_VARIANT, NameLevel.CONTAINS_COMBINATION)
                levels[number] = min(level, levels.get(number, level))
            for number in self._called(drug):
                levels[number] = self._choose(number, NameLevel.CONTAINS_SINGLE, NameLevel.CONTAINS_COMBINATION)
        if not whole or function_words().issuperset(whole):
            return Resolution(levels, tuple(drugs))
        alone = len(drugs) == 1 and drugs[0].key == whole
        for number in self._within(whole):
            levels[number] = self._choose(number, NameLevel.WITHIN_SINGLE, NameLevel.WITHIN_COMBINATION)
        together: list[int] = []
        if alone:
            self._equal(drugs[0], levels)
        elif drugs and joined_words().joiners.issuperset(_rest(whole, drugs)):
            together = self._pages.get(_union(drugs, self._thesaurus), [])
            for number in together:
                levels[number] = self._choose(number, NameLevel.EQUALS_SINGLE, NameLevel.EQUALS_COMBINATION)
        return Resolution(levels, tuple(drugs), whole=alone, together=bool(together))

    def _equal(self, drug: NamedDrug, levels: dict[int, NameLevel]) -> None:
        for number in drug.holding:
            levels[number] = self._choose(number, NameLevel.WITHIN_SINGLE, NameLevel.WITHIN_COMBINATION)
        for number in (*(name.monograph for name in drug.own), *drug.pages):
            levels[number] = self._choose(number, NameLevel.EQUALS_SINGLE, NameLevel.EQUALS_COMBINATION)
        for name in drug.own:
            if name.kind == "title" and len(self._ingredients[name.monograph]) == 1:
                levels[name.monograph] = NameLevel.EQUALS_TITLE

    def _called(self, drug: NamedDrug) -> set[int]:
        """The pages whose title, brand or alias it is, or whose title the vocabulary knows as the same; strengths apart."""
        names = {drug.key, *(key for name in drug.ingredients for key in self._thesaurus.names_of(name))}
        own = {name.monograph for name in drug.own if name.kind != "generic"}
        return own | {number for number in drug.pages if self._keys[number][0] in names}

    def _choose(self, number: int, single: NameLevel, combination: NameLevel) -> NameLevel:
        return single if len(self._ingredients[number]) <= 1 else combination

    def _all_of(self, wanted: frozenset[str]) -> set[int]:
        """Monographs that hold all of these ingredients."""
        return set.intersection(*(self._holding.get(name, set()) for name in wanted)) if wanted else set()

    def _within(self, key: Key) -> Iterator[int]:
        if not key:
            return
        for number in set.intersection(*(self._by_word.get(word, set()) for word in key)):
            if any(key == name[i : i + len(key)] for name in self._keys[number] for i in range(len(name))):
                yield number


def _union(drugs: Sequence[NamedDrug], thesaurus: Thesaurus) -> frozenset[str]:
    """The ingredients of several drugs together."""
    return frozenset(name for drug in drugs for name in (drug.ingredients or thesaurus.canonical(" ".join(drug.key))))


def _rest(whole: Key, drugs: Sequence[NamedDrug]) -> set[str]:
    """The words of a query that are no drug's name."""
    named = {word for drug in drugs for word in drug.key}
    return {word for word in whole if word not in named}
