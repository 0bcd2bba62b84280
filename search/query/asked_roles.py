"""Which role of statements a query asks for: what causes, treats, warns of or denies a finding; by its verbs, or by a bare "not".

Knows nothing of what is asked about, nor of how statements are read.
"""

from collections.abc import Sequence
from typing import Final

from search.analysis import denials, stem
from search.model import ExcerptRole
from search.query.entities import Entity
from search.query.parser import Term
from search.query.plan import Need

_REMEDIES: Final = frozenset(("tablet", "tablets", "medicine", "med", "remedy", "remedies", "capsule", "capsules"))
"""Words for what is taken for something. "Drugs" and "medicines" are none: "hyponatraemia medicines" asks which cause it."""

_TOO_MUCH: Final = frozenset(map(stem, ("overdose", "poisoning", "toxicity")))

_NOUNS: Final = ("antidote", "reversal")
"""Words for what undoes a drug that may stand behind its name: "warfarin reversal"."""

_REACH: Final = 3
"""Words behind a negation within which stands what it denies: "not make you sleepy"."""

_GRAVEST_FIRST: Final[tuple[ExcerptRole, ...]] = ("warns", "denies", "causes", "treats")
"""Of several questions in one query the first of these counts: "drugs for gout to avoid in asthma" asks for warnings."""


def asked_role(entities: Sequence[Entity], terms: Sequence[Term], negation: int | None) -> ExcerptRole | None:
    """The role that a query asks for; None where its words leave that open.

    Args:
        entities: what is known in the query.
        terms: of the query.
        negation: as of `negation_at`.
    """
    asked = {entity.asked for entity in entities if entity.asked is not None}
    if not asked and any(entity.kind == "class" for entity in entities) and any(map(is_undone_by, entities)):
        return "treats"
    if negation is not None and (not asked or any(_is_negated(entity, negation) for entity in entities)):
        return "denies"
    if not asked and _asks_for_remedy(terms, entities):
        return "treats"
    return next((role for role in _GRAVEST_FIRST if role in asked), None)


def _is_negated(entity: Entity, negation: int) -> bool:
    """Whether what is raised or lowered is not to be: "that doesn't put prolactin up"."""
    is_moved = entity.kind == "term" and entity.asked == "causes"
    return is_moved and 0 < entity.start - negation <= _REACH


def _asks_for_remedy(terms: Sequence[Term], entities: Sequence[Entity]) -> bool:
    """Whether a query ends with a finding and a word for something to take: "heavy periods tablet" is no question after causes."""
    if len(entities) < 2 or entities[-1].end < len(terms) or entities[-1].kind != "intent":
        return False
    last, before = entities[-1], entities[-2]
    return before.kind == "term" and before.end == last.start and last.key[-1] in _REMEDIES


def is_undone_by(entity: Entity) -> bool:
    """Whether a word asks for what undoes a class, or names too much of it: the class is not asked for then.

    "opioid overdose" is answered by naloxone before any opioid (docs/safety-rules.md#rule-23).
    """
    asks_for_it = entity.intent is not None and entity.intent.asks == "undoes"
    return asks_for_it or (entity.kind == "term" and not _TOO_MUCH.isdisjoint(map(stem, entity.key)))


def is_of_undone(entities: Sequence[Entity]) -> bool:
    """Whether a drug is named to be undone ("antidote for paracetamol"), and not as what undoes ("will naloxone reverse")."""
    undoing = [entity for entity in entities if entity.intent is not None and entity.intent.asks == "undoes"]
    return bool(undoing) and not any(
        entity.kind == "drug" and entity.end <= undoing[0].start and not undoing[0].typed.lower().startswith(_NOUNS)
        for entity in entities
    )


def negation_at(terms: Sequence[Term], entities: Sequence[Entity]) -> int | None:
    """The place of the words that ask for a denial; None where there are none.

    "non" denies what is known alone ("non drowsy"); elsewhere it is part of a name ("non Hodgkin lymphoma"). A bare "no" or "not"
    denies what is known close behind it: "no IV access" asks for no denial.
    """
    asking = [entity.start for entity in entities if entity.asked == "denies"]
    inside = {n for entity in entities if entity.kind != "intent" for n in range(entity.start, entity.end)}
    known = [entity.start for entity in entities if entity.kind == "term"]
    before_known = {start - 1 for start in known}
    close_before = {start - words for start in known for words in range(1, _REACH + 1)}
    bare = (
        n
        for n, term in enumerate(terms)
        if n not in inside
        and not term.quoted
        and (
            (term.surfaces[0] in denials() and (n in close_before or len(term.surfaces) > 1))
            or (term.surfaces[0] == "non" and (term.kind == "phrase" or n in before_known))
        )
        and (term != terms[-1] or term.kind == "phrase")
    )
    return min(asking, default=None) if asking else next(bare, None)


def denied_first(required: Sequence[Need], starts: Sequence[int], at: int | None) -> tuple[list[Need], list[Need]]:
    """The needs that one section must meet, and those that its page must, where a denial is asked beside another finding.

    "for hay fever, not sleepy": the page treats the one, and a section denies the other, which is the first finding behind the
    negation. The negation itself ("non drowsy hay fever tablet") no section must have.

    Args:
        required: all needs.
        starts: the place of each in the query.
        at: the place of the negation, None where there is none.
    """
    findings = [n for n, need in enumerate(required) if need.about == "finding" and need.typed != "non"]
    if at is None or len(findings) < 2:
        return list(required), []
    denied = min((n for n in findings if starts[n] >= at), key=lambda n: starts[n], default=findings[-1])
    of_page = [n for n in findings if n != denied]
    of_section = [need for n, need in enumerate(required) if n not in of_page and need.typed != "non"]
    return of_section, [required[n] for n in of_page]
