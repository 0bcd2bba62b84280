"""A drug that is named → the need it makes: all its names, the ingredients of a combination, its class on another's page.

Knows nothing of what else is asked, nor of how it is said.
"""

from collections.abc import Sequence

from search.analysis import Key, function_words, term_key
from search.query.decisions import DrugNamed, PageNamed, Switches
from search.query.drug_names import NameTable
from search.query.named import NamedDrug
from search.query.plan import (
    AllParts,
    AllWords,
    Alternative,
    Lexicon,
    Matcher,
    Need,
    OnPages,
    Phrase,
    SectionsOfPages,
    unit_phrase,
)
from search.vocabulary import Naming, Thesaurus


def as_typed(key: Key, guard: tuple[str, ...] = (), *, corrected: bool = False) -> Alternative:
    """A known surface as it was typed, not where a word of its guard stands before it; `corrected` if it was not typed so."""
    return Alternative("typed", unit_phrase(key, guard), "spelling" if corrected else None)


def scattered(key: Key) -> tuple[Alternative, ...]:
    """The words of a unit apart: after everything else, and labelled."""
    return (Alternative("scattered", AllWords(content(key))),) if len(key) > 1 else ()


def content(key: Key) -> Key:
    """The words of a unit that say what it is about."""
    return tuple(surface for surface in key if surface not in function_words()) or key


def by_other_names(naming: Naming, key: Key, thesaurus: Thesaurus) -> list[Alternative]:
    """The same drug by its other names; a combination by all its ingredients, each by any of its names."""
    own = thesaurus.names_of(" + ".join(naming.ingredients))
    alternatives = [Alternative("synonym", unit_phrase(other), "synonym") for other in own if other != key]
    if len(naming.ingredients) > 1:
        parts = tuple(tuple(map(unit_phrase, thesaurus.names_of(name))) for name in naming.ingredients)
        alternatives.append(Alternative("synonym", AllParts(parts), "synonym"))
    return alternatives


def any_of_these(required: Sequence[Need], drugs: Sequence[NamedDrug]) -> list[Need]:
    """The needs of a comparison: something is asked of each of several drugs, so the page of any of them meets them all.

    Drugs alone are looked for together, as always: what pages say of both.
    """
    named = [need for need in required if need.about == "drug"]
    others = [need for need in required if need.about != "drug"]
    pages = frozenset(number for drug in drugs for number in drug.pages)
    if len(named) < 2 or not others or not pages:
        return list(required)
    typed = " or ".join(need.typed for need in named)
    return [Need(typed, (Alternative("typed", SectionsOfPages(pages), "name"),), about="drug"), *others]


class DrugNeeds:
    """How drugs that are named may be met, in one index."""

    def __init__(self, names: NameTable, lexicon: Lexicon, thesaurus: Thesaurus, switches: Switches) -> None:
        self._names = names
        self._lexicon = lexicon
        self._thesaurus = thesaurus
        self._switches = switches

    def need(self, drug: NamedDrug, drugs: Sequence[NamedDrug]) -> tuple[Need, tuple[DrugNamed | PageNamed, ...]]:
        """The need of one of the `drugs` of a query, and what is to be said of its name.

        Its other names are searched where something is said of that, and it is not switched off.
        """
        others = self._other_names(drug)
        named = _drug_named(drug, others)
        if named is None or not self._switches.allow(named.kind, named.key):
            named, others = None, []
        by_pages = self._page_named(drug)
        classes = [] if self._switches.exact else self._by_class(drug, drugs)
        alternatives = (as_typed(drug.key), *others, *classes, *scattered(drug.key))
        decisions = tuple(decision for decision in (named, by_pages) if decision is not None)
        return Need(drug.typed, alternatives, about="drug"), decisions

    def _other_names(self, drug: NamedDrug) -> list[Alternative]:
        """The drug by all its other names that this index holds."""
        return list(
            dict.fromkeys(
                alternative
                for naming in drug.namings
                for alternative in by_other_names(naming, drug.key, self._thesaurus)
                if self._occurs(alternative.matcher)
            )
        )

    def _page_named(self, drug: NamedDrug) -> PageNamed | None:
        """Whose name it is, where only the pages themselves say so."""
        other = [name for name in drug.own if name.kind in ("brand", "alias")]
        if drug.namings or not other or len(other) < len(drug.own):
            return None
        titles = tuple(dict.fromkeys(self._names.title(name.monograph) for name in other))
        return PageNamed(drug, titles, other[0])

    def _by_class(self, drug: NamedDrug, drugs: Sequence[NamedDrug]) -> list[Alternative]:
        """What the pages of the other drugs say of this one's class (docs/safety-rules.md#rule-3)."""
        others = [other for other in drugs if other.ingredients != drug.ingredients]
        pages = frozenset(number for other in others for number in (*other.pages, *other.holding))
        if not pages:
            return []
        own = drug.ingredients or frozenset(name for page in drug.pages for name in self._names.ingredients(page))
        terms = [term for name in sorted(own) for term in self._thesaurus.classes(name)]
        keys = dict.fromkeys(term_key(name) for term in terms for name in term.names)
        return [
            Alternative("class", OnPages(unit_phrase(key), pages), "class")
            for key in keys
            if self._lexicon.has_words(key)
        ]

    def _occurs(self, matcher: Matcher) -> bool:
        """Whether the words of another name are in this index at all."""
        if isinstance(matcher, AllParts):
            return all(any(map(self._occurs, part)) for part in matcher.parts)
        return isinstance(matcher, Phrase) and self._lexicon.has_words(matcher.surfaces)


def _drug_named(drug: NamedDrug, searched: Sequence[Alternative]) -> DrugNamed | None:
    """Whose name was typed, or under what other names its drug is `searched`; None where there is nothing to say."""
    if not drug.namings:
        return None
    if len(drug.namings) > 1:
        products = tuple(dict.fromkeys(" + ".join(naming.ingredients) for naming in drug.namings))
        return DrugNamed(drug, "shared", products)
    naming = drug.namings[0]
    joined = (" + ".join(naming.ingredients),)
    if naming.brand is not None:
        return DrugNamed(drug, "brand", joined)
    if naming.kind == "abbreviation":
        return DrugNamed(drug, "abbreviation", joined)
    if naming.drug is not None and drug.key != term_key(naming.drug.name):
        return DrugNamed(drug, "other name", joined)
    keys = {one.matcher.surfaces for one in searched if isinstance(one.matcher, Phrase)}
    others = tuple(text for text in (naming.drug.names if naming.drug else ()) if term_key(text) in keys)
    return DrugNamed(drug, "searched", others) if others else None
