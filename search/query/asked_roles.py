"""Which role of statements a query asks for: what causes, treats, warns of or denies a finding; by its verbs, or by a bare "not".

Knows nothing of what is asked about, nor of how statements are read.
"""

from collections.abc import Sequence
from typing import Final

from search.analysis import denials, stem
from search.model import ExcerptRole
from search.query.entities import Entity
from search.query.parser import Term

_TOO_MUCH: Final = frozenset(map(stem, ("overdose", "poisoning", "toxicity")))

_GRAVEST_FIRST: Final[tuple[ExcerptRole, ...]] = ("warns", "denies", "causes", "treats")
"""Of several questions in one query the first of these counts: "drugs for gout to avoid in asthma" asks for warnings."""


def asked_role(terms: Sequence[Term], entities: Sequence[Entity]) -> ExcerptRole | None:
    """The role that a query asks for; None where its words leave that open."""
    asked = {entity.asked for entity in entities if entity.asked is not None}
    if not asked and any(entity.kind == "class" for entity in entities) and any(map(is_undone_by, entities)):
        return "treats"
    if not asked and _denies(terms, entities):
        return "denies"
    return next((role for role in _GRAVEST_FIRST if role in asked), None)


def is_undone_by(entity: Entity) -> bool:
    """Whether a word asks for what undoes a class, or names too much of it: the class is not asked for then.

    "opioid overdose" is answered by naloxone before any opioid (docs/safety-rules.md#rule-23).
    """
    asks_for_it = entity.intent is not None and entity.intent.asks == "undoes"
    return asks_for_it or (entity.kind == "term" and not _TOO_MUCH.isdisjoint(map(stem, entity.key)))


def _denies(terms: Sequence[Term], entities: Sequence[Entity]) -> bool:
    """Whether a negation stands before the last word, outside of what is known as a whole: "not drowsy", but not "can't sleep"."""
    inside = {n for entity in entities if entity.kind != "intent" for n in range(entity.start, entity.end)}
    return any(
        term.surfaces[0] in (*denials(), "non")
        for n, term in enumerate(terms)
        if n not in inside and not term.quoted and (term != terms[-1] or term.kind == "phrase")
    )
