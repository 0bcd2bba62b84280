"""Anchors: the part of an address behind `#`, from a heading. Knows nothing of HTML or pages' own ids, but for their prefix."""

import hashlib
import re
from itertools import chain, count
from typing import Final

from search.analysis import pieces

MAX_CHARS: Final = 60
RESERVED_PREFIX: Final = "ui-"
"""The web page's own ids begin so; no section's anchor does."""


def slug(text: str, fallback: str) -> str:
    """ASCII letters, digits and hyphens of a heading, at most `MAX_CHARS`; the fallback where none are left."""
    plain = " ".join(piece.surface for word in text.replace("’", "'").split() for piece in pieces(word))
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:MAX_CHARS].strip("-")
    return f"s-{made}"[:MAX_CHARS] if made.startswith(RESERVED_PREFIX) else made or fallback


class Anchors:
    """Gives each section of a page an anchor of its own, which does not change when other sections do.

    A heading's slug; taken already: with the slug of the heading above it in front; taken again: with a hash of its text.
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def name(self, heading: str, parent: str, text: str, kind: str) -> str:
        """The anchor of the next section."""
        own = slug(heading, kind)
        digest = hashlib.sha256(text.encode()).hexdigest()[:8]
        tries = (
            own,
            f"{slug(parent, kind)[: MAX_CHARS // 2]}-{own}"[:MAX_CHARS].strip("-"),
            f"{own[: MAX_CHARS - 9]}-{digest}",
        )
        numbered = (f"{own[: MAX_CHARS - 14]}-{digest}-{number}" for number in count())
        chosen = next(name for name in chain(tries, numbered) if name not in self._taken)
        self._taken.add(chosen)
        return chosen
