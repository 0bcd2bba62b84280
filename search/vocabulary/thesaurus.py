"""The vocabulary by what is typed: analysed words → the drugs they name, and the terms that mean the same or less.

Built once a process from `vocabulary.concepts`. Names of drugs are looked up by surface, never by stem; findings and classes by
stem, so that "kidney problem" is "kidney problems". Knows nothing of pages, queries or scores.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from search.analysis import Key, stem, term_key
from search.errors import VocabularyError
from search.vocabulary.concepts import Ambiguous, Brand, Drug, DrugStatus, OneWay, Term, Vocabulary

_LOWERING: Final = frozenset("low lower lowered reduced decreased decrease underactive deficiency lack loss".split())
_RAISING: Final = frozenset("high higher raised elevated increased increase overactive excess excessive".split())


@dataclass(frozen=True, slots=True)
class Naming:
    """A drug as a text names it: by one of its names, a brand, or an abbreviation. `ingredients` are preferred names."""

    text: str
    kind: Literal["name", "brand", "abbreviation"]
    ingredients: tuple[str, ...]
    drug: Drug | None = None
    brand: Brand | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A surface to search beside what was typed; `preferred`: the name of its concept, which is said even where no page has it."""

    text: str
    key: Key
    guard: tuple[str, ...] = ()
    preferred: bool = False


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a typed term means: the same (`equals`, both ways) and less (`narrower`, one way). `kind` is that of its concept."""

    kind: str
    equals: tuple[Target, ...]
    narrower: tuple[Target, ...]


def stems(key: Key) -> Key:
    """The stems of a key."""
    return tuple(map(stem, key))


class Thesaurus:
    """Look-ups over one vocabulary.

    Raises:
        VocabularyError: two tables disagree: a surface of two concepts, a synonym that crosses hypo/hyper or a look-alike pair.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._namings: dict[Key, list[Naming]] = defaultdict(list)
        self._drugs: dict[str, Drug] = {}
        self._terms: dict[Key, Term] = {}
        self._one_way: dict[Key, list[Target]] = defaultdict(list)
        self._letters: dict[Key, tuple[str, bool, tuple[Target, ...]]] = {}
        self._extra: dict[str, list[Target]] = defaultdict(list)
        self._classes: dict[str, list[Term]] = defaultdict(list)
        self._learn_drugs()
        self._learn_brands()
        self._learn_terms()
        self._learn_abbreviations()
        self._learn_one_way()
        self._ambiguous = {term_key(row.typed): row for row in vocabulary.ambiguous}
        self._status = {row.drug.lower(): row for row in vocabulary.statuses}
        self._known = {term_key(name): name for name in vocabulary.known}
        self._name_words = frozenset(word for key in (*self._namings, *self._known) for word in key)
        self._vocabulary_words = frozenset(
            word for term in vocabulary.terms for name in term.names for word in term_key(name)
        ) | {word for row in vocabulary.one_way for text in (row.typed, *row.means) for word in term_key(text)}
        self.longest = max(map(len, (*self._namings, *self._terms, *self._one_way, *self._ambiguous)), default=1)
        self._check_lookalikes()

    def namings(self, key: Key) -> tuple[Naming, ...]:
        """What drugs a name stands for; several where two drugs share a brand."""
        return tuple(self._namings.get(key, ()))

    def is_known(self, key: Key) -> bool:
        """Whether this is some name of a drug or brand, verified or not."""
        return key in self._namings or key in self._known

    def known_ingredients(self, key: Key) -> tuple[str, ...]:
        """What the unverified table says is in a brand; nothing where it does not know."""
        name = self._known.get(key)
        return self.vocabulary.known[name] if name is not None else ()

    def drug(self, ingredient: str) -> Drug | None:
        """A drug by its preferred name."""
        return self._drugs.get(ingredient)

    def names_of(self, ingredient: str) -> tuple[Key, ...]:
        """All keys of a drug's names, by its preferred name; of an unknown drug, that name."""
        drug = self._drugs.get(ingredient)
        return tuple(dict.fromkeys(map(term_key, drug.names))) if drug else (term_key(ingredient),)

    def canonical(self, ingredient: str) -> tuple[str, ...]:
        """The preferred names of what an ingredient's name on a page stands for; an unknown one stands for itself."""
        key = term_key(ingredient)
        found = [naming for naming in self._namings.get(key, ()) if naming.kind == "name"]
        return found[0].ingredients if len(found) == 1 else (" ".join(key),)

    def class_of(self, ingredients: Iterable[str]) -> str | None:
        """The class of a drug by its ingredients, for display; None where it is not known."""
        names = tuple(ingredients)
        drug = self._drugs.get(" + ".join(names)) or (self._drugs.get(names[0]) if len(names) == 1 else None)
        return (drug.drug_class or None) if drug else None

    def classes(self, ingredient: str) -> tuple[Term, ...]:
        """The classes a drug belongs to, and those that these are part of."""
        found = list(self._classes.get(ingredient, ()))
        for term in found:
            found += [
                self._terms[stems(term_key(name))] for name in term.broader if stems(term_key(name)) in self._terms
            ]
        return tuple(dict.fromkeys(found))

    def meaning(self, key: Key, typed: str) -> Meaning | None:
        """What a term means; `typed` is as it was written, since some abbreviations count in capitals only."""
        stemmed = stems(key)
        letters = self._letters.get(key)
        if letters is not None and (typed.isupper() or not letters[1] or any(map(str.isdigit, typed))):
            return Meaning("abbreviation", letters[2], ())
        term = self._terms.get(stemmed)
        narrower = tuple(self._one_way.get(stemmed, ()))
        if term is None:
            return Meaning("finding", (), narrower) if narrower else None
        return Meaning(term.kind, self._others(term, stemmed), narrower)

    def ambiguous(self, key: Key, typed: str, *, whole: bool) -> Ambiguous | None:
        """The question to ask of what was typed; what is no abbreviation is asked only of a whole query."""
        row = self._ambiguous.get(key)
        if row is None or not (typed.isupper() if row.upper else whole or not typed.islower()):
            return None
        return row

    def status(self, ingredients: Iterable[str]) -> DrugStatus | None:
        """The gravest status of any of these ingredients."""
        found = [self._status[name] for name in ingredients if name in self._status]
        return min(found, key=lambda row: ("withdrawn", "veterinary", "restricted").index(row.status), default=None)

    def vocabulary_words(self) -> frozenset[str]:
        """Every word of a finding or a class: ordinary words that are spelled right."""
        return self._vocabulary_words

    def name_words(self) -> frozenset[str]:
        """Every word of a verified name of a drug or brand."""
        return frozenset(word for key in self._namings for word in key)

    def is_name_word(self, word: str) -> bool:
        """Whether this is a word of any known name, verified or not."""
        return word in self._name_words

    def drug_names(self) -> tuple[tuple[Key, Naming], ...]:
        """Every verified name with what it stands for."""
        return tuple((key, naming) for key, found in self._namings.items() for naming in found)

    def _others(self, term: Term, stemmed: Key) -> tuple[Target, ...]:
        targets = [*_targets(term), *self._extra.get(term.name, ())]
        others: dict[Key, Target] = {}
        for target in targets:
            if stems(target.key) != stemmed:
                others.setdefault(stems(target.key), target)
        return tuple(sorted(others.values(), key=lambda target: not target.preferred))

    def _learn_drugs(self) -> None:
        for drug in self.vocabulary.drugs:
            if drug.name in self._drugs:
                raise VocabularyError(f"{drug.name!r} is listed twice", **drug.at)
            self._drugs[drug.name] = drug
            for key, name in {term_key(name): name for name in reversed(drug.names)}.items():
                if key in self._namings:
                    raise VocabularyError(
                        f"{' '.join(key)!r} is also a name of {self._namings[key][0].ingredients[0]}", **drug.at
                    )
                self._namings[key].append(Naming(name, "name", drug.ingredients, drug=drug))

    def _learn_brands(self) -> None:
        for brand in self.vocabulary.brands:
            for name in brand.ingredients:
                if name not in self._drugs:
                    raise VocabularyError(
                        f"the brand {brand.name!r} names {name!r}, which drugs.tsv does not have", **brand.at
                    )
            key = term_key(brand.name)
            there = self._namings.get(key, [])
            if any(naming.kind == "name" for naming in there) or (there and not brand.shared):
                raise VocabularyError(
                    f"{brand.name!r} is also {' and '.join(there[0].ingredients)}; mark it shared", **brand.at
                )
            drug = self._drugs.get(" + ".join(brand.ingredients))
            self._namings[key].append(Naming(brand.name, "brand", brand.ingredients, drug=drug, brand=brand))

    def _learn_terms(self) -> None:
        for term in self.vocabulary.terms:
            _check_polarity(term.names, term)
            for name in term.names:
                stemmed = stems(term_key(name))
                there = self._terms.get(stemmed)
                if there is not None and there.name != term.name:
                    raise VocabularyError(f"{name!r} is also a name of {there.name!r}", **term.at)
                if term_key(name) in self._namings:
                    raise VocabularyError(f"{name!r} is also the name of a drug", **term.at)
                self._terms.setdefault(stemmed, term)
            for member in term.members:
                if member not in self._drugs:
                    raise VocabularyError(f"{member!r} is no name that drugs.tsv has", **term.at)
                self._classes[member].append(term)

    def _learn_abbreviations(self) -> None:
        for row in self.vocabulary.abbreviations:
            key = term_key(row.letters)
            drug = self._namings.get(term_key(row.means[0]))
            if drug is not None:
                self._namings.setdefault(key, [Naming(row.letters, "abbreviation", drug[0].ingredients, drug[0].drug)])
                continue
            targets: list[Target] = []
            for text in row.means:
                term = self._terms.get(stems(term_key(text)))
                targets += _targets(term) if term else [Target(text, term_key(text))]
                if not row.word:
                    self._learn_back(text, term, Target(row.letters, key))
            self._letters[key] = (row.letters, row.word, tuple(t for t in targets if t.key != key))

    def _learn_back(self, text: str, term: Term | None, letters: Target) -> None:
        """The written-out term also searches its letters."""
        if term is None:
            self._one_way[stems(term_key(text))].append(letters)
        elif letters.key not in (target.key for target in _targets(term)):
            self._extra[term.name].append(letters)

    def _learn_one_way(self) -> None:
        for row in self.vocabulary.one_way:
            _check_polarity((row.typed, *row.means), row)
            stemmed = stems(term_key(row.typed))
            for text in row.means:
                term = self._terms.get(stems(term_key(text)))
                targets = _targets(term) if term else (Target(text, term_key(text), row.guard),)
                self._one_way[stemmed] += [t for t in targets if stems(t.key) != stemmed]

    def _check_lookalikes(self) -> None:
        for pair in self.vocabulary.lookalikes:
            a, b = ({n.ingredients for n in self._namings.get(term_key(name), ())} for name in (pair.a, pair.b))
            if a & b:
                raise VocabularyError(f"{pair.a} and {pair.b} look alike, but the tables make them one drug", **pair.at)


def _targets(term: Term) -> tuple[Target, ...]:
    return tuple(
        Target(name, term_key(name), term.guard if name == term.name else (), preferred=name == term.name)
        for name in term.names
    )


def _check_polarity(names: Iterable[str], row: Term | OneWay) -> None:
    """Nothing crosses hypo/hyper (docs/safety-rules.md#rule-1)."""
    signs = {sign for name in names for sign in (polarity_of(term_key(name)),) if sign}
    if len(signs) > 1:
        raise VocabularyError("these mean both too little and too much of something: a synonym never crosses", **row.at)


def polarity_of(key: Key) -> int:
    """−1 for hypo…, low …; +1 for hyper…, high …; 0 for neither."""
    for word in key:
        if word.startswith("hypo") or word in _LOWERING:
            return -1
        if word.startswith("hyper") or word in _RAISING:
            return 1
    return 0
