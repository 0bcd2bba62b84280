"""What a search says aloud: the wording of every note, and the only place where decisions become sentences.

A note's id is made of its kind and what was typed, so it is the same however many other notes there are: `without=` can name it.
Knows nothing of arrays or scores.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from search.analysis import Key, term_key
from search.model import KIND_LABELS, KINDS, Note, NoteKind, NoteOption
from search.query import (
    Confusable,
    Decision,
    DrugNamed,
    MeaningAsked,
    NamedDrug,
    PageNamed,
    PrefixCut,
    Query,
    SynonymsSearched,
    Term,
    decision_id,
)
from search.vocabulary import Brand, Naming

NOT_EVIDENCE: Final = "A page that does not mention something is no evidence that it does not happen."

MAX_SPELLED_OUT: Final = 5
"""Synonyms that a message spells out; the rest are counted, and all are in `searched`."""


def _note(kind: NoteKind, typed: str, message: str, key: Key | None = None, **more: tuple[object, ...]) -> Note:
    return Note(decision_id(kind, term_key(typed) if key is None else key), kind, typed, message, **more)  # type: ignore[arg-type] # searched and options


def worded(decision: Decision, described: Callable[[str], str]) -> Note:
    """A decision of the planner as a note.

    Args:
        decision: what was decided.
        described: writes a name as it is to be told apart from others: in Tall Man letters, with its class.
    """
    match decision:
        case SynonymsSearched():
            return _synonyms(decision)
        case DrugNamed():
            return _drug_named(decision)
        case PageNamed():
            return _page_named(decision)
        case PrefixCut():
            message = f"{decision.total} words begin with {decision.prefix}; the {decision.searched} most frequent were searched."
            return _note(decision.kind, decision.typed, message)
        case MeaningAsked():
            options = tuple(NoteOption(label, query) for label, query in decision.row.options)
            message = f"{decision.typed} has several meanings. Which one is meant?"
            return _note(decision.kind, decision.typed, message, options=options)
        case Confusable():
            message = (
                f"{described(decision.typed)} is easily confused with {', '.join(map(described, decision.partners))}."
            )
            return _note(decision.kind, " ".join((decision.typed, *decision.partners)), message)


def of_query(query: Query, *, named: bool) -> list[Note]:
    """What was left out, excluded or limited; `named` tells whether `drug:` found any page."""
    notes = [
        _note("ignored", text, f"Not searched, as the query is too long here: {text[:40]}") for text in query.ignored
    ]
    if not query.terms:
        message = "Type a symptom or a drug name to search for."
        if query.excluded:
            message = "Exclusions alone find nothing: type what to search for as well."
        notes.append(_note("hint", "", message))
    for term in query.excluded:
        message = f"Left out: sections whose text, heading or drug name has “{term.typed}”, or what means the same. {NOT_EVIDENCE}"
        notes.append(_note("excluded", term.typed, message))
    if query.drugs and not named:
        typed = ", ".join(term.typed for term in query.drugs)
        notes.append(_note("no-monograph", typed, f"No monograph is called {typed}."))
    return notes


def _synonyms(decision: SynonymsSearched) -> Note:
    """What was searched beside a term."""
    searched = tuple(dict.fromkeys(target.text for target in decision.targets))
    uncounted = len(searched) - MAX_SPELLED_OUT
    more = f" and {uncounted} more" if uncounted > 0 else ""
    message = f"Also searched: {', '.join(searched[:MAX_SPELLED_OUT])}{more}"
    return _note(decision.kind, decision.typed, message, decision.key, searched=searched)


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
    return _note(decision.kind, drug.typed, message, drug.key, searched=decision.searched)


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
    return _note(decision.kind, decision.drug.typed, message, decision.drug.key, searched=decision.titles)


def no_page(drug: NamedDrug, *, combinations: int, mentioned: int, instead: Sequence[str]) -> Note:
    """No page is about a drug alone, or none at all; `instead` are its ingredients that pages are about."""
    named = " or ".join(dict.fromkeys(" + ".join(naming.ingredients) for naming in drug.namings)) or drug.typed
    if combinations:
        verb = "contains" if combinations == 1 else "contain"
        message = f"No page for {named} alone · {combinations} {verb} it."
    else:
        verb = "page mentions" if mentioned == 1 else "pages mention"
        where = f"{mentioned} other {verb} it" if mentioned else "no page mentions it"
        message = f"No monograph for {named} · {where}."
    options = tuple(NoteOption(f"Search {name}", name) for name in instead) or None
    return _note("no-monograph", drug.typed, message, drug.key, options=options)  # type: ignore[arg-type] # None where there are none


def unverified_brand(typed: str, key: Key, ingredients: Sequence[str]) -> Note:
    """A name that exists, but is in no verified table: what it is said to be is offered, and not searched."""
    message = f"No monograph for {typed}. It is listed as a US brand (not verified)."
    options = None
    if ingredients:
        joined = " + ".join(ingredients)
        message = f"No monograph for {typed}. It is listed as a US brand of {joined} (Drugs@FDA 2019, not verified)."
        options = tuple(NoteOption(f"Search {name}", name) for name in ingredients)
    return _note("no-monograph", typed, message, key, options=options)  # type: ignore[arg-type] # None where there are none


def not_mentioned(drug: str, asked: Sequence[str]) -> Note:
    """A drug's own page does not mention what was asked about it."""
    what = " or ".join(f"“{text}”" for text in asked)
    message = f"{what} is not mentioned on the page of {drug}. This is not evidence of safety."
    return _note("not-mentioned", " ".join((drug, *asked)), message)


def by_class_only(drug: str, other: str) -> Note:
    """A page names the class of the other drug, but not the drug."""
    message = (
        f"{other} is not named on the page of {drug}; passages on its class are shown. This is not evidence of safety."
    )
    return _note("not-mentioned", f"{drug} {other}", message)


def spelling(typed: str, key: Key, options: Sequence[NoteOption]) -> Note:
    """A word that nothing knows, and what may have been meant: offered, never searched unasked."""
    message = f"“{typed}” stands on few pages or none. Did you mean:"
    return _note("spelling", typed, message, key, options=tuple(options))


def corrected(term: Term, word: str) -> Note:
    """An ordinary word was corrected, since nothing was found as typed."""
    message = f"Nothing was found for “{term.typed}”: searched “{word}” instead."
    option = NoteOption(f"Search {term.typed} only", f'"{term.typed}"')
    return _note("spelling", term.typed, message, term.surfaces, searched=(word,), options=(option,))


def section_hint(typed: str, key: Key, kind: int, text: str) -> Note:
    """The section that a question means, offered as a filter."""
    name = KINDS[kind]
    label = KIND_LABELS[name]
    option = NoteOption(f"Only {label}", f"{text.strip()} section:{name}")
    about = label if label.isupper() or label == "FAQs" else label.lower()
    return _note("section-hint", typed, f"“{typed}”: {about} come first.", key, options=(option,))


def related(count: int) -> Note:
    """What is shown after the results, and not counted."""
    pages = "1 page of a drug" if count == 1 else f"{count} pages of drugs"
    return _note("related", "", f"Below the results: {pages} with a similar name. Check that it is the one you mean.")


def partial(missing: Sequence[str], typed: str) -> Note:
    """No section has all the words; those with most of them are shown."""
    message = "No section has all of these words. Sections with most of them come first."
    if missing:
        message = f"No section has “{'”, “'.join(missing)}”. Shown: sections with the other words."
    return _note("partial", typed, message)


def filtered(kinds: Sequence[str], classes: Sequence[str], text: str, hidden: int) -> Note:
    """The filters leave nothing, though other sections match."""
    labels = ", ".join((*(KIND_LABELS[kind] for kind in kinds), *classes))
    where = "without these filters" if classes else "of other kinds"
    count = f"{hidden} section{'s' if hidden != 1 else ''}"
    verb = "matches" if hidden == 1 else "match"
    message = (
        f"Nothing under {labels}, but {count} {verb} {where}."
        if classes
        else (f"Nothing under {labels}, but {count} {where} {verb}.")
    )
    return _note("filtered", text, message, options=(NoteOption("Show all results", text),))


def once(notes: Iterable[Note]) -> tuple[Note, ...]:
    """The notes in their order, each said once, and no id twice."""
    by_id: dict[str, Note] = {}
    for note in dict.fromkeys(notes):
        identifier, number = note.id, 2
        while identifier in by_id:
            identifier, number = f"{note.id}-{number}", number + 1
        by_id[identifier] = replace(note, id=identifier)
    return tuple(by_id.values())
