"""Words what the engine found, and what it did not: the notes beside the results. Decisions of the planner are worded in `wording`.

A note's id is made of its kind and what was typed, so it is the same however many other notes there are: `without=` can name it.
Knows nothing of arrays or scores.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from search.analysis import Key
from search.engine.wording import make_note
from search.model import KIND_LABELS, KINDS, ExcerptRole, Note, NoteOption
from search.query import OPPOSED, NamedDrug, Query, Term

MAX_LISTED: Final = 12
"""Pages left out that a note lists; more are counted."""

_OPPOSITE: Final[dict[ExcerptRole, str]] = {
    "causes": "that it is treated, or does not happen",
    "treats": "that it is caused, or that the drug is not for it",
    "warns": "that it is treated, or does not happen",
    "denies": "that it is caused",
}
"""What is asked for → what pages that are left out say of it."""

NOT_EVIDENCE: Final = "A page that does not mention something is no evidence that it does not happen."


def of_query(query: Query, *, named: bool) -> list[Note]:
    """What was left out, excluded or limited; `named` tells whether `drug:` found any page."""
    notes = [
        make_note("ignored", text, f"Not searched, as the query is too long here: {text[:40]}")
        for text in query.ignored
    ]
    if not query.terms:
        message = "Type a symptom or a drug name to search for."
        if query.excluded:
            message = "Exclusions alone find nothing: type what to search for as well."
        notes.append(make_note("hint", "", message))
    for term in query.excluded:
        message = f"Left out: sections whose text, heading or drug name has “{term.typed}”, or what means the same. {NOT_EVIDENCE}"
        notes.append(make_note("excluded", term.typed, message))
    if query.drugs and not named:
        typed = ", ".join(term.typed for term in query.drugs)
        notes.append(make_note("no-monograph", typed, f"No monograph is called {typed}."))
    return notes


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
    return make_note("no-monograph", drug.typed, message, drug.key, options=options)  # type: ignore[arg-type] # None where there are none


def unverified_brand(typed: str, key: Key, ingredients: Sequence[str]) -> Note:
    """A name that exists, but is in no verified table: what it is said to be is offered, and not searched."""
    message = f"No monograph for {typed}. It is listed as a US brand (not verified)."
    options = None
    if ingredients:
        joined = " + ".join(ingredients)
        message = f"No monograph for {typed}. It is listed as a US brand of {joined} (Drugs@FDA 2019, not verified)."
        options = tuple(NoteOption(f"Search {name}", name) for name in ingredients)
    return make_note("no-monograph", typed, message, key, options=options)  # type: ignore[arg-type] # None where there are none


def not_mentioned(drug: str, asked: Sequence[str]) -> Note:
    """A drug's own page does not mention what was asked about it."""
    what = " or ".join(f"“{text}”" for text in asked)
    message = f"{what} is not mentioned on the page of {drug}. This is not evidence of safety."
    return make_note("not-mentioned", " ".join((drug, *asked)), message)


def not_mentioned_by(titles: Sequence[str], asked: Sequence[str]) -> Note:
    """Members of a class whose pages say nothing of what was asked about it."""
    what = " or ".join(f"“{text}”" for text in asked)
    pages = f"page{'s' if len(titles) > 1 else ''} of {', '.join(titles)}"
    message = f"{what} is not mentioned on the {pages}. This is not evidence of safety."
    return make_note("not-mentioned", " ".join((*titles, *asked)), message)


def none_denies(asked: Sequence[str]) -> Note:
    """A denial was asked for, and nothing found was read as one."""
    what = " or ".join(f"“{text}”" for text in asked)
    message = f"No passage was read as saying that a drug does not cause {what}: what is shown may say the opposite."
    return make_note("not-mentioned", " ".join(("not", *asked)), message)


def opposed(titles: Sequence[str], asked: ExcerptRole) -> Note:
    """Pages that were left out, as they say the opposite of what is asked for, and not what is asked for."""
    count = len(titles)
    listed = f": {', '.join(titles)}" if count <= MAX_LISTED else ""
    pages = f"{count} page{'' if count == 1 else 's'}"
    message = f"Not shown: {pages} that {'says' if count == 1 else 'say'} {_OPPOSITE[asked]}{listed}."
    return make_note("left-out", "", message, OPPOSED)


def by_class_only(drug: str, other: str) -> Note:
    """A page names the class of the other drug, but not the drug."""
    message = (
        f"{other} is not named on the page of {drug}; passages on its class are shown. This is not evidence of safety."
    )
    return make_note("not-mentioned", f"{drug} {other}", message)


def spelling(typed: str, key: Key, options: Sequence[NoteOption]) -> Note:
    """A word that nothing knows, and what may have been meant: offered, never searched unasked."""
    message = f"“{typed}” stands on few pages or none. Did you mean:"
    return make_note("spelling", typed, message, key, options=tuple(options))


def which_drug(typed: str, key: Key, options: Sequence[NoteOption]) -> Note:
    """A word that is most likely the misspelt name of a drug: nothing is shown until it is chosen."""
    message = f"“{typed}” may be the name of a drug, spelled otherwise, so nothing is shown. Which one is meant?"
    return make_note("which-drug", typed, message, key, options=tuple(options))


def corrected(term: Term, word: str) -> Note:
    """An ordinary word was corrected, since nothing was found as typed."""
    message = f"Nothing was found for “{term.typed}”: searched “{word}” instead."
    option = NoteOption(f"Search {term.typed} only", f'"{term.typed}"')
    return make_note("spelling", term.typed, message, term.surfaces, searched=(word,), options=(option,))


def section_hint(typed: str, key: Key, kind: int, text: str) -> Note:
    """The section that a question means, offered as a filter."""
    name = KINDS[kind]
    label = KIND_LABELS[name]
    option = NoteOption(f"Only {label}", f"{text.strip()} section:{name}")
    about = label if label.isupper() or label == "FAQs" else label.lower()
    return make_note("section-hint", typed, f"“{typed}”: {about} come first.", key, options=(option,))


def related(count: int) -> Note:
    """What is shown after the results, and not counted."""
    pages = "1 page of a drug" if count == 1 else f"{count} pages of drugs"
    return make_note(
        "related", "", f"Below the results: {pages} with a similar name. Check that it is the one you mean."
    )


def partial(missing: Sequence[str], typed: str) -> Note:
    """No section has all the words; those with most of them are shown."""
    message = "No section has all of these words. Sections with most of them come first."
    if missing:
        message = f"No section has “{'”, “'.join(missing)}”. Shown: sections with the other words."
    return make_note("partial", typed, message)


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
    return make_note("filtered", text, message, options=(NoteOption("Show all results", text),))


def once(notes: Iterable[Note]) -> tuple[Note, ...]:
    """The notes in their order, each said once, and no id twice."""
    by_id: dict[str, Note] = {}
    for note in dict.fromkeys(notes):
        identifier, number = note.id, 2
        while identifier in by_id:
            identifier, number = f"{note.id}-{number}", number + 1
        by_id[identifier] = replace(note, id=identifier)
    return tuple(by_id.values())
