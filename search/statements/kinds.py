"""How the kind of a section changes what its cues say: "treats" among side effects speaks of another drug."""

import re
from typing import Final

from search.statements.cues import CueMatch, Scope, StatementRole

FOREIGN: Final = {
    **dict.fromkeys(
        ("side-effects", "serious-side-effects", "contraindications", "precautions", "pregnancy", "interactions"),
        StatementRole.TREATS,  # what is treated there is treated with something else, or is a harm of the drug
    ),
    "how-it-works": StatementRole.CAUSES,  # what is caused there is caused by the body
}
"""Kind → the role that its texts give only to what is another's."""

OF_DISEASE: Final = ("uses", "about")
"""Kinds whose relative clauses speak of a disease: "deficiency, which can lead to anaemia"."""

EFFECTS: Final = ("side-effects", "serious-side-effects")

ADVICE: Final = ("precautions", "contraindications")
"""Kinds where what the drug is not licensed or used for is what it must not be used for."""

WARN: Final = (*ADVICE, "pregnancy")
"""Kinds where a disease that the drug may worsen is a reason for care too; elsewhere the worsening is a harm like others."""

_PARTICIPLE: Final = re.compile(r"(?!warning)[a-z]+ing\b|(?:as|because|since) ")
_LESS: Final = re.compile(r"(?:lower|reduc|decreas|slow|lessen|delay|shorten|improper|relie)\w*")
_UNUSED: Final = re.compile(
    r"(?:is |are )?not (?:\w+ly )?(?:used|licensed|indicated|intended|treated|given|prescribed)\b"
)
_GERUND: Final = re.compile(r"[a-z]+ing\b")
_OPPOSES: Final = re.compile(r"(?:weaken|blunt|oppose|cancel|counteract|antagoni[sz]e)s?\b")
_COMES: Final = re.compile(r"occurs?|follows|happens?")
_CHOICE: Final = re.compile(
    r"\s*(?!no\b|yes\b)(?:(?!(?:is|are|it|can|may|will|does|do|has|have|causes?|makes?)\b)[\w'-]+[ ,;]+)+(?<=[,;]\s)not\Z"
)
"""An answer that names what to take, and then what not to: "Paracetamol, not ibuprofen"."""

_ITEM: Final = re.compile(r"(?:^|[\n,;:(]\s*)\Z")


def cues_of_kind(kind: str, lowered: str, start: int, cues: list[CueMatch]) -> list[CueMatch]:
    """The cues of a sentence as a section of this kind means them.

    Args:
        kind: of the section.
        lowered: its text in lower case.
        start: where the sentence begins.
        cues: in it, in order.
    """
    return [cue for found in cues if (cue := _of_kind(kind, lowered, start, found)) is not None]


def _of_kind(kind: str, lowered: str, start: int, cue: CueMatch) -> CueMatch | None:
    """One cue as this kind means it; None where it says nothing."""
    if cue.role is StatementRole.WORSENS and kind not in WARN:
        cue = cue._replace(role=StatementRole.CAUSES)
    if _says_nothing(kind, lowered, start, cue):
        return None
    if cue.role is FOREIGN.get(kind):
        return cue._replace(role=StatementRole.MENTIONS)
    if kind in ADVICE and cue.role is StatementRole.DENIES and _UNUSED.match(lowered, cue.start):
        return cue._replace(role=StatementRole.DO_NOT_USE)
    if kind == "faqs" and cue.role is StatementRole.DENIES and _CHOICE.match(lowered, start, cue.end):
        return cue._replace(role=StatementRole.DO_NOT_USE)
    if kind == "faqs" and cue.role is StatementRole.TREATS and _is_subject(lowered, start, cue):
        return cue._replace(role=StatementRole.MENTIONS)
    return _of_disease(lowered, cue) if kind in OF_DISEASE else cue


def _says_nothing(kind: str, lowered: str, start: int, cue: CueMatch) -> bool:
    """Whether the words of a cue are in this kind of section no cue."""
    if kind in EFFECTS and cue.role is StatementRole.TREATS:  # "Reduced sweating" is an effect
        return bool(_LESS.match(lowered, cue.start) and _ITEM.search(lowered[start : cue.start]))
    if kind != "interactions" and _OPPOSES.match(
        lowered, cue.start
    ):  # only there is what is opposed another drug's effect
        return True
    if kind == "uses" and cue.role is StatementRole.CAUSES:  # "Period pain: cramps on the days they occur"
        return bool(_COMES.fullmatch(lowered, cue.start, cue.end))
    # "Malaria: suitable for travellers" is a use all the same
    return kind == "uses" and cue.scope is Scope.WHOLE and cue.role is StatementRole.MENTIONS


def _is_subject(lowered: str, start: int, cue: CueMatch) -> bool:
    """Whether a cue begins its sentence as what it is about: "Managing diarrhoea is part of the diet"."""
    return bool(_GERUND.match(lowered, cue.start)) and not lowered[start : cue.start].strip()


def _of_disease(lowered: str, cue: CueMatch) -> CueMatch:
    if cue.role is StatementRole.CAUSES and (
        lowered.endswith(("which ", "that "), 0, cue.start) or _PARTICIPLE.match(lowered, cue.start)
    ):
        if cue.scope is not Scope.AFTER:  # "strokes, any of which can kill"
            return cue._replace(scope=Scope.ITSELF)
        return cue._replace(role=StatementRole.MENTIONS)
    return cue
