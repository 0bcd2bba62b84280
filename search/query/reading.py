"""What is known in a query, before needs are made of it: names, entities, a class that is not wanted, the role asked for.

Knows nothing of needs, pages or the wording of notes.
"""

from dataclasses import dataclass

from search.model import ExcerptRole
from search.query.asked_roles import asked_role, negation_at
from search.query.clipped_names import Clipped, ClippedNames
from search.query.decisions import ClassLeftOut, Switches
from search.query.drug_names import NameTable
from search.query.entities import Entity, EntityFinder
from search.query.headed import with_heads
from search.query.left_out import LeftOut, left_out
from search.query.lone_letters import attach
from search.query.parser import Query, Term
from search.query.plan import Lexicon
from search.vocabulary import Thesaurus


@dataclass(frozen=True, slots=True)
class Reading:
    """A query, read.

    `terms`: those of the query, clipped names written out, a class that is not wanted left out. `entities`: what is known among
    them. `clipped`: the names that were written out, or that may be several. `unwanted`: the class that is not wanted, and
    `unwanted_typed` the words that said so. `asked`: the role that is asked for. `negation`: the place of the words that ask for a
    denial.
    """

    terms: list[Term]
    entities: list[Entity]
    clipped: list[Clipped]
    unwanted: LeftOut | None
    unwanted_typed: str
    asked: ExcerptRole | None
    negation: int | None

    @property
    def names_any(self) -> bool:
        """Whether a drug or a class is named."""
        return any(entity.kind in ("drug", "class") for entity in self.entities)


class QueryReader:
    """Reads queries in one index."""

    def __init__(self, names: NameTable, lexicon: Lexicon, thesaurus: Thesaurus, switches: Switches) -> None:
        self._names = names
        self._lexicon = lexicon
        self._thesaurus = thesaurus
        self._switches = switches
        self._clipped = ClippedNames(names, lexicon, thesaurus)
        self.entities = EntityFinder(names, thesaurus, exact=switches.exact)

    def read(self, query: Query) -> Reading:
        """A query, read."""
        exact = self._switches.exact
        terms = attach(self._clipped.joined(query.terms), self._lexicon, self._names, self._thesaurus)
        terms, clipped = (terms, list[Clipped]()) if exact else self._clipped.read(terms)
        entities = self.entities.find(terms)
        unwanted = None if exact else left_out(terms, entities, self._thesaurus)
        typed = ""
        if unwanted is not None and self._switches.allow(ClassLeftOut.kind, unwanted.entity.key):
            typed = " ".join(term.typed for term in terms[unwanted.start : unwanted.end])
            terms = [*terms[: unwanted.start], *terms[unwanted.end :]]
            entities = self.entities.find(terms)
        else:
            unwanted = None
        if not exact and not any(entity.kind in ("drug", "class") for entity in entities):
            entities = with_heads(terms, entities, self._lexicon)
        negation = negation_at(terms, entities)
        asked = asked_role(entities, terms, negation)
        if unwanted is not None and asked is None and any(entity.kind == "term" for entity in entities):
            asked = "treats"  # who wants others than a class wants them for something
        return Reading(terms, entities, clipped, unwanted, typed, asked, negation)
