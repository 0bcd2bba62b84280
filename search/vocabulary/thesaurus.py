"""Look-ups over the whole vocabulary: analysed words → the drugs they name, and the terms that mean the same or less.

Built once a process; each subject has its module (`names`, `terms`, `abbreviations`, `narrowing`), and this class is what the
rest of the program sees of them. Knows nothing of pages, queries or scores.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from typing import Final

from search.analysis import Key, stem, term_key
from search.vocabulary.abbreviations import index_abbreviations
from search.vocabulary.checks import check_asked, check_lookalikes
from search.vocabulary.concepts import Ambiguous, Drug, DrugStatus, ShortName, Term, Vocabulary
from search.vocabulary.meanings import Meaning, Naming, Target, stems, targets_of
from search.vocabulary.names import DrugNames, drugs_by_name, verified_namings
from search.vocabulary.narrowing import narrower_targets
from search.vocabulary.terms import Terms

_GRAVEST_FIRST: Final = ("withdrawn", "veterinary", "restricted")


class Thesaurus:
    """Look-ups over one vocabulary.

    Attributes:
        vocabulary: the tables it was built from.
        longest: the number of words of the longest name or phrase of any table but the abbreviations.

    Raises:
        VocabularyError: two tables disagree (`checks`); names file and line.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        drugs = drugs_by_name(vocabulary.drugs)
        verified = verified_namings(drugs, vocabulary.brands)
        self._terms = Terms(vocabulary.terms, drugs, verified)
        abbreviations = index_abbreviations(vocabulary.abbreviations, verified, self._terms)
        self._expansions = abbreviations.expansions
        self._letters_of_terms = abbreviations.letters_of_terms
        self._narrower = narrower_targets(vocabulary.one_way, self._terms, abbreviations.letters_of_texts)
        self._names = DrugNames(drugs, verified | abbreviations.namings, vocabulary.known)
        check_asked((*vocabulary.ambiguous, *vocabulary.short_names))
        self._ambiguous = {term_key(row.typed): row for row in vocabulary.ambiguous}
        self._short_names = {term_key(row.typed): row for row in vocabulary.short_names}
        self._status = {row.drug.lower(): row for row in vocabulary.statuses}
        self._vocabulary_words = _words_of_terms(vocabulary)
        phrases = max(map(len, (*self._narrower, *self._ambiguous)), default=1)
        self.longest = max(self._names.longest(), self._terms.longest(), phrases)
        surfaces = chain(self._expansions, (key for key, _ in self._names.all_namings()))
        self._longest_from = _longest_by_first(chain(self._terms.keys(), self._narrower, map(stems, surfaces)))
        for pair in vocabulary.lookalikes:
            check_lookalikes(pair, self.namings(term_key(pair.a)), self.namings(term_key(pair.b)))

    def longest_from(self, word: str) -> int:
        """The number of words of the longest name, phrase or abbreviation that begins with a form of this word; 0 if none does."""
        return self._longest_from.get(stem(word), 0)

    def namings(self, key: Key) -> tuple[Naming, ...]:
        """What drugs a name stands for; several where two drugs share a brand."""
        return self._names.namings(key)

    def is_known(self, key: Key) -> bool:
        """Whether this is some name of a drug or brand, verified or not."""
        return self._names.is_known(key)

    def known_ingredients(self, key: Key) -> tuple[str, ...]:
        """The ingredients of a brand by the unverified table; none where it does not know."""
        return self._names.known_ingredients(key)

    def drugs_beginning(self, letters: str) -> tuple[frozenset[str], bool]:
        """The drugs (preferred names) one of whose names begins with some letters, and whether no brand of another drug does.

        A fragment of a brand is never a name, but what it might be of keeps a drug from being the only candidate.
        """
        return self._names.beginning(letters)

    def drug(self, ingredient: str) -> Drug | None:
        """A drug by its preferred name."""
        return self._names.drug(ingredient)

    def names_of(self, ingredient: str) -> tuple[Key, ...]:
        """The keys of all names of a drug, by its preferred name; of an unknown drug, the key of that name."""
        return self._names.names_of(ingredient)

    def canonical(self, ingredient: str) -> tuple[str, ...]:
        """The preferred names of what an ingredient's name on a page stands for; an unknown one stands for itself."""
        return self._names.canonical(ingredient)

    def class_of(self, ingredients: Iterable[str]) -> str | None:
        """The class of a drug by its ingredients (preferred names), for display; None where it is not known."""
        return self._names.class_of(ingredients)

    def class_label(self, written: str | None, ingredients: Sequence[str]) -> str | None:
        """The class of a drug under the one name that the table of classes has for it, as hits, lists and filters show it.

        Args:
            written: the class as a page names it ("Beta blocker (cardioselective)"), or None.
            ingredients: preferred names.

        Returns:
            The name of the first class that the drug belongs to and that what was written names, the narrower before the broader;
            what was written, where it names none of them; without it, what the table of drugs says.
        """
        text = written or self._names.class_of(ingredients)
        if not text:
            return None
        said = stems(term_key(text))
        own = dict.fromkeys(term for name in ingredients for term in self._terms.classes(name))
        named = (term.name for term in own if self.counts_as(term, ingredients) and _names_it(term, said))
        label = next(named, text)
        return label[0].upper() + label[1:]

    def classes(self, ingredient: str) -> tuple[Term, ...]:
        """The classes a drug belongs to by its preferred name, then the broader classes that these are part of."""
        return self._terms.classes(ingredient)

    def class_typed(self, key: Key, typed: str) -> Term | None:
        """The class that was typed, by one of its names or an abbreviation; None where it is no class.

        Args:
            key: the surfaces of the term.
            typed: the term as it was written, since some abbreviations count in capitals only.
        """
        expansion = self._expansions.get(key)
        counts = expansion is not None and expansion.counts(typed)
        keys = [key, *(target.key for target in expansion.targets)] if expansion and counts else [key]
        terms = (self._terms.get(stems(each)) for each in keys)
        return next((term for term in terms if term is not None and term.kind == "class"), None)

    def members(self, term: Term) -> frozenset[str]:
        """The preferred names of all drugs of a class, those of the classes that are part of it among them."""
        return self._terms.members(term)

    def counts_as(self, term: Term, ingredients: Collection[str]) -> bool:
        """Whether a product of these ingredients (preferred names) belongs to a class.

        A combination that also holds what the class opposes does not: buprenorphine with naloxone counts as an opioid, and as no
        opioid antagonist (docs/safety-rules.md#rule-23).
        """
        opposed = (self._terms.members(other) for other in map(self._terms.named, term.opposes) if other is not None)
        return not self.members(term).isdisjoint(ingredients) and all(
            theirs.isdisjoint(ingredients) for theirs in opposed
        )

    def class_called(self, text: str) -> Term | None:
        """The class that a text names as a whole; None where it names none."""
        term = self._terms.named(text)
        return term if term is not None and term.kind == "class" else None

    def meaning(self, key: Key, typed: str) -> Meaning | None:
        """What a term means; None where the vocabulary does not know it.

        Args:
            key: the surfaces of the term.
            typed: the term as it was written, since some abbreviations count in capitals only.
        """
        expansion = self._expansions.get(key)
        if expansion is not None and expansion.counts(typed):
            return Meaning("abbreviation", expansion.targets, self._narrower_than(key, expansion.targets))
        stemmed = stems(key)
        term = self._terms.get(stemmed)
        narrower = self._narrower.get(stemmed, ())
        if term is None:
            return Meaning("finding", (), narrower) if narrower else None
        return Meaning(term.kind, self._other_names(term, stemmed), narrower, term.guard)

    def ambiguous(self, key: Key, typed: str, *, whole: bool) -> Ambiguous | None:
        """The several meanings of what was typed, to ask which; None where there is nothing to ask.

        Args:
            key: the surfaces of the term.
            typed: the term as it was written. A row of capitals counts only in capitals.
            whole: the term is the whole query. Another row counts then, or where it is not all in lower case.
        """
        row = self._ambiguous.get(key)
        if row is None or not (typed.isupper() if row.upper else whole or not typed.islower()):
            return None
        return row

    def short_name(self, key: Key) -> ShortName | None:
        """The clipped name that a term is, if it may be several drugs; None where there is nothing to ask."""
        return self._short_names.get(key)

    def status(self, ingredients: Iterable[str]) -> DrugStatus | None:
        """The gravest status of any of these ingredients (preferred names); None where none has one."""
        rows = [self._status[name] for name in ingredients if name in self._status]
        return min(rows, key=lambda row: _GRAVEST_FIRST.index(row.status), default=None)

    def vocabulary_words(self) -> frozenset[str]:
        """Every word of a finding, a class or a one-way phrase: ordinary words that are spelled right."""
        return self._vocabulary_words

    def name_words(self) -> frozenset[str]:
        """Every word of a verified name of a drug or brand."""
        return self._names.words()

    def is_name_word(self, word: str) -> bool:
        """Whether this is a word of any known name, verified or not."""
        return self._names.is_word(word)

    def drug_names(self) -> tuple[tuple[Key, Naming], ...]:
        """Every verified name with what it stands for, in the order of the tables."""
        return tuple(self._names.all_namings())

    def _narrower_than(self, letters: Key, names: Iterable[Target]) -> tuple[Target, ...]:
        """What is searched one way with any of the names that letters stand for, but for the letters and the names."""
        known = dict.fromkeys((stems(letters), *(stems(name.key) for name in names)))
        narrower = (target for stemmed in known for target in self._narrower.get(stemmed, ()))
        return tuple(dict.fromkeys(target for target in narrower if stems(target.key) not in known))

    def _other_names(self, term: Term, stemmed: Key) -> tuple[Target, ...]:
        """The names of a term, but those with the stems that were typed: each once, the preferred one first."""
        others: dict[Key, Target] = {}
        for target in (*targets_of(term), *self._letters_of_terms.get(term.name, ())):
            target_stems = stems(target.key)
            if target_stems != stemmed:
                others.setdefault(target_stems, target)
        return tuple(sorted(others.values(), key=lambda target: not target.preferred))


def _longest_by_first(stemmed: Iterable[Key]) -> dict[str, int]:
    """The stem of a first word → the number of words of the longest key that begins with it."""
    longest: dict[str, int] = {}
    for key in filter(None, stemmed):
        longest[key[0]] = max(len(key), longest.get(key[0], 0))
    return longest


def _names_it(term: Term, said: Key) -> bool:
    """Whether a text (its stems) has a name of a term in it, its words side by side."""
    names = (stems(term_key(name)) for name in term.names)
    return any(said[at : at + len(name)] == name for name in names for at in range(len(said) - len(name) + 1))


def _words_of_terms(vocabulary: Vocabulary) -> frozenset[str]:
    names = [name for term in vocabulary.terms for name in term.names]
    phrases = [text for row in vocabulary.one_way for text in (row.typed, *row.means)]
    return frozenset(word for text in (*names, *phrases) for word in term_key(text))
