"""Kinds of sections and statuses of monographs: their codes, in order, and the words staff read for them.

The order of `KINDS` numbers the kinds in the arrays of an index, so a change here makes every index stale (`search.index.format`).
"""

from types import MappingProxyType
from typing import Final

KIND_LABELS: Final = MappingProxyType(
    {
        "uses": "Uses",
        "dosage": "Dosage",
        "side-effects": "Side effects",
        "serious-side-effects": "Serious side effects",
        "contraindications": "Contraindications",
        "precautions": "Precautions",
        "pregnancy": "Pregnancy and breastfeeding",
        "interactions": "Interactions",
        "how-it-works": "How it works",
        "faqs": "FAQs",
        "about": "About",
    }
)
"""Section kind → the words staff read for it, in the order filters are listed."""

KINDS: Final = tuple(KIND_LABELS)

STATUS_LABELS: Final = MappingProxyType(
    {
        "no-such-product": "The page itself says that this product does not exist or is hypothetical",
        "withdrawn": "Withdrawn",
        "restricted": "Restricted",
        "veterinary": "Veterinary use only",
    }
)
"""Status of a monograph → the line shown on its hits."""
