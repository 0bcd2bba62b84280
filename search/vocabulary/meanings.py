"""What a look-up of the thesaurus answers: the drugs that a name stands for, and the terms that mean the same or less.

Knows no table.
"""

from dataclasses import dataclass
from typing import Literal

from search.analysis import Key, stem, term_key
from search.vocabulary.concepts import Brand, Drug, Term


@dataclass(frozen=True, slots=True)
class Naming:
    """A drug as a text names it: by one of its names, a brand, or an abbreviation.

    `ingredients` are preferred names. `drug` is None for a combination that has no entry of its own, `brand` for all but
    brands.
    """

    text: str
    kind: Literal["name", "brand", "abbreviation"]
    ingredients: tuple[str, ...]
    drug: Drug | None = None
    brand: Brand | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A name to search beside what was typed.

    `guard`: words that make it mean something else when they stand just before it. `preferred`: it is the first name of
    its concept, which notes mention even where no page has it.
    """

    text: str
    key: Key
    guard: tuple[str, ...] = ()
    preferred: bool = False


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a typed term means.

    `kind` is "finding", "class" or "abbreviation". `equals` mean the same, in both directions; `narrower` mean less (a
    kind of it, or one thing it may mean), and are searched in this direction only. `guard`: words that make what was typed
    something else when they stand just before it.
    """

    kind: str
    equals: tuple[Target, ...]
    narrower: tuple[Target, ...]
    guard: tuple[str, ...] = ()


def stems(key: Key) -> Key:
    """The stems of a key: findings and classes are the same where their stems are."""
    return tuple(map(stem, key))


def targets_of(term: Term) -> tuple[Target, ...]:
    """All names of a finding or a class, the preferred one first, each with the guard of the term."""
    return tuple(Target(name, term_key(name), term.guard, preferred=name == term.name) for name in term.names)
