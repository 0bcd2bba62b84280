"""Words that name no drug → the needs they make: plain words, beginnings, terms with synonyms, words of a question.

Each builder returns a `Part` of the plan; none knows of the others, nor of how a decision is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from search.analysis import function_words, term_key
from search.model import KINDS, Tier
from search.query.classes import AskedClass, asked_class
from search.query.decisions import ClassAsked, Decision, PrefixCut, Switches, SynonymsSearched, decision_id
from search.query.drug_names import NameTable
from search.query.drug_needs import as_typed, content, scattered
from search.query.entities import Entity
from search.query.intents import Intent
from search.query.named import NamedDrug
from search.query.organs import organ_of
from search.query.parser import MIN_PREFIX_LETTERS, Term
from search.query.plan import (
    AllWords,
    Alternative,
    AnyForm,
    Hint,
    Lexicon,
    Need,
    OnPages,
    Phrase,
    SectionsOfKind,
    SectionsOfPages,
    unit_phrase,
)
from search.query.populations import is_population
from search.vocabulary import Meaning, Target, Thesaurus

_UNDONE: Final = tuple(map(term_key, ("antidote", "reversal", "reverse", "neutralise")))
"""What pages say of what undoes a drug, in any form."""

_PREGNANCY: Final = (KINDS.index("pregnancy"),)


@dataclass(frozen=True, slots=True)
class Part:
    """What one entity or word of a query adds to the plan.

    `plain`: the word itself, where nothing is known of it, so that it may be misspelt. `is_topic`: a topic that is asked about in
    many wordings ("miss a dose", "missed dose"), so the wording must not order the answers. `classes`: a class that was typed.
    `start`: the place of the words in the query. `is_population`: whom it is asked of ("in children").
    """

    required: tuple[Need, ...] = ()
    optional: tuple[Need, ...] = ()
    hints: tuple[Hint, ...] = ()
    decisions: tuple[Decision, ...] = ()
    plain: tuple[Term, ...] = ()
    is_topic: bool = False
    classes: tuple[AskedClass, ...] = ()
    start: int = -1
    is_population: bool = False


class TermNeeds:
    """Makes the needs of one query in one index.

    Args:
        prefix_limit: how many surfaces a beginning may stand for.
    """

    def __init__(
        self, names: NameTable, lexicon: Lexicon, thesaurus: Thesaurus, switches: Switches, prefix_limit: int
    ) -> None:
        self._names = names
        self._thesaurus = thesaurus
        self._lexicon = lexicon
        self._switches = switches
        self._prefix_limit = prefix_limit

    def of_word(self, term: Term, *, required: bool = True) -> Part:
        """A word, phrase or beginning that nothing is known of; `required`: a section must have it."""
        if term.kind == "prefix":
            return self._of_prefix(term)
        need = Need(term.typed, self._alternatives(term))
        if not required or (term.kind == "word" and not term.quoted and term.surfaces[0] in function_words()):
            return Part(optional=(need,))
        is_known = term.quoted or term.corrected
        return Part(required=(replace(need, is_plain=not is_known),), plain=() if is_known else (term,))

    def of_term(self, entity: Entity, *, of_drug: bool = False, of_care: bool = True) -> Part:
        """A term of the vocabulary, or a unit such as "low potassium": as typed, by its synonyms, by its words apart.

        `of_drug`: a drug or a class is named, whose page may speak of the state of an organ by the organ alone; `of_care`: no role
        is asked for, or warnings.
        """
        meaning = entity.meaning or Meaning("unit", (), ())
        organ = organ_of(entity.key, of_care=of_care) if of_drug else None
        of_organ = (Target(" ".join(organ), organ),) if organ and organ != entity.key else ()
        meant = (*meaning.equals, *meaning.narrower, *of_organ)
        allowed = bool(meant) and self._switches.allow(SynonymsSearched.kind, entity.key)
        occurring = [target for target in meant if self._lexicon.has_words(target.key)] if allowed else []
        is_topic = entity.intent is not None and entity.intent.role == "topic" and not _is_of_pregnancy(entity.intent)
        tier: Tier = "typed" if is_topic else "synonym"  # a topic is asked about in many wordings
        others = [Alternative(tier, unit_phrase(t.key, t.guard), "synonym") for t in occurring]
        typed = as_typed(entity.key, meaning.guard, corrected=entity.corrected)
        alternatives = (typed, *others, *scattered(entity.key))
        if is_topic and others:  # in the same order whatever was typed, as the first one weighs
            same = replace(typed, why="synonym")
            alternatives = tuple(sorted({*others, same}, key=lambda one: str(one.matcher)))
        listed = tuple(target for target in meant if allowed and (target in occurring or target.preferred))
        return Part(
            required=(Need(entity.typed, alternatives, "topic" if is_topic else "finding"),),
            hints=self._hints(entity),
            decisions=(SynonymsSearched(entity.typed, entity.key, listed),) if listed and not is_topic else (),
            is_topic=is_topic,
            is_population=is_population(entity.key),
        )

    def of_class(self, entity: Entity, drugs: Sequence[NamedDrug]) -> Part:
        """A class of drugs: met by every section of its members' pages, and by its names on the pages of others.

        On the pages of the `drugs` that are named beside it, by the names of its members as well: "levothyroxine with calcium
        tablets" is answered by what its page says of calcium carbonate.
        """
        asked = None
        if entity.drug_class is not None and self._switches.allow(ClassAsked.kind, entity.key):
            asked = asked_class(entity.drug_class, entity.key, entity.typed, self._names)
        part = self.of_term(entity)
        if asked is None:
            return part
        need = part.required[0]
        alternatives = (*need.alternatives, *self._members_named(entity, drugs))
        if asked.members:
            named = (one for one in alternatives[1:] if one.tier != "scattered")
            of_members = Alternative("typed", SectionsOfPages(asked.members), "member")
            alternatives = (alternatives[0], of_members, *named)
        return replace(
            part,
            required=(replace(need, alternatives=alternatives, about="class"),),
            decisions=(self._said(asked), *part.decisions),
            classes=(asked,),
        )

    def _members_named(self, entity: Entity, drugs: Sequence[NamedDrug]) -> list[Alternative]:
        """The members of a class by name, on the pages of drugs that are named and are none of them."""
        if entity.drug_class is None or not drugs:
            return []
        members = self._thesaurus.members(entity.drug_class)
        pages = frozenset(page for drug in drugs for page in (*drug.pages, *drug.holding))
        keys = dict.fromkeys(key for name in sorted(members) for key in self._thesaurus.names_of(name))
        own = {drug.key for drug in drugs} | {
            key for d in drugs for n in d.ingredients for key in self._thesaurus.names_of(n)
        }
        return [
            Alternative("class", OnPages(unit_phrase(key), pages), "class")
            for key in keys
            if key not in own and self._lexicon.has_words(key)
        ]

    def _said(self, asked: AskedClass) -> ClassAsked:
        titles = sorted({self._names.title(number) for number in asked.members}, key=str.casefold)
        return ClassAsked(asked.typed, asked.key, asked.name, tuple(titles), asked.absent)

    def of_intent(self, entity: Entity, *, together: bool, of_drug: bool) -> Part:
        """Words of a question. Of drugs `together`, any section that names both may answer, whatever its kind.

        `of_drug`: a drug is named, so that an antidote is asked for as a topic of its page.
        """
        asked, typed = entity.intent, as_typed(entity.key)
        if asked is None or self._is_switched_off(entity):
            return Part(required=(Need(entity.typed, (typed,)),))
        hints = self._hints(entity)
        if asked.asks == "undoes" and of_drug:
            undone = (*_UNDONE, *(typed.matcher.surfaces for typed in (typed,) if isinstance(typed.matcher, Phrase)))
            ways = tuple(Alternative("typed", unit_phrase(key)) for key in dict.fromkeys(undone))
            return Part(required=(Need(entity.typed, ways, "topic"),), hints=hints)
        about: Literal["finding", "topic"] = "finding" if _is_of_pregnancy(asked) else "topic"
        if asked.role == "section" and not together:
            of_kind = Alternative("typed", SectionsOfKind(asked.kinds), "exact")
            return Part(required=(Need(entity.typed, (of_kind, typed), "topic"),), hints=hints)
        if asked.role != "topic":
            return Part(optional=(Need(entity.typed, (typed,)),), hints=hints)
        if len(entity.key) > 1:
            # One topic in other words ("miss a dose", "missed dose"): its words, wherever they stand.
            anywhere = Alternative("typed", AllWords(content(entity.key)))
            return Part(required=(Need(entity.typed, (anywhere,), "topic"),), hints=hints, is_topic=True)
        return Part(required=(Need(entity.typed, (typed,), about),), hints=hints)

    def _is_switched_off(self, entity: Entity) -> bool:
        return decision_id("section-hint", entity.key) in self._switches.without

    def _hints(self, entity: Entity) -> tuple[Hint, ...]:
        """The sections that the words mean, unless that is switched off."""
        if entity.intent is None or not entity.intent.kinds or self._is_switched_off(entity):
            return ()
        return (Hint(entity.typed, entity.key, entity.intent.kinds, entity.intent.role == "verb"),)

    def _of_prefix(self, term: Term) -> Part:
        prefix = term.surfaces[0]
        surfaces, total = self._lexicon.prefixed(prefix, self._prefix_limit)
        cut = (PrefixCut(term.typed, prefix, total, len(surfaces)),) if total > len(surfaces) else ()
        return Part(required=(Need(term.typed, (Alternative("typed", AnyForm(surfaces)),)),), decisions=cut)

    def _alternatives(self, term: Term) -> tuple[Alternative, ...]:
        """How a word that nothing is known of matches: in all its forms, but never as a form of a drug's name."""
        if term.abbreviated and len(term.typed) >= MIN_PREFIX_LETTERS and not self._lexicon.has_word(term.surfaces[0]):
            surfaces, _ = self._lexicon.prefixed(term.surfaces[0], self._prefix_limit)
            return (Alternative("typed", AnyForm(surfaces)),)
        if term.kind == "word" and self._resembles_name(term.surfaces[0]):
            return (Alternative("typed", AnyForm(term.surfaces)),)
        if term.surfaces[0] == "non" and len(term.surfaces) > 1 and not term.quoted:
            return (
                Alternative("typed", Phrase(term.surfaces, term.positions)),
                Alternative("synonym", AllWords(term.surfaces[1:])),
            )
        return (Alternative("typed", Phrase(term.surfaces, term.positions), "spelling" if term.corrected else None),)

    def _resembles_name(self, word: str) -> bool:
        """Whether a word no page has would match a drug's name by its stem; a plural is no other word.

        It must not: a drug's name is never corrected (docs/safety-rules.md#rule-5).
        """
        return (
            not self._lexicon.has_surface(word)
            and self._names.resembles(word)
            and not self._names.has_word(word.removesuffix("s"))
        )


def _is_of_pregnancy(asked: Intent) -> bool:
    """Whether words ask for what is a state of a person as well, of which statements warn."""
    return asked.kinds[:1] == _PREGNANCY
