"""A `Query`, and what is known of names and units → a `Plan`: what must match, at which tier, and what is said about it.

The plan is plain values, so it can be printed and explained; `ranking` looks it up in the arrays. Knows nothing of scores.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Protocol

from search.model import Note, Tier
from search.names import Key, NameTable, Resolution, key_of
from search.notes import said_of_names, said_of_query
from search.query import Query, Term
from search.vocabulary.words import function_words, polarity

UNIT_SLOP: Final = 1
"""Words that may stand inside a known multi-word surface: low *blood* calcium (DESIGN §7)."""

MAX_PREFIX_TERMS: Final = 64
"""Surfaces a prefix may stand for; beyond, the most frequent (DESIGN §7)."""


class Lexicon(Protocol):
    """What expansion asks of an index."""

    def has_surface(self, surface: str) -> bool:
        """Whether any page holds it."""

    def prefixed(self, prefix: str, most: int) -> tuple[tuple[str, ...], int]:
        """The most frequent surfaces that are written so or fold to what is written so, and how many there are in all."""


@dataclass(frozen=True, slots=True)
class Words:
    """Stems that stand at these positions, with at most `slop` other words between neighbours; one word, if there is one."""

    surfaces: tuple[str, ...]
    positions: tuple[int, ...] = (0,)
    slop: int = 0


@dataclass(frozen=True, slots=True)
class AnySurface:
    """Any of these surfaces, exactly: what a prefix stands for."""

    surfaces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllWords:
    """All of these stems, anywhere in the section."""

    surfaces: tuple[str, ...]


Matcher = Words | AnySurface | AllWords


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to satisfy a need, and the tier of a section that does."""

    tier: Tier
    matcher: Matcher


@dataclass(frozen=True, slots=True)
class Need:
    """One thing typed; its alternatives, best tier first."""

    typed: str
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to look up. `monographs` limits to these (None: all); `names` orders first."""

    required: tuple[Need, ...]
    optional: tuple[Need, ...]
    excluded: tuple[Matcher, ...]
    monographs: frozenset[int] | None
    names: Resolution
    sections: tuple[str, ...]
    notes: tuple[Note, ...]


def expand(query: Query, names: NameTable, lexicon: Lexicon) -> Plan:
    """Decide what each term of a query means in this index."""
    terms = _known_codes(query.terms, lexicon)
    spans = _spans(terms, names)
    whole = () if any(term.kind == "prefix" for term in terms) else _key(terms)
    resolution = names.resolve(whole, [key for _, _, key in spans if key in names])
    required, optional, notes = _needs(terms, spans, lexicon)
    monographs = frozenset(number for term in query.drugs for number in names.having(term.surfaces))
    return Plan(
        required=required,
        optional=optional,
        excluded=tuple(Words(term.surfaces, term.positions) for term in query.excluded),
        monographs=monographs if query.drugs else None,
        names=resolution,
        sections=query.sections,
        notes=(*notes, *said_of_query(query, named=bool(monographs)), *said_of_names(terms, resolution, names)),
    )


def _key(terms: Sequence[Term]) -> Key:
    return tuple(surface for term in terms for surface in term.surfaces)


def _known_codes(terms: tuple[Term, ...], lexicon: Lexicon) -> list[Term]:
    """A code typed with a space ("iron 65") means its words where no page holds the code."""
    known: list[Term] = []
    for term in terms:
        if term.parts and not lexicon.has_surface(term.surfaces[0]):
            known += [Term(part, "word", (part,)) for part in term.parts]
        else:
            known.append(term)
    return known


Span = tuple[int, int, Key]


def _spans(terms: Sequence[Term], names: NameTable) -> list[Span]:
    """Runs of terms that are one known thing (a name, low calcium), the longest first from the left, none inside another."""
    found: list[Span] = []
    longest = max(names.longest, _longest_polarity())
    start = 0
    while start < len(terms):
        for end in range(min(len(terms), start + longest), start, -1):
            key = _key(terms[start:end])
            plain = all(term.kind != "prefix" and not term.quoted for term in terms[start:end])
            if plain and (_is_polarity(key) or (key in names and not function_words().issuperset(key))):
                found.append((start, end, key))
                start = end
                break
        else:
            start += 1
    return found


@cache
def _polarity_keys() -> tuple[frozenset[Key], frozenset[Key]]:
    directions, analytes = polarity()
    return frozenset(map(key_of, directions)), frozenset(map(key_of, analytes))


def _longest_polarity() -> int:
    return 1 + max(len(key) for key in _polarity_keys()[1])


def _is_polarity(key: Key) -> bool:
    directions, analytes = _polarity_keys()
    return key[:1] in directions and key[1:] in analytes


def _needs(
    terms: Sequence[Term], spans: Sequence[Span], lexicon: Lexicon
) -> tuple[tuple[Need, ...], tuple[Need, ...], list[Note]]:
    """What must match, what may, and what is to be said of prefixes."""
    units = {start: (end, key) for start, end, key in spans if end - start > 1}
    required: list[Need] = []
    optional: list[Need] = []
    notes: list[Note] = []
    index = 0
    while index < len(terms):
        term = terms[index]
        if index in units:
            end, key = units[index]
            required.append(_unit(" ".join(part.typed for part in terms[index:end]), key))
            index = end
            continue
        index += 1
        if term.kind == "prefix":
            need, note = _prefix(term, lexicon)
            required.append(need)
            notes += [note] if note else []
        else:
            need = Need(term.typed, (Alternative("typed", Words(term.surfaces, term.positions)),))
            is_function = term.kind == "word" and not term.quoted and term.surfaces[0] in function_words()
            (optional if is_function else required).append(need)
    if not required:
        required, optional = optional, []
    return tuple(dict.fromkeys(required)), tuple(dict.fromkeys(optional)), notes


def _unit(typed: str, key: Key) -> Need:
    content = tuple(surface for surface in key if surface not in function_words()) or key
    return Need(
        typed,
        (
            Alternative("typed", Words(key, tuple(range(len(key))), UNIT_SLOP)),
            Alternative("scattered", AllWords(content)),
        ),
    )


def _prefix(term: Term, lexicon: Lexicon) -> tuple[Need, Note | None]:
    surfaces, total = lexicon.prefixed(term.surfaces[0], MAX_PREFIX_TERMS)
    note = None
    if total > len(surfaces):
        message = f"{total} words begin with {term.surfaces[0]}; the {len(surfaces)} most frequent were searched."
        note = Note("", "ignored", term.typed, message)
    return Need(term.typed, (Alternative("typed", AnySurface(surfaces)),)), note
