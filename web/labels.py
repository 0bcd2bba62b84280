"""What pages call things: reasons, tiers, notes and roles in words for readers. Knows nothing of requests or HTML."""

from typing import Final

from search import ExcerptRole, Role

REASON_LABELS: Final = {
    "exact": "as typed",
    "form": "as typed",
    "name": "as typed",
    "member": "as typed",
    "prefix": "as typed",
    "synonym": "synonym",
    "class": "drug class",
    "spelling": "other spelling",
    "scattered": "words apart",
}
"""Why a word is marked → what the legend calls it. Reasons that share a name look the same."""

TIER_LABELS: Final = {
    "synonym": "by synonym",
    "class": "about the drug class",
    "scattered": "words apart, not together",
}
"""How a section was found → what its card says; those found as typed say nothing."""

NOTE_LABELS: Final = {
    "class": "Class",
    "compare": "No comparison",
    "shorthand": "Shorthand",
    "synonym": "Synonyms",
    "name": "Name",
    "spelling": "Spelling",
    "partial": "Not all words",
    "ignored": "Left out",
    "hint": "Hint",
    "lookalike": "Look-alike",
    "ambiguous": "Several meanings",
    "which-drug": "Which drug?",
    "no-monograph": "No monograph",
    "not-mentioned": "Not mentioned",
    "excluded": "Excluded",
    "left-out": "Left out",
    "filtered": "Filtered",
    "section-hint": "Section",
    "related": "Related",
}
"""Kind of a note → the words it begins with, so that its meaning never depends on its colour alone."""

CAUTIONS: Final = frozenset(
    "compare partial ignored lookalike ambiguous which-drug no-monograph not-mentioned excluded left-out filtered spelling".split()
)
"""Kinds of notes that change what a reader may conclude from the results; they are drawn as cautions."""

SWITCHABLE: Final = frozenset({"class", "synonym", "name", "spelling", "section-hint", "left-out"})
"""Kinds of notes that the argument `without` can switch off."""

ROLE_LABELS: Final[dict[Role, str]] = {
    "causes": "lists it as a side effect",
    "treats": "lists it as a use",
    "do-not-use": "says do not use in it",
    "take-care": "says take care in it",
    "denies": "says it does not happen or help",
    "mentions": "mentions it otherwise",
    "no-such-product": "no such product",
}
"""What a monograph may say of a finding → in words; in the order of the overview's filters."""

ROLE_WORDS: Final[dict[Role, str]] = {
    "causes": "side effect",
    "treats": "use",
    "do-not-use": "do not use",
    "take-care": "take care",
    "denies": "denied",
    "mentions": "mentioned",
    "no-such-product": "no such product",
}
"""The same, short enough for a cell of a table."""

EXCERPT_LABELS: Final[dict[ExcerptRole, str]] = {"warns": "warning", "denies": "says it does not"}
"""What an excerpt says of what was asked, where a reader must not take it for the plain thing → its label."""

MENTION_LABELS: Final[dict[Role, str]] = {
    "do-not-use": "do not use",
    "take-care": "take care",
    "denies": EXCERPT_LABELS["denies"],
}
"""The same for a section in the overview of a finding."""
