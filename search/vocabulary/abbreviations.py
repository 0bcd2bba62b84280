"""Abbreviations: letters → the drugs or terms they stand for, and terms → their letters.

Knows nothing of queries; whether letters count as they were typed is decided by `Expansion.counts`.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from search.analysis import Key, term_key
from search.vocabulary.concepts import Abbreviation
from search.vocabulary.meanings import Naming, Target, stems, targets_of
from search.vocabulary.names import Namings
from search.vocabulary.terms import Terms


@dataclass(frozen=True, slots=True)
class Expansion:
    """What letters stand for. `is_word`: the letters are also a word or a unit."""

    targets: tuple[Target, ...]
    is_word: bool

    def counts(self, typed: str) -> bool:
        """Whether letters typed so are the abbreviation; those that are also a word need capitals or a digit."""
        return typed.isupper() or not self.is_word or any(map(str.isdigit, typed))


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """All abbreviations, by what they stand for.

    Attributes:
        namings: letters → the drug they name.
        expansions: letters → the terms they stand for.
        letters_of_terms: preferred name of a finding or class → the letters that are searched with it.
        letters_of_texts: stems of words that are no finding or class → the letters that are searched with them.
    """

    namings: Namings
    expansions: dict[Key, Expansion]
    letters_of_terms: dict[str, list[Target]]
    letters_of_texts: dict[Key, list[Target]]


def index_abbreviations(rows: Iterable[Abbreviation], names: Namings, terms: Terms) -> Abbreviations:
    """Sort abbreviations into those of drugs and those of terms.

    Letters whose first meaning is the name of a drug stand for that drug; where they are a verified name already, that name
    stays. All others stand for terms, and are searched for these too unless they are also a word
    (docs/safety-rules.md#rule-12).

    Args:
        rows: in the order of the table.
        names: what the verified names of drugs and brands stand for.
        terms: findings and classes.
    """
    index = Abbreviations({}, {}, defaultdict(list), defaultdict(list))
    for row in rows:
        key = term_key(row.letters)
        meant = term_key(row.means[0])
        drug = names.get(meant) or index.namings.get(meant)
        if drug is None:
            _add_expansion(index, row, key, terms)
        elif key not in names:
            naming = Naming(row.letters, "abbreviation", drug[0].ingredients, drug[0].drug)
            index.namings.setdefault(key, (naming,))
    return index


def _add_expansion(index: Abbreviations, row: Abbreviation, key: Key, terms: Terms) -> None:
    targets = (target for text in row.means for target in terms.targets(text))
    index.expansions[key] = Expansion(tuple(target for target in targets if target.key != key), row.word)
    if not row.word:
        for text in row.means:
            _add_letters(index, text, Target(row.letters, key), terms)


def _add_letters(index: Abbreviations, text: str, letters: Target, terms: Terms) -> None:
    """Have the words that letters stand for also searched by the letters, unless these are one of the term's names."""
    term = terms.named(text)
    if term is None:
        index.letters_of_texts[stems(term_key(text))].append(letters)
    elif letters.key not in (target.key for target in targets_of(term)):
        index.letters_of_terms[term.name].append(letters)
