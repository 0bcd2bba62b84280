"""What a query leaves open, so that the reader is asked: clipped names of several drugs, words of several meanings.

Knows nothing of needs or of the wording of notes.
"""

from collections.abc import Iterable, Sequence

from search.query.clipped_names import Clipped
from search.query.decisions import DrugAsked, MeaningAsked, Switches
from search.query.drug_names import NameTable
from search.query.entities import Entity, key_of_terms
from search.query.parser import Query, Term
from search.query.plan import Alternative, AnyForm, Need, Plan
from search.vocabulary import Thesaurus


class Asking:
    """What is to be asked of one query."""

    def __init__(
        self,
        query: Query,
        terms: Sequence[Term],
        entities: Sequence[Entity],
        thesaurus: Thesaurus,
        switches: Switches,
    ) -> None:
        self._query = query
        self._terms = terms
        self._thesaurus = thesaurus
        self._exact = switches.exact
        self._inside = {
            n for entity in entities if entity.end - entity.start > 1 for n in range(entity.start, entity.end)
        }

    def drugs(self, clipped: Iterable[Clipped]) -> list[DrugAsked]:
        """Clipped names that may be several drugs, each once: single words, unquoted, in no longer name.

        Args:
            clipped: names that no table has, with the drugs whose names begin so; of one candidate nothing is asked.
        """
        if self._exact:
            return []
        alone = (t for n, t in enumerate(self._terms) if n not in self._inside and t.kind == "word" and not t.quoted)
        asked: dict[tuple[str, ...], tuple[str, tuple[str, ...]]] = {
            one.term.surfaces: (one.term.typed, one.candidates) for one in clipped if len(one.candidates) > 1
        }
        for term in alone:
            row = self._thesaurus.short_name(term.surfaces)
            if row is not None:
                asked[term.surfaces] = (term.typed, row.candidates)
        return [DrugAsked(typed, candidates, self._query.text) for typed, candidates in asked.values()]

    def meanings(self) -> list[MeaningAsked]:
        """What has several meanings: words that are in no entity of several words, and the query as a whole."""
        if self._exact:
            return []
        whole = key_of_terms(self._terms)
        runs = [(t.typed, t.surfaces) for n, t in enumerate(self._terms) if n not in self._inside and not t.quoted]
        if len(self._terms) > 1:
            runs.append((" ".join(term.typed for term in self._terms), whole))
        rows = ((typed, self._thesaurus.ambiguous(key, typed, whole=key == whole)) for typed, key in runs)
        return [MeaningAsked(typed, row) for typed, row in rows if row is not None]


def nothing_until_told(query: Query, asked: Sequence[DrugAsked], names: NameTable) -> Plan:
    """The plan of a query that is not answered until it is known which drug is meant: what nothing meets."""
    nothing = tuple(Need(decision.typed, (Alternative("typed", AnyForm(())),)) for decision in asked)
    return Plan(
        required=nothing,
        optional=(),
        excluded=(),
        monographs=None,
        names=names.resolve([], ()),
        sections=query.sections,
        decisions=tuple(asked),
        hints=(),
    )
