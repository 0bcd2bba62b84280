"""Refuses a vocabulary whose tables disagree: each function raises a `VocabularyError` that names file, line and what to mend.

A wrong row would lead staff to another drug or to the opposite finding, so the program does not start with one. Knows nothing
of files or look-ups.
"""

from collections.abc import Collection, Iterable, Sequence

from search.analysis import Key, term_key
from search.errors import VocabularyError
from search.vocabulary.concepts import Ambiguous, Brand, Drug, LookAlike, OneWay, ShortName, Term
from search.vocabulary.directions import direction_of
from search.vocabulary.meanings import Naming


def check_drug(drug: Drug, others: Collection[str]) -> None:
    """A preferred name stands for one drug; `others` are those of the rows above."""
    if drug.name in others:
        raise VocabularyError(f"{drug.name!r} is listed twice", **drug.at)


def check_drug_name(key: Key, drug: Drug, others: Sequence[Naming]) -> None:
    """No other drug has this name; `others` are what the name stands for already."""
    if others:
        raise VocabularyError(f"{' '.join(key)!r} is also a name of {others[0].ingredients[0]}", **drug.at)


def check_brand(brand: Brand, drugs: Collection[str], others: Sequence[Naming]) -> None:
    """A brand's ingredients are preferred names of drugs, and its name is another's (`others`) only where the row says so."""
    for name in brand.ingredients:
        if name not in drugs:
            raise VocabularyError(f"the brand {brand.name!r} names {name!r}, which drugs.tsv does not have", **brand.at)
    if any(naming.kind == "name" for naming in others) or (others and not brand.shared):
        message = f"{brand.name!r} is also {' and '.join(others[0].ingredients)}; mark it shared"
        raise VocabularyError(message, **brand.at)


def check_term_name(name: str, term: Term, other: Term | None, drug_names: Collection[Key]) -> None:
    """A name of a finding or a class is no name of another one (`other` has it already), nor of a drug."""
    if other is not None and other.name != term.name:
        raise VocabularyError(f"{name!r} is also a name of {other.name!r}", **term.at)
    if term_key(name) in drug_names:
        raise VocabularyError(f"{name!r} is also the name of a drug", **term.at)


def check_member(member: str, term: Term, drugs: Collection[str]) -> None:
    """A member of a class is the preferred name of a drug."""
    if member not in drugs:
        raise VocabularyError(f"{member!r} is no name that drugs.tsv has", **term.at)


def check_class_named(name: str, term: Term, named: Term | None) -> None:
    """What a class is part of, or opposes, is a class (`named`; None where no row has that name)."""
    if named is None or named.kind != "class":
        raise VocabularyError(f"{term.name!r} refers to {name!r}, which is no class of the table", **term.at)


def check_opposed(term: Term, opposed: Term | None, members: Collection[str], theirs: Collection[str]) -> None:
    """What opposes a class is no member of it (docs/safety-rules.md#rule-23)."""
    both = sorted(set(members) & set(theirs))
    if both and opposed is not None:
        raise VocabularyError(
            f"{both[0]!r} is a member of {term.name!r} and of {opposed.name!r}, which it opposes", **term.at
        )


def check_directions(names: Iterable[str], row: Term | OneWay) -> None:
    """Names that lead to each other never say both too little and too much (docs/safety-rules.md#rule-1)."""
    if {-1, 1} <= {direction_of(term_key(name)) for name in names}:
        raise VocabularyError("these mean both too little and too much of something: a synonym never crosses", **row.at)


def check_lookalikes(pair: LookAlike, namings_a: Iterable[Naming], namings_b: Iterable[Naming]) -> None:
    """Two names that are mistaken for each other do not stand for one drug; the namings are what each stands for."""
    if {naming.ingredients for naming in namings_a} & {naming.ingredients for naming in namings_b}:
        message = f"{pair.a} and {pair.b} look alike, but the tables make them one drug"
        raise VocabularyError(message, **pair.at)


def check_asked(rows: Iterable[Ambiguous | ShortName]) -> None:
    """What the search asks about has one row, or the options of another would go missing."""
    seen: set[Key] = set()
    for row in rows:
        key = term_key(row.typed)
        if key in seen:
            raise VocabularyError(f"{row.typed!r} is asked about by another row, here or in ambiguous.tsv", **row.at)
        seen.add(key)
