"""What may be asked of the search: the one place where the rules of a request live, for command line, JSON and HTML alike."""

from dataclasses import dataclass, field
from typing import Final

from search.errors import QueryError
from search.model.kinds import KIND_LABELS, KINDS

MAX_CLASSES: Final = 32
"""Drug classes that one search may be limited to; the page offers fewer."""

MAX_QUERY_CHARS: Final = 200
"""Longest text of a query, in Unicode code points (docs/query-language.md)."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What is asked; the one place where its rules live, for command line, JSON and HTML alike.

    Raises:
        QueryError: text over `max_chars` code points, an unknown section kind, too many classes, or a page below 1.
    """

    text: str
    sections: tuple[str, ...] = ()
    exact: bool = False
    without: tuple[str, ...] = ()
    page: int = 1
    classes: tuple[str, ...] = ()
    max_chars: int = field(default=MAX_QUERY_CHARS, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.text) > self.max_chars:
            raise QueryError(
                f"The search text has {len(self.text)} characters; at most {self.max_chars} are allowed. Shorten it."
            )
        for kind in self.sections:
            if kind not in KIND_LABELS:
                raise QueryError(f"Unknown section {kind!r}. Known sections: {', '.join(KINDS)}.")
        if len(self.classes) > MAX_CLASSES:
            raise QueryError(f"At most {MAX_CLASSES} drug classes can be chosen at once.")
        if self.page < 1:
            raise QueryError(f"There is no page {self.page}; pages count from 1.")
        object.__setattr__(self, "sections", tuple(k for k in KINDS if k in self.sections))
