"""Reads one sentence from cue to cue, and notes where the role of what it names changes."""

from typing import Final

from search.statements import wording
from search.statements.cues import WARNINGS, CueMatch, Scope, StatementRole

REACH: Final = 80
"""How far a cue swallows others, in characters."""

_CLAIMS: Final = (StatementRole.CAUSES, StatementRole.WORSENS, StatementRole.TREATS)
_OPEN: Final = (StatementRole.CAUSES, StatementRole.MENTIONS)
_NO_TREATMENT: Final = StatementRole.DO_NOT_USE | StatementRole.DENIES
_HELD: Final = {
    StatementRole.DENIES: _CLAIMS,  # "is no treatment for", "no evidence that it causes"
    StatementRole.MENTIONS: _CLAIMS,
    StatementRole.DO_NOT_USE: (StatementRole.TREATS,),  # "do not use to treat"
    StatementRole.TAKE_CARE: (StatementRole.TREATS,),
}
"""The role of a cue → the roles of cues right after it that it swallows."""


class Reader:
    """Reads one sentence from left to right and notes where the role changes.

    Args:
        text: the whole text in lower case.
        start: where the sentence begins.
        default: the role of what no cue speaks of.
        kind: of the section.
    """

    __slots__ = (
        "bound",
        "brief",
        "changes",
        "conditional",
        "current",
        "default",
        "forbids",
        "holds",
        "kind",
        "opened",
        "start",
        "text",
        "warned",
        "whole",
    )

    def __init__(self, text: str, start: int, default: StatementRole, kind: str = "") -> None:
        self.text = text
        self.kind = kind
        self.start = start
        self.bound = start
        self.default = default
        self.current = default
        self.changes: list[tuple[int, StatementRole]] = []
        self._change(start, self._silent(start))
        self.opened: list[tuple[int, StatementRole, StatementRole]] = []
        self.whole: StatementRole | None = None
        self.warned = False
        self.conditional = False
        self.forbids = False
        self.brief = False
        self.holds: CueMatch | None = None

    def mark(self, at: int, sign: str) -> None:
        """Passes a bracket, a semicolon or a dash: a new clause. Commas and colons end nothing but some denials."""
        if sign in ",:":
            if self.current is StatementRole.DENIES and self._ends_denial(at, sign):
                self.mark(at, ";")
            return
        self.holds = None
        if sign == "(":
            self.opened.append((self.bound, self.default, self.current))
            self.bound, self.default = at, self.current
            if self.current is _NO_TREATMENT:  # "Do not use: … Not a treatment of head injury (more deaths)"
                self.default = StatementRole.CAUSES
                self._change(at, self.default)
            elif self.current is StatementRole.DENIES:  # "no treatment of head injury (more deaths)"
                before = self.opened[0][1]
                self.default = StatementRole.MENTIONS if before is StatementRole.TREATS else before
                self._change(at, self.default)
            elif self.current is StatementRole.DO_NOT_USE and wording.WHOM.search(
                self.text[max(self.start, at - REACH) : at]
            ):
                self.default = StatementRole.CAUSES  # "never under 2 years (fatal respiratory depression)"
                self._change(at, self.default)
        elif sign == ")":
            if self.opened:
                self.bound, self.default, role = self.opened.pop()
                self._change(at, role)
        elif not self.opened or sign == ";":
            self.bound = at
            self.conditional = False
            self._change(at, self._silent(at + 1))

    def _silent(self, at: int) -> StatementRole:
        """The role of a clause while no cue has spoken; how a drug is used in a state is no harm of it."""
        is_regimen = (
            self.kind == "precautions" and self.default is StatementRole.CAUSES and wording.REGIMEN.match(self.text, at)
        )
        is_prose = (
            self.kind == "uses"
            and self.default is StatementRole.TREATS
            and at > self.start
            and wording.PROSE.match(self.text, at)
        )
        return StatementRole.MENTIONS if is_regimen or is_prose else self.default

    def _ends_denial(self, at: int, sign: str) -> bool:
        """Whether a denial goes no further: at a colon, before a new clause, and after a bare "no …" in a list."""
        return sign == ":" or self.brief or bool(wording.NEW_CLAUSE.match(self.text, at))

    def cue(self, cue: CueMatch) -> None:
        """Passes a cue."""
        if self._is_held(cue) or cue.scope is Scope.ITSELF:
            return
        cue = self._as_meant(cue)
        self._note(cue)
        if cue.scope is Scope.AFTER:
            self._warn_of_subject(cue)
            self._change(cue.start, cue.role)
        elif cue.scope is Scope.CONDITION:
            self._condition(cue)
        elif cue.scope is Scope.ENDS:
            self.bound = cue.end
            self.conditional = False
            self._change(cue.start, self.default)
        elif cue.scope is Scope.GROUP:
            self._change(cue.start, self._of_group(cue.role))
        elif cue.role & WARNINGS and self._goes_on(cue.start):
            self._change(cue.start, cue.role)
        elif cue.scope is Scope.BEFORE and cue.role is StatementRole.MENTIONS and self.current & WARNINGS:
            return  # "With care: low potassium must be corrected"
        else:
            self._before(self.bound, cue.role)
            if cue.scope is Scope.BEFORE:
                self._change(cue.end, self.default)

    def _as_meant(self, cue: CueMatch) -> CueMatch:
        """A cue with the role that it has here."""
        if self._is_condition(cue):
            return cue._replace(role=StatementRole.MENTIONS)  # "treats it when other drugs are not suitable"
        if cue.role is StatementRole.DENIES and self.default is StatementRole.DO_NOT_USE:
            denied = wording.NO_TREATMENT.match(self.text, cue.start)
            also = StatementRole.DENIES if denied else StatementRole.MENTIONS
            return cue._replace(
                role=StatementRole.DO_NOT_USE | also
            )  # "Do not use: with an MAOI, nor an MAOI after it"
        return cue

    def _warn_of_subject(self, cue: CueMatch) -> None:
        """Reads "Older people: dementia brings stroke": care is taken in it."""
        is_harm = self.kind == "precautions" and self.current is self.default is StatementRole.CAUSES
        if (
            is_harm
            and wording.VERB.match(self.text, cue.start)
            and wording.SUBJECT.match(self.text, self.bound, cue.start)
        ):
            self._before(self.bound, StatementRole.TAKE_CARE)

    def _goes_on(self, at: int) -> bool:
        """Whether a warning follows a harm that keeps its role: "can cause sleep and should be avoided", "deaths, for which …"."""
        joined = wording.JOINED.search(self.text, max(self.start, at - 12), at)
        return joined is not None and (joined[1] != "and" or bool(self.current & StatementRole.CAUSES))

    def _is_condition(self, cue: CueMatch) -> bool:
        """Whether what is not to be used is another drug, and only a reason for a use."""
        if not self.conditional or cue.role is not StatementRole.DO_NOT_USE or cue.scope is not Scope.BOTH:
            return False
        return not self.text[self.bound : cue.start].rstrip().endswith(" it")

    def _note(self, cue: CueMatch) -> None:
        """Keeps what a cue says of what comes after it, and of the label before it."""
        self.warned = self.warned or cue.role in (StatementRole.DO_NOT_USE, StatementRole.TAKE_CARE)
        self.forbids = self.forbids or self._forbids_all(cue)
        self.brief = self.text[cue.start : cue.end] in wording.BRIEF
        self.holds = cue if cue.scope in (Scope.AFTER, Scope.BOTH) else None
        if cue.scope is Scope.WHOLE and self.whole is None and (not self.warned or cue.role & WARNINGS):
            self.whole = self._of_label(cue)

    def _of_label(self, cue: CueMatch) -> StatementRole | None:
        """What a cue gives to the label of the line: "Seizures: treats them; absence ones may worsen" says both of them."""
        if self.kind != "uses" or self.bound == self.start or not cue.role & StatementRole.CAUSES:
            return cue.role
        ones = wording.ONES.search(self.text, self.bound, cue.start)
        return StatementRole.TREATS | StatementRole.CAUSES if ones else None

    def _condition(self, cue: CueMatch) -> None:
        """Passes "when" or "if": what follows does not reach further back, and a warning goes on."""
        self.bound = cue.start
        self.conditional = self.default is StatementRole.TREATS
        if not self.current & WARNINGS:
            self._change(cue.start, cue.role)

    def _is_held(self, cue: CueMatch) -> bool:
        """Whether a cue only says what the one before it denies, leaves open or forbids."""
        if (
            self.current & WARNINGS
            and cue.role in _OPEN
            and wording.AT_RISK.search(self.text, max(0, cue.start - 24), cue.end)
        ):
            return True  # "not in people at risk of bleeding", "Do not use: a high risk of bleeding, liver disease"
        held = self.holds
        if held is not None and held.role is StatementRole.TREATS and self.text.startswith("risk", cue.start):
            return True  # "lowers blood pressure and the risk of stroke"
        if held is None or cue.role not in _HELD.get(held.role, ()):
            return False
        if held.role is StatementRole.MENTIONS and held.scope is Scope.AFTER and cue.role & StatementRole.CAUSES:
            return False  # "owing to a far higher risk of"
        between = self.text[held.end : cue.start]
        return len(between) < REACH and not any(sign in between for sign in (",", ":", " and "))

    def _of_group(self, role: StatementRole) -> StatementRole:
        """What people "with X" are given: a harm in them is a warning, and so is what is not for them."""
        if self.current & (StatementRole.CAUSES | StatementRole.TAKE_CARE):
            return StatementRole.TAKE_CARE
        return self.current if role is StatementRole.TAKE_CARE or self.current & WARNINGS else role

    def _forbids_all(self, cue: CueMatch) -> bool:
        """Whether a cue in the first clause says not to use the drug at all: the label before it is what it is not used in."""
        if cue.role is not StatementRole.DO_NOT_USE or self.bound != self.start:
            return False
        if cue.scope is Scope.BOTH:
            return True
        said = self.text[cue.start : cue.end]
        return bool(
            (wording.PARTLY if said.endswith((" in", " during", " after")) else wording.ALONE).match(self.text, cue.end)
        )

    def _before(self, bound: int, role: StatementRole) -> None:
        while self.changes and self.changes[-1][0] >= bound:
            self.changes.pop()
        self._change(bound, role)

    def _change(self, at: int, role: StatementRole) -> None:
        self.current = role
        self.changes.append((at, role))
