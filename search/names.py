"""Which monographs a query names: its own names, the ingredients of combinations, the words of a longer name.

Names match by surface, never by stem, so that one drug's name cannot be a form of another's. Built once per generation from
the stored records. Knows nothing of postings, scores or sections.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final

from search.analysis import analyse
from search.query import codes_for_parts
from search.vocabulary.words import function_words

Key = tuple[str, ...]

_BRACKETS: Final = re.compile(r"\([^()]*\)?")

_JOINERS: Final = frozenset(("and", "with", "plus"))


class NameLevel(IntEnum):
    """How a query names a monograph, best first (DESIGN §7): the first key of the order of groups."""

    EQUALS_TITLE = 0  # of a page on one ingredient; pages that only claim the name come after it
    EQUALS_SINGLE = 1
    EQUALS_COMBINATION = 2
    WITHIN_SINGLE = 3
    WITHIN_COMBINATION = 4
    CONTAINS_SINGLE = 5
    CONTAINS_COMBINATION = 6
    NONE = 7


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name of a monograph, by number."""

    monograph: int
    text: str
    kind: str
    region: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """What the names of a query are.

    `levels` holds only monographs that are named. `whole` are the names that equal the whole query; `alone_missing` says that
    the whole query is an ingredient of `combinations` monographs, but no page is about it alone.
    """

    levels: dict[int, NameLevel]
    whole: tuple[KnownName, ...] = ()
    alone_missing: bool = False
    combinations: int = 0


def key_of(text: str) -> Key:
    """The surfaces of a name, codes as one: what is compared."""
    return tuple(token.surface for token in codes_for_parts(analyse(text)))


class NameTable:
    """All names of a generation."""

    def __init__(self, records: Iterable[dict[str, Any]]) -> None:
        """`records` are the stored monographs (`indexing.record_of`) in the order of their numbers."""
        self._names: dict[Key, list[KnownName]] = defaultdict(list)
        self._bags: dict[Key, list[KnownName]] = defaultdict(list)
        self._ingredients: dict[Key, list[int]] = defaultdict(list)
        self._by_word: dict[str, set[int]] = defaultdict(set)
        self._titles: list[str] = []
        self._keys: list[tuple[Key, ...]] = []
        self._single: list[bool] = []
        for number, record in enumerate(records):
            self._add(number, record)
        self.longest = max((len(key) for key in (*self._names, *self._ingredients)), default=0)

    def _add(self, number: int, record: dict[str, Any]) -> None:
        single = len(record["ingredients"]) <= 1
        self._titles.append(record["title"])
        self._single.append(single)
        for name in record["names"]:
            known = KnownName(number, name["text"], name["kind"], name["region"])
            for key in dict.fromkeys((key_of(name["text"]), key_of(_BRACKETS.sub(" ", name["text"])))):
                if key:
                    self._names[key].append(known)
        ingredients = [key_of(ingredient) for ingredient in record["ingredients"]]
        if not single:
            self._bags[_bag(ingredients)].append(KnownName(number, record["title"], "title", ""))
            for key in dict.fromkeys(ingredients):
                self._ingredients[key].append(number)
        keys = tuple(dict.fromkeys((key_of(record["title"]), key_of(record["generic_name"]), *ingredients)))
        self._keys.append(keys)
        for word in {word for key in keys for word in key}:
            self._by_word[word].add(number)

    def __contains__(self, key: Key) -> bool:
        """Whether this is a whole name, or an ingredient of a combination."""
        return key in self._names or key in self._ingredients

    def title(self, number: int) -> str:
        """The title of a monograph."""
        return self._titles[number]

    def having(self, key: Key) -> set[int]:
        """Monographs with this name, this ingredient, or these words within their title: what `drug:` means."""
        named = {name.monograph for name in self._names.get(key, ())} | set(self._ingredients.get(key, ()))
        return named | set(self._within(key))

    def resolve(self, whole: Key, contained: Iterable[Key]) -> Resolution:
        """Who is named.

        Args:
            whole: the surfaces of the whole query, filters and exclusions apart.
            contained: the known names found in it, longest first, none inside another.
        """
        levels: dict[int, NameLevel] = {}
        for key in contained:
            for number in {name.monograph for name in self._names.get(key, ())} | set(self._ingredients.get(key, ())):
                levels[number] = self._choose(number, NameLevel.CONTAINS_SINGLE, NameLevel.CONTAINS_COMBINATION)
        if not whole or all(word in function_words() for word in whole):
            return Resolution({})
        for number in self._within(whole):
            levels[number] = self._choose(number, NameLevel.WITHIN_SINGLE, NameLevel.WITHIN_COMBINATION)
        names = tuple(self._names.get(whole, ())) or tuple(self._bags.get(_bag([whole]), ()))
        for name in names:
            levels[name.monograph] = self._choose(name.monograph, NameLevel.EQUALS_SINGLE, NameLevel.EQUALS_COMBINATION)
        combinations = len(self._ingredients.get(whole, ()))
        return Resolution(levels, names, alone_missing=bool(combinations) and not names, combinations=combinations)

    def _choose(self, number: int, single: NameLevel, combination: NameLevel) -> NameLevel:
        return single if self._single[number] else combination

    def _within(self, key: Key) -> Iterator[int]:
        if not key:
            return
        for number in set.intersection(*(self._by_word.get(word, set()) for word in key)):
            if any(key == name[i : i + len(key)] for name in self._keys[number] for i in range(len(name))):
                yield number


def _bag(ingredients: list[Key]) -> Key:
    """A combination in any order, joined in any way: A + B, B and A."""
    return tuple(sorted(word for key in ingredients for word in key if word not in _JOINERS))
