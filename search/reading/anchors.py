"""Makes the anchors of sections (the part of an address behind `#`) from their headings.

Knows nothing of HTML, and of the ids that a web page uses for itself only their prefix.
"""

import hashlib
import re
from itertools import chain, count
from typing import Final

from search.analysis import pieces

MAX_CHARS: Final = 60
"""Length of the longest anchor."""

RESERVED_PREFIX: Final = "ui-"
"""The ids that a web page uses for itself begin so; no section's anchor does."""


def slug(text: str, fallback: str) -> str:
    """ASCII letters, digits and hyphens of a heading, at most `MAX_CHARS`; the fallback where none are left."""
    plain = " ".join(piece.surface for word in text.replace("’", "'").split() for piece in pieces(word))
    hyphenated = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:MAX_CHARS].strip("-")
    return f"s-{hyphenated}"[:MAX_CHARS] if hyphenated.startswith(RESERVED_PREFIX) else hyphenated or fallback


class Anchors:
    """Gives each section of a page an anchor of its own, which stays the same when other sections change.

    The anchor is the slug of the heading. Where an earlier section has that one, the slug of the heading above goes in front
    of it; where that is taken too, a hash of the section's text goes behind it, and at last a number.
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def name(self, heading: str, parent: str, text: str, kind: str) -> str:
        """The anchor of the next section of the page.

        Args:
            heading: of the section.
            parent: the heading above it.
            text: of the section.
            kind: of the section; the anchor of a heading without letters.
        """
        own = slug(heading, kind)
        digest = hashlib.sha256(text.encode()).hexdigest()[:8]
        candidates = (
            own,
            f"{slug(parent, kind)[: MAX_CHARS // 2]}-{own}"[:MAX_CHARS].strip("-"),
            f"{own[: MAX_CHARS - 9]}-{digest}",
        )
        numbered = (f"{own[: MAX_CHARS - 14]}-{digest}-{number}" for number in count())
        chosen = next(name for name in chain(candidates, numbered) if name not in self._taken)
        self._taken.add(chosen)
        return chosen
