"""Words the decisions of the planner: each becomes one note. Knows nothing of what was found.

A new decision is a new `case` in `worded`.
"""

import re
from collections.abc import Callable
from typing import Final

from search.analysis import Key, term_key
from search.model import Note, NoteKind, NoteOption
from search.query import (
    ClassAsked,
    ClassLeftOut,
    ClippedRead,
    ComparisonAsked,
    Confusable,
    Decision,
    DrugAsked,
    DrugNamed,
    MeaningAsked,
    PageNamed,
    PrefixCut,
    ShorthandRead,
    SynonymsSearched,
    decision_id,
)
from search.vocabulary import Brand, Naming

NO_COMPARISON: Final = (
    "Pages do not compare drugs. Each shows what its own page says, in the order of the alphabet, warnings first."
)

MAX_SPELLED_OUT: Final = 5
"""Synonyms, or drugs without a page, that a message spells out; the rest are counted."""

MAX_MEMBERS: Final = 12
"""Members of a class that a message lists; of a larger class the results are the list."""


def make_note(kind: NoteKind, typed: str, message: str, key: Key | None = None, **more: tuple[object, ...]) -> Note:
    """A note; its id is made of its kind and the words it is about (those typed, where `key` does not say otherwise)."""
    return Note(decision_id(kind, term_key(typed) if key is None else key), kind, typed, message, **more)  # type: ignore[arg-type] # searched and options


def worded(decision: Decision, described: Callable[[str], str]) -> Note:  # noqa: C901, PLR0911 # one a kind
    """A decision of the planner as a note.

    Args:
        decision: what was decided.
        described: writes a name as it is to be told apart from others: in Tall Man letters, with its class.
    """
    match decision:
        case ShorthandRead():
            return _shorthand(decision)
        case ClippedRead():
            message = f"{decision.typed} was read as {decision.drug}, the only drug known whose name begins so."
            return make_note(decision.kind, decision.typed, message, searched=(decision.drug,))
        case ClassAsked():
            return _class(decision)
        case ClassLeftOut():
            return _class_left_out(decision)
        case ComparisonAsked():
            return make_note(decision.kind, decision.typed, NO_COMPARISON, decision.key)
        case SynonymsSearched():
            return _synonyms(decision)
        case DrugNamed():
            return _drug_named(decision)
        case PageNamed():
            return _page_named(decision)
        case PrefixCut():
            message = f"{decision.total} words begin with {decision.prefix}; the {decision.searched} most frequent were searched."
            return make_note(decision.kind, decision.typed, message)
        case MeaningAsked() | DrugAsked():
            return _asked(decision)
        case Confusable():
            message = (
                f"{described(decision.typed)} is easily confused with {', '.join(map(described, decision.partners))}."
            )
            return make_note(decision.kind, " ".join((decision.typed, *decision.partners)), message)


def _asked(decision: MeaningAsked | DrugAsked) -> Note:
    """A question which of several meanings, or drugs, is meant."""
    if isinstance(decision, MeaningAsked):
        options = tuple(NoteOption(label, query) for label, query in decision.row.options)
        message = f"{decision.typed} has several meanings. Which one is meant?"
    else:
        word = rf"(?<!\w){re.escape(decision.typed)}(?!\w)"
        options = tuple(
            NoteOption(name, re.sub(word, name, decision.query, flags=re.IGNORECASE).strip())
            for name in decision.candidates
        )
        message = f"{decision.typed} may be several drugs, so nothing is shown. Which one is meant?"
    return make_note(decision.kind, decision.typed, message, options=options)


def _shorthand(decision: ShorthandRead) -> Note:
    """What notation was read as, and what was left out; what was typed stays in sight (docs/safety-rules.md#rule-22)."""
    meant = [f"{one.typed} = {one.means}" for one in decision.read if one.means]
    left_out = [one.typed for one in decision.read if not one.means]
    said = [f"Read as: {', '.join(meant)}."] if meant else []
    said += [f"Not searched: {', '.join(left_out)}."] if left_out else []
    if decision.asides:
        said.append(f"{', '.join(decision.asides)}: what the page says of how it is given comes first.")
    means = tuple(one.means for one in decision.read if one.means)
    return make_note(decision.kind, decision.typed, " ".join(said), decision.key, searched=means)


def _class(decision: ClassAsked) -> Note:
    """The members of a class that have a page, and those that have none (docs/safety-rules.md#rule-23)."""
    count = len(decision.titles)
    is_name = decision.typed.casefold() == decision.name.casefold()
    what = f"{decision.typed} is a class of drugs" if is_name else f"{decision.typed} asks for a class, {decision.name}"
    if count:
        pages = f"{count} page{'s' if count > 1 else ''} of its drugs, which {'come' if count > 1 else 'comes'} first"
        listed = f": {', '.join(decision.titles)}" if count <= MAX_MEMBERS else ""
        message = f"{what}: {pages}{listed}."
    else:
        message = f"{what}: none of its drugs has a page here."
    if decision.absent:
        named, more = decision.absent[:MAX_SPELLED_OUT], len(decision.absent) - MAX_SPELLED_OUT
        message += f" No page here: {', '.join(named)}{f' and {more} more' if more > 0 else ''}."
    return make_note(decision.kind, decision.typed, message, decision.key, searched=decision.titles)


def _class_left_out(decision: ClassLeftOut) -> Note:
    """Which pages are left out because others are asked for, and that this says nothing of those that are shown."""
    count = len(decision.titles)
    listed = f": {', '.join(decision.titles)}" if 0 < count <= MAX_MEMBERS else ""
    pages = f"{count} page{'' if count == 1 else 's'} of its drugs"
    message = f"“{decision.typed}”: left out, {decision.name}, {pages}{listed}. Others may hold or harm alike: read their warnings."
    return make_note(decision.kind, decision.typed, message, decision.key)


def _synonyms(decision: SynonymsSearched) -> Note:
    """What was searched beside a term."""
    searched = tuple(dict.fromkeys(target.text for target in decision.targets))
    uncounted = len(searched) - MAX_SPELLED_OUT
    more = f" and {uncounted} more" if uncounted > 0 else ""
    message = f"Also searched: {', '.join(searched[:MAX_SPELLED_OUT])}{more}"
    return make_note(decision.kind, decision.typed, message, decision.key, searched=searched)


def _drug_named(decision: DrugNamed) -> Note:
    """Whose name was typed, or under what other names its drug was searched."""
    drug, naming = decision.drug, decision.drug.namings[0]
    match decision.says:
        case "shared":
            message = f"{drug.typed} is the name of several products: {'; '.join(map(_product, drug.namings))}."
        case "brand" if naming.brand is not None:
            message = _brand(naming, naming.brand)
        case "abbreviation":
            message = f"{naming.text} stands for {_british_and_american(naming)}."
        case "other name" if naming.drug is not None:
            is_us = drug.key == term_key(naming.drug.us)
            preferred = naming.drug.name if is_us else _british_and_american(naming)
            message = f"{drug.typed} is {'the US' if is_us else 'another'} name of {preferred}."
        case _:
            message = f"Also searched: {', '.join(decision.searched)}"
    return make_note(decision.kind, drug.typed, message, drug.key, searched=decision.searched)


def _product(naming: Naming) -> str:
    """One of several products of one name: all stand equal (docs/safety-rules.md#rule-6)."""
    brand = naming.brand
    region = f" ({brand.region})" if brand and brand.region else ""
    care = f" – {brand.note}" if brand and brand.note else ""
    return f"{_british_and_american(naming)}{region}{care}"


def _brand(naming: Naming, brand: Brand) -> str:
    """Every ingredient, the formulation, the region, and what to take care of (docs/safety-rules.md#rule-6)."""
    region = f" ({brand.region})" if brand.region else ""
    formulation = f" ({brand.formulation})" if brand.formulation else ""
    care = f" {brand.note[0].upper()}{brand.note[1:].rstrip('.')}." if brand.note else ""
    return f"{brand.name}{region} is a brand of {_british_and_american(naming)}{formulation}.{care}"


def _british_and_american(naming: Naming) -> str:
    """A drug by its British and its American name, where they differ."""
    drug = naming.drug
    if drug is not None and drug.us != drug.name:
        return f"{drug.name}, in the US {drug.us}"
    return " + ".join(naming.ingredients)


def _page_named(decision: PageNamed) -> Note:
    """A brand or another name that only the pages themselves know."""
    name = decision.name
    wording = "a brand of" if name.kind == "brand" else "another name of"
    region = f" ({name.region})" if name.region else ""
    message = f"{name.text} is {wording} {' and of '.join(decision.titles)}{region}."
    return make_note(decision.kind, decision.drug.typed, message, decision.drug.key, searched=decision.titles)
