"""What a search says aloud: the wording of every note, in one place. Knows nothing of arrays or scores.

A note's id is made of its kind and what was typed, so it is the same however many other notes there are: `without=` can name it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from search.analysis import Key, term_key
from search.model import KIND_LABELS, KINDS, Note, NoteOption
from search.query.drug_names import NamedDrug
from search.query.parser import Query
from search.query.plan import Matcher, Phrase
from search.vocabulary import Ambiguous, Brand, Naming, Target

NOT_EVIDENCE: Final = "A page that does not mention something is no evidence that it does not happen."

SAID_AT_MOST: Final = 5
"""Synonyms that a message spells out; the rest are counted, and all are in `searched`."""


def note_id(kind: str, key: Key) -> str:
    """The id of a note: its kind, and the words it is about."""
    return "-".join((kind, *key))


def _note(kind: str, typed: str, message: str, key: Key | None = None, **more: tuple[object, ...]) -> Note:
    return Note(note_id(kind, term_key(typed) if key is None else key), kind, typed, message, **more)  # type: ignore[arg-type] # searched and options


def said_of_query(query: Query, *, named: bool) -> list[Note]:
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


def too_many(typed: str, prefix: str, total: int, searched: int) -> Note:
    """A prefix stands for more words than are searched."""
    return _note("ignored", typed, f"{total} words begin with {prefix}; the {searched} most frequent were searched.")


def synonym(key: Key, typed: str, targets: Sequence[Target]) -> Note:
    """What was searched beside a term."""
    searched = tuple(dict.fromkeys(target.text for target in targets))
    more = f" and {len(searched) - SAID_AT_MOST} more" if len(searched) > SAID_AT_MOST else ""
    return _note("synonym", typed, f"Also searched: {', '.join(searched[:SAID_AT_MOST])}{more}", key, searched=searched)


def names(drug: NamedDrug, searched: Sequence[Matcher]) -> Note | None:
    """Whose name was typed, or under what other names its drug was `searched`; None where there is nothing to say."""
    if len(drug.namings) > 1:
        return _shared_name(drug)
    return _name(drug, drug.namings[0], searched) if drug.namings else None


def _name(drug: NamedDrug, naming: Naming, searched: Sequence[Matcher]) -> Note | None:
    if naming.brand is not None:
        message = _of_brand(naming, naming.brand)
    elif naming.kind == "abbreviation":
        message = f"{naming.text} stands for {_both(naming)}."
    elif naming.drug is not None and drug.key != term_key(naming.drug.name):
        is_us = drug.key == term_key(naming.drug.us)
        message = f"{drug.typed} is {'the US' if is_us else 'another'} name of {naming.drug.name if is_us else _both(naming)}."
    else:
        keys = {matcher.surfaces for matcher in searched if isinstance(matcher, Phrase)}
        others = tuple(text for text in (naming.drug.names if naming.drug else ()) if term_key(text) in keys)
        return (
            _note("name", drug.typed, f"Also searched: {', '.join(others)}", drug.key, searched=others)
            if others
            else None
        )
    return _note("name", drug.typed, message, drug.key, searched=(" + ".join(naming.ingredients),))


def _shared_name(drug: NamedDrug) -> Note:
    """One name of several products: all of them, equal (docs/safety-rules.md#rule-6)."""
    told = []
    for naming in drug.namings:
        brand = naming.brand
        region = f" ({brand.region})" if brand and brand.region else ""
        care = f" – {brand.note}" if brand and brand.note else ""
        told.append(f"{_both(naming)}{region}{care}")
    message = f"{drug.typed} is the name of several products: {'; '.join(told)}."
    searched = tuple(dict.fromkeys(" + ".join(naming.ingredients) for naming in drug.namings))
    return _note("name", drug.typed, message, drug.key, searched=searched)


def _of_brand(naming: Naming, brand: Brand) -> str:
    """Every ingredient, the formulation, the region, and what to take care of (docs/safety-rules.md#rule-6)."""
    region = f" ({brand.region})" if brand.region else ""
    formulation = f" ({brand.formulation})" if brand.formulation else ""
    care = f" {brand.note[0].upper()}{brand.note[1:].rstrip('.')}." if brand.note else ""
    return f"{brand.name}{region} is a brand of {_both(naming)}{formulation}.{care}"


def _both(naming: Naming) -> str:
    """A drug by its British and its American name, where they differ."""
    drug = naming.drug
    if drug is not None and drug.us != drug.name:
        return f"{drug.name}, in the US {drug.us}"
    return " + ".join(naming.ingredients)


def page_name(drug: NamedDrug, titles: Sequence[str], kind: str, text: str, region: str) -> Note:
    """A brand or another name that only the pages themselves know."""
    wording = "a brand of" if kind == "brand" else "another name of"
    message = f"{text} is {wording} {' and of '.join(titles)}{f' ({region})' if region else ''}."
    return _note("name", drug.typed, message, drug.key, searched=tuple(titles))


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


def ambiguous(typed: str, row: Ambiguous) -> Note:
    """One surface with several meanings: the search asks."""
    options = tuple(NoteOption(label, query) for label, query in row.options)
    return _note("ambiguous", typed, f"{typed} has several meanings. Which one is meant?", options=options)


def look_alike(typed: str, other: str, shown: str) -> Note:
    """A name that is easily taken for another; both as they are to be written apart, with their classes."""
    return _note("lookalike", f"{typed} {other}", shown)


def spelling(typed: str, key: Key, options: Sequence[NoteOption]) -> Note:
    """A word that nothing knows, and what may have been meant: offered, never searched unasked."""
    message = f"“{typed}” stands on few pages or none. Did you mean:"
    return _note("spelling", typed, message, key, options=tuple(options))


def corrected(typed: str, key: Key, word: str, text: str) -> Note:
    """An ordinary word was corrected, since nothing was found as typed."""
    message = f"Nothing was found for “{typed}”: searched “{word}” instead."
    return _note("spelling", typed, message, key, searched=(word,), options=(NoteOption(f"Search {typed} only", text),))


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
    said: dict[str, Note] = {}
    for note in dict.fromkeys(notes):
        identifier, number = note.id, 2
        while identifier in said:
            identifier, number = f"{note.id}-{number}", number + 1
        said[identifier] = replace(note, id=identifier)
    return tuple(said.values())


def notice_line(notices: Sequence[Mapping[str, str]]) -> str | None:
    """One line for a page that says it is AI-generated or crowd-sourced, or only disclaims; None where it says neither."""
    kinds = {notice["kind"] for notice in notices}
    if "note" in kinds:
        return "AI-generated or crowd-sourced; may not be accurate"
    return "Not medical advice" if kinds else None
