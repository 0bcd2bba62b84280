"""Names that are easily taken for each other: whose pages stand last, and when that must be said (docs/safety-rules.md#rule-11).

Tall Man letters come from the FDA's list and are never computed. Knows nothing of scores.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from search.analysis import Key, term_key
from search.query.decisions import Confusable
from search.query.drug_names import NameTable
from search.query.named import NamedDrug, NameLevel, Resolution
from search.vocabulary import Thesaurus


@dataclass(frozen=True, slots=True)
class Partner:
    """A name that looks like another; `fda`: the pair is on the FDA's list."""

    name: str
    key: Key
    fda: bool


class LookAlikes:
    """The look-alike pairs of a thesaurus."""

    def __init__(self, thesaurus: Thesaurus) -> None:
        self._thesaurus = thesaurus
        self._partners: dict[Key, list[Partner]] = defaultdict(list)
        for pair in thesaurus.vocabulary.lookalikes:
            for name, other in ((pair.a, pair.b), (pair.b, pair.a)):
                self._partners[term_key(name)].append(Partner(other, term_key(other), pair.fda))

    def partners(self, drug: NamedDrug) -> tuple[Partner, ...]:
        """Names that look like the one that was typed, or like another name of the same drug."""
        keys = {drug.key, *(key for name in drug.ingredients for key in self._thesaurus.names_of(name))}
        if len(drug.ingredients) > 1:
            keys = {drug.key}
        return tuple(dict.fromkeys(partner for key in sorted(keys) for partner in self._partners.get(key, ())))

    def last(self, resolution: Resolution, names: NameTable) -> Resolution:
        """The same names, with the pages of look-alikes of what was named after all others."""
        levels = dict(resolution.levels)
        for drug in resolution.drugs:
            for partner in self.partners(drug):
                other = names.drug(partner.key, partner.name)
                for number in (*other.pages, *(name.monograph for name in other.own)):
                    levels.setdefault(number, NameLevel.LOOKS_ALIKE)
        return replace(resolution, levels=levels)

    def confusions(self, resolution: Resolution, names: NameTable, shown: Iterable[int]) -> list[Confusable]:
        """Of which names it must be said: of a partner that is shown as well, or a pair on the FDA's list of different classes.

        Args:
            resolution: who is named.
            names: the names of the index.
            shown: the numbers of the monographs on the page of results.
        """
        pages = set(shown)
        confusions = []
        for drug in resolution.drugs:
            partners = [partner for partner in self.partners(drug) if self._is_told(drug, partner, names, pages)]
            if partners:
                confusions.append(Confusable(drug.typed, tuple(partner.name for partner in partners)))
        return confusions

    def described(self, name: str) -> str:
        """A name as it is to be told apart: in Tall Man letters if it has any, with its class."""
        tall = self._thesaurus.vocabulary.tallman.get(name.lower(), name)
        found = self._class(term_key(name))
        return f"{tall} ({found})" if found else tall

    def _class(self, key: Key) -> str | None:
        namings = self._thesaurus.namings(key)
        return self._thesaurus.class_of(namings[0].ingredients) if len(namings) == 1 else None

    def _is_told(self, drug: NamedDrug, partner: Partner, names: NameTable, shown: set[int]) -> bool:
        other = names.drug(partner.key, partner.name)
        if shown & other.pages:
            return True
        mine, theirs = self._class(drug.key), self._class(partner.key)
        return partner.fda and mine is not None and theirs is not None and mine != theirs
