"""What pages call things: reasons, tiers, notes and roles in words for readers. Knows nothing of requests or HTML."""

from typing import Final

from search import Role

REASON_LABELS: Final = {
    "exact": "as typed",
    "form": "as typed",
    "name": "as typed",
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
    "filtered": "Filtered",
    "section-hint": "Section",
    "related": "Related",
}
"""Kind of a note → the words it begins with, so that its meaning never depends on its colour alone."""

CAUTIONS: Final = frozenset(
    "partial ignored lookalike ambiguous which-drug no-monograph not-mentioned excluded filtered spelling".split()
)
"""Kinds of notes that change what a reader may conclude from the results; they are drawn as cautions."""

SWITCHABLE: Final = frozenset({"synonym", "name", "spelling", "section-hint"})
"""Kinds of notes that the argument `without` can switch off."""

ROLE_LABELS: Final[dict[Role, str]] = {
    "side-effect": "lists it as a side effect",
    "use": "lists it as a use",
    "otherwise": "mentions it otherwise",
    "negated": "only denies it",
    "no-such-product": "no such product",
}
"""What a monograph may say of a finding → in words; in the order of the overview's filters."""

ROLE_WORDS: Final[dict[Role, str]] = {
    "side-effect": "side effect",
    "use": "use",
    "otherwise": "mentioned",
    "negated": "denied",
    "no-such-product": "no such product",
}
"""The same, short enough for a cell of a table."""
