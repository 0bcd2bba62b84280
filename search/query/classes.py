"""A class of drugs that is typed → its members in this index: the pages that come first (docs/safety-rules.md#rule-23).

Knows nothing of what else is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from search.query.drug_names import NameTable
from search.query.named import NameLevel, Resolution
from search.vocabulary import Term


@dataclass(frozen=True, slots=True)
class AskedClass:
    """A class that a query asks for.

    `name` is its preferred name, `members` are the pages of its drugs, combinations among them; `absent` the members (preferred
    names) that have no page, in the order of the table.
    """

    typed: str
    key: tuple[str, ...]
    name: str
    members: frozenset[int]
    absent: tuple[str, ...]


def asked_class(term: Term, key: tuple[str, ...], typed: str, names: NameTable) -> AskedClass:
    """The members of a class among the pages of an index."""
    members, absent = names.members(term)
    return AskedClass(typed, key, term.name, members, absent)


def with_members(names: Resolution, classes: Sequence[AskedClass]) -> Resolution:
    """The same names, with the members of the classes that were typed after the drugs that were named."""
    if not classes:
        return names
    members = dict.fromkeys(chain.from_iterable(asked.members for asked in classes), NameLevel.MEMBER)
    return replace(names, levels={**members, **names.levels})
