"""What a search says aloud: the wording of every note, in one place. Knows nothing of arrays or scores.

Notes are numbered last, in the order they are said (`numbered`), so their ids do not depend on how they came about.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from search.model import KIND_LABELS, Note, NoteOption
from search.names import NameTable, Resolution
from search.query import Query, Term

NOT_EVIDENCE: Final = "A page that does not mention something is no evidence that it does not happen."


def said_of_query(query: Query, *, named: bool) -> list[Note]:
    """What was left out, excluded or limited; `named` tells whether `drug:` found any page."""
    notes = [
        Note("", "ignored", text, f"Not searched, as the query is too long here: {text[:40]}") for text in query.ignored
    ]
    if not query.terms:
        message = "Type a symptom or a drug name to search for."
        if query.excluded:
            message = "Exclusions alone find nothing: type what to search for as well."
        notes.append(Note("", "hint", "", message))
    for term in query.excluded:
        message = f"Left out: sections whose text, heading or drug name has “{term.typed}”. {NOT_EVIDENCE}"
        notes.append(Note("", "excluded", term.typed, message))
    if query.drugs and not named:
        typed = ", ".join(term.typed for term in query.drugs)
        notes.append(Note("", "no-monograph", typed, f"No monograph is called {typed}."))
    return notes


def said_of_names(terms: Sequence[Term], names: Resolution, table: NameTable) -> list[Note]:
    """Whose brand or other name the query is, or that no page is about that drug alone."""
    typed = " ".join(term.typed for term in terms)
    notes = []
    for kind, wording in (("brand", "a brand of"), ("alias", "another name of")):
        known = [name for name in names.whole if name.kind == kind]
        if known:
            drugs = tuple(dict.fromkeys(table.title(name.monograph) for name in known))
            region = f" ({known[0].region})" if known[0].region else ""
            message = f"{known[0].text} is {wording} {' and of '.join(drugs)}{region}."
            notes.append(Note("", "name", typed, message, searched=drugs))
    if names.alone_missing:
        message = f"No page for {typed} alone · {names.combinations} contain it."
        notes.append(Note("", "no-monograph", typed, message))
    return notes


def partial(missing: Sequence[str], typed: str) -> Note:
    """No section has all the words; those with most of them are shown."""
    message = "No section has all of these words. Sections with most of them come first."
    if missing:
        message = f"No section has “{'”, “'.join(missing)}”. Shown: sections with the other words."
    return Note("", "partial", typed, message)


def filtered(kinds: Sequence[str], text: str, hidden: int) -> Note:
    """The section filter leaves nothing, though other sections match."""
    labels = ", ".join(KIND_LABELS[kind] for kind in kinds)
    count = f"{hidden} section{'s' if hidden != 1 else ''} of other kinds match{'es' if hidden == 1 else ''}"
    message = f"Nothing under {labels}, but {count}."
    return Note("", "filtered", text, message, options=(NoteOption("Show all sections", text),))


def numbered(notes: Iterable[Note]) -> tuple[Note, ...]:
    """The notes with their ids, n1, n2, …, each said once."""
    return tuple(replace(note, id=f"n{number}") for number, note in enumerate(dict.fromkeys(notes), start=1))


def notice_line(notices: Sequence[Mapping[str, str]]) -> str | None:
    """One line for a page that says it is AI-generated or crowd-sourced, or only disclaims; None where it says neither."""
    kinds = {notice["kind"] for notice in notices}
    if "note" in kinds:
        return "AI-generated or crowd-sourced; may not be accurate"
    return "Not medical advice" if kinds else None
