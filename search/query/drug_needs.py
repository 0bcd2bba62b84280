"""The needs of a drug that is named: by all its names, by the ingredients of a combination, by its class on another's page.

Knows nothing of queries or spans.
"""

from collections.abc import Sequence

from search.analysis import Key, function_words, term_key
from search.model import Note
from search.query import notes as say
from search.query.drug_names import NamedDrug, NameTable
from search.query.plan import AllParts, AllWords, Alternative, Lexicon, Matcher, OnPages, Phrase, words
from search.vocabulary import Naming, Thesaurus


def as_typed(key: Key, *, corrected: bool = False) -> Alternative:
    """A known surface as it was typed; `corrected` if it was not."""
    return Alternative("typed", words(key), "spelling" if corrected else None)


def scattered(key: Key) -> tuple[Alternative, ...]:
    """The words of a unit apart: after everything else, and labelled."""
    return (Alternative("scattered", AllWords(content(key))),) if len(key) > 1 else ()


def content(key: Key) -> Key:
    """The words of a unit that say what it is about."""
    return tuple(surface for surface in key if surface not in function_words()) or key


def by_other_names(naming: Naming, key: Key, thesaurus: Thesaurus) -> list[Alternative]:
    """The same drug by its other names; a combination by all its ingredients, each by any of its names."""
    own = thesaurus.names_of(" + ".join(naming.ingredients))
    found = [Alternative("synonym", words(other), "synonym") for other in own if other != key]
    if len(naming.ingredients) > 1:
        parts = tuple(tuple(map(words, thesaurus.names_of(name))) for name in naming.ingredients)
        found.append(Alternative("synonym", AllParts(parts), "synonym"))
    return found


class DrugNeeds:
    """How drugs that are named may be met, in one index."""

    def __init__(self, names: NameTable, lexicon: Lexicon, thesaurus: Thesaurus) -> None:
        self._names = names
        self._lexicon = lexicon
        self._thesaurus = thesaurus

    def other_names(self, drug: NamedDrug) -> tuple[list[Alternative], Note | None]:
        """The drug by all its other names that this index holds, and what is said of it; the note may switch them off."""
        found = dict.fromkeys(
            alternative
            for naming in drug.namings
            for alternative in by_other_names(naming, drug.key, self._thesaurus)
            if self._occurs(alternative.matcher)
        )
        return list(found), say.names(drug, [alternative.matcher for alternative in found])

    def said_by_pages(self, drug: NamedDrug) -> Note | None:
        """Whose name it is, where only the pages themselves say so."""
        other = [name for name in drug.own if name.kind in ("brand", "alias")]
        if drug.namings or not other or len(other) < len(drug.own):
            return None
        titles = tuple(dict.fromkeys(self._names.title(name.monograph) for name in other))
        return say.page_name(drug, titles, other[0].kind, other[0].text, other[0].region)

    def by_class(self, drug: NamedDrug, drugs: Sequence[NamedDrug]) -> list[Alternative]:
        """What the pages of the other drugs say of this one's class (docs/safety-rules.md#rule-3)."""
        others = [other for other in drugs if other.ingredients != drug.ingredients]
        pages = frozenset(number for other in others for number in (*other.pages, *other.holding))
        if not pages or len(drug.ingredients) != 1:
            return []
        terms = self._thesaurus.classes(next(iter(drug.ingredients)))
        keys = dict.fromkeys(term_key(name) for term in terms for name in term.names)
        return [
            Alternative("class", OnPages(words(key), pages), "class")
            for key in keys
            if all(map(self._lexicon.has_word, key))
        ]

    def _occurs(self, matcher: Matcher) -> bool:
        """Whether the words of another name are in this index at all."""
        if isinstance(matcher, AllParts):
            return all(any(map(self._occurs, part)) for part in matcher.parts)
        return isinstance(matcher, Phrase) and all(map(self._lexicon.has_word, matcher.surfaces))
