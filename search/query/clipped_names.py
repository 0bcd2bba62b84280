"""Names of drugs that were clipped ("fluclox") or written in one word ("cocodamol"): whose they are, if that is clear.

A word that nothing knows is read as the drug whose name begins so where one alone does, among all known names of both regions, with
a page or not; of several it asks (docs/safety-rules.md#rule-21). Knows nothing of what else is typed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from search.analysis import Key, function_words, term_key
from search.query.asides import is_salt
from search.query.drug_names import NameTable
from search.query.parser import Term
from search.query.plan import Lexicon
from search.vocabulary import Thesaurus

MIN_LETTERS: Final = 4
"""Letters that a clipped name has; shorter ones are in short_names.tsv."""

MIN_CLIPPED: Final = 3
"""Letters that are clipped; a name that lacks fewer was mistyped: it is offered, never read (docs/safety-rules.md#rule-5)."""

MAX_ASKED: Final = 12
"""Candidates that are offered; a beginning of more drugs says too little to be a name."""


@dataclass(frozen=True, slots=True)
class Clipped:
    """A clipped name: the drugs (preferred names) whose names begin so, those with a page first."""

    term: Term
    candidates: tuple[str, ...]


class ClippedNames:
    """Reads clipped names in one index."""

    def __init__(self, names: NameTable, lexicon: Lexicon, thesaurus: Thesaurus) -> None:
        self._names = names
        self._lexicon = lexicon
        self._thesaurus = thesaurus

    def joined(self, terms: Sequence[Term]) -> list[Term]:
        """The terms, with "cocodamol" as the co-codamol that it is."""
        return [self._with_hyphen(term) for term in terms]

    def read(self, terms: Sequence[Term]) -> tuple[list[Term], list[Clipped]]:
        """The terms, each clipped name of one drug written out; and all clipped names, those of several drugs among them."""
        written: list[Term] = []
        found: list[Clipped] = []
        for before, term in zip((None, *terms), terms, strict=False):
            clipped = None if self._is_salt(before, term) else self.clipped(term)
            found += [clipped] if clipped is not None else []
            is_one = clipped is not None and len(clipped.candidates) == 1
            written.append(_named(term, clipped.candidates[0]) if clipped is not None and is_one else term)
        return written, found

    def clipped(self, term: Term) -> Clipped | None:
        """Whose name a word may be that nothing knows; None where it is known, or too short, or the beginning of none."""
        word = term.surfaces[0]
        if (
            term.kind != "word"
            or term.quoted
            or term.corrected
            or len(word) < MIN_LETTERS
            or not word.isalpha()
            or self._is_known(word)
        ):
            return None
        found, is_clear = self._thesaurus.drugs_beginning(word)
        if not found or len(found) > MAX_ASKED or (len(found) == 1 and not is_clear):
            return None
        if min(map(len, found)) < len(word) + MIN_CLIPPED:
            return None
        return Clipped(term, tuple(sorted(found, key=lambda name: (not self._has_page(name), name))))

    def _is_salt(self, before: Term | None, term: Term) -> bool:
        """Whether a term after a name is that of a salt: "metoprolol succ" is no succimer."""
        return before is not None and self._names.has_word(before.surfaces[-1]) and is_salt(term.surfaces[0])

    def _is_known(self, word: str) -> bool:
        key: Key = (word,)
        return (
            word in function_words()
            or self._lexicon.has_surface(word)
            or self._names.has_word(word)
            or self._thesaurus.is_known(key)
            or self._thesaurus.short_name(key) is not None
            or word in self._thesaurus.vocabulary_words()
            or self._thesaurus.meaning(key, word) is not None
        )

    def _has_page(self, name: str) -> bool:
        return bool(self._names.with_any((name,)))

    def _with_hyphen(self, term: Term) -> Term:
        word = term.surfaces[0]
        parts = ("co", word[2:])
        if term.kind != "word" or term.quoted or not word.startswith("co") or (word,) in self._names:
            return term
        return replace(term, kind="phrase", surfaces=parts, positions=(0, 1)) if parts in self._names else term


def _named(term: Term, name: str) -> Term:
    """A term that stands for a drug."""
    key = term_key(name)
    kind: Literal["word", "phrase"] = "word" if len(key) == 1 else "phrase"
    return replace(term, kind=kind, surfaces=key, positions=tuple(range(len(key))))
