"""Which role a text gives to what it names: caused, treated, not to be used in, to take care in, denied; all else it mentions.

After NegEx and ConText (W. Chapman et al. 2001; H. Harkema et al., "ConText", J. Biomed. Inform. 42, 2009): a text is cut
into lines with their labels, sentences and clauses; a cue ("risk of", "not in") gives its role to what follows it in its
clause, to what stands before it, or to both. Where no cue speaks, the kind of the section, the heading or the label of the
line decides. Cues: tables/roles.tsv; questions: questions.py; what the roles mean: docs/labelling.md.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from search.statements import questions
from search.statements.cues import WARNINGS, Scope, StatementRole, cues_in
from search.statements.kinds import cues_of_kind
from search.statements.labels import Label, apart, label_of, role_of_heading
from search.statements.reader import Reader

LINE: Final = re.compile(r"[^\n]+")
_CLAUSE: Final = re.compile(
    r"\b(?:is|are|was|were|be|been|it|its|they|this|that|these|can|may|will|has|have|do|does|should|must|when|if|you|your|works?"
    r"|treats|prevents|kills|blinds|stops|replaces|suppresses|blocks|brings|causes)\b"
)
"""Words that an item of a list ("Pain, cough.") does not have."""

PROSE_SPACES: Final = 5
"""A sentence beside others in one line is an item of a list only if it is short: "Fever. Pain after an operation."."""

_SENTENCE_END: Final = re.compile(r"(?<!e\.g)(?<!i\.e)(?<!St)(?<!vs)[.!?]{1,3}[\"”’)]*(?=\s+[^\sa-z]|\s*$)")
_MARK: Final = re.compile(
    r"[();]|\s[–—-]\s|\s/\s"
    r"|[,:]\s"
)


_DENIES_LIST: Final = re.compile(r"\b(?:not|ineffective|no)\b[^.]{0,40}:\s*$")

_COMPANY: Final = re.compile(
    r"\([^)]*?(?P<inside> in(?! the\b) [^,;:()]*)\)|\([^)]*\)|(?P<setting> (?:without|with|in(?! the\b)) [^,;:(]*)"
)
"""The setting of a use in a label: "Infection with penicillin allergy", "Itch in kidney failure"."""


class RoleRange(NamedTuple):
    """A part of a text and the role it gives to what it names. Half-open, in code points."""

    start: int
    end: int
    role: StatementRole


def role_ranges(kind: str, heading: str, text: str) -> tuple[RoleRange, ...]:
    """The roles that a section's text gives, for each place of it.

    Args:
        kind: of the section, one of `search.model.KINDS`.
        heading: of the section, as written.
        text: of the section, lines parted by newlines.

    Returns:
        Ascending, not overlapping, covering the whole text.
    """
    lowered = questions.lowered(text)
    changes: list[tuple[int, StatementRole]] = [(0, StatementRole.MENTIONS)]
    default = questions.answer_default(heading) if questions.asks(heading) else role_of_heading(kind, heading)
    announced: StatementRole | None = None
    for line in LINE.finditer(lowered):
        role = default if announced is None else announced
        found = list(_line_changes(kind, text, lowered, line.span(), role))
        changes += found
        if lowered[line.start() : line.end()].rstrip().endswith(":"):
            announced = _announced(kind, found, lowered[line.start() : line.end()])
    return _with_parts_apart(lowered, _ranges(changes, len(text)))


def _announced(kind: str, found: list[tuple[int, StatementRole]], line: str) -> StatementRole | None:
    """What a line that ends with a colon gives to the lines after it; None where it leaves that to the section."""
    role = found[-1][1] if found else StatementRole.MENTIONS
    if kind == "uses" and role is StatementRole.CAUSES:  # "These infections can lead to trouble in organs, such as:"
        return None
    if role is StatementRole.DENIES and not _DENIES_LIST.search(line):  # "Why this is unlikely:"
        return None
    return role or None


def heading_role(kind: str, heading: str, text: str) -> StatementRole:
    """The role of what the heading of a section names: a question takes it from its answer.

    Args:
        kind: of the section, one of `search.model.KINDS`.
        heading: of the section, as written.
        text: of the section, for the answer.
    """
    if questions.asks(heading):
        return questions.question_role(questions.lowered(heading), questions.lowered(text))
    return role_of_heading(kind, heading)


def _line_changes(
    kind: str, text: str, lowered: str, span: tuple[int, int], default: StatementRole
) -> Iterator[tuple[int, StatementRole]]:
    start, end = span
    asked = questions.inline_question(lowered, start, end)
    if asked:
        yield start, questions.question_role(lowered[start:asked], lowered[asked:end])
        yield from _line_changes(kind, text, lowered, (asked, end), questions.answer_default(lowered[start:asked]))
        return
    at, body, named, prose = start, default, False, False
    for stop in _sentence_ends(text, start, end):
        label = label_of(kind, lowered, at, stop, body if named else default)
        if label and named and label.open:  # "Do not use: … Tablets: pregnancy, …"
            label = Label(label.end, body, body, open=False)
        if label:
            body, named = label.body, named or not label.open
        said = body
        if (
            not label
            and kind == "uses"
            and _is_prose(lowered[at:stop], is_one=at == start and stop == end, goes_on=prose)
        ):
            prose, said = prose or at == start, StatementRole.MENTIONS
        reader = _read(kind, text, lowered, (label.end if label else at, stop), said)
        if label:
            yield from _label_changes(label, reader, lowered, at)
        yield from reader.changes
        at = stop


def _is_prose(sentence: str, *, is_one: bool, goes_on: bool) -> bool:
    """Whether a sentence among uses is no item of a list: what it names is a use only where it says so.

    Args:
        sentence: in lower case.
        is_one: whether it is the whole line.
        goes_on: whether its line began as prose.
    """
    if not sentence.endswith((".", "!")):
        return False
    return goes_on or bool(_CLAUSE.search(sentence)) or (not is_one and sentence.count(" ") >= PROSE_SPACES)


def _label_changes(label: Label, reader: Reader, lowered: str, start: int) -> Iterator[tuple[int, StatementRole]]:
    """What a label is given: by the sentence after it if that speaks of it, else by what it is itself."""
    role = reader.whole if reader.whole is not None and label.open else label.role
    if reader.whole is StatementRole.WORSENS and label.role & WARNINGS:
        role = label.role | StatementRole.CAUSES
    if reader.forbids and label.open and role & StatementRole.TAKE_CARE:  # "Porphyria: do not use"
        role = role & ~StatementRole.TAKE_CARE | StatementRole.DO_NOT_USE
    elif reader.forbids and label.open and role is StatementRole.TREATS:  # "Insomnia: discouraged"
        role = StatementRole.DO_NOT_USE
    yield start, role
    if role is StatementRole.TREATS:
        for company in _COMPANY.finditer(lowered, start, label.end):
            if company.lastgroup:
                yield company.start(company.lastgroup), StatementRole.MENTIONS
                yield company.end(company.lastgroup), StatementRole.TREATS
    elif role is StatementRole.CAUSES:  # "Stroke in dementia: lost speech"
        for cue in cues_in(lowered, start, label.end):
            if cue.scope is Scope.GROUP:
                yield cue.start, StatementRole.TAKE_CARE


def _sentence_ends(text: str, start: int, end: int) -> Iterator[int]:
    for match in _SENTENCE_END.finditer(text, start, end):
        if match.end() < end:
            yield match.end()
    yield end


def _read(kind: str, text: str, lowered: str, span: tuple[int, int], default: StatementRole) -> Reader:
    start, end = span
    if text[end - 1] == "?":  # a question claims nothing
        return Reader(lowered, start, StatementRole.MENTIONS)
    reader = Reader(lowered, start, default, kind)
    cues = cues_of_kind(kind, lowered, start, cues_in(lowered, start, end))
    index = 0
    for mark in _MARK.finditer(lowered, start, end):
        while index < len(cues) and cues[index].start < mark.start():
            reader.cue(cues[index])
            index += 1
        reader.mark(mark.start(), mark[0].strip())
    for cue in cues[index:]:
        reader.cue(cue)
    return reader


def _ranges(changes: list[tuple[int, StatementRole]], length: int) -> tuple[RoleRange, ...]:
    ranges: list[RoleRange] = []
    for number, (start, role) in enumerate(changes):
        end = changes[number + 1][0] if number + 1 < len(changes) else length
        if end <= start:
            continue
        if ranges and ranges[-1].role is role:
            ranges[-1] = RoleRange(ranges[-1].start, end, role)
        else:
            ranges.append(RoleRange(start, end, role))
    return tuple(ranges)


def _with_parts_apart(lowered: str, ranges: tuple[RoleRange, ...]) -> tuple[RoleRange, ...]:
    """The ranges, where a state such as pregnancy is nowhere a use, and a verb no finding (`labels.apart`)."""
    states = apart(lowered)
    if not states:
        return ranges
    found: list[RoleRange] = []
    number = 0
    for whole in ranges:
        at = whole.start
        while number < len(states) and states[number][0] < whole.end:
            start, stop, other = states[number]
            end = min(stop, whole.end)
            if whole.role in other and start >= at:
                found += [RoleRange(at, start, whole.role), RoleRange(start, end, other[whole.role])]
                at = end
            number += 1
        found.append(RoleRange(at, whole.end, whole.role))
    return tuple(part for part in found if part.start < part.end)
