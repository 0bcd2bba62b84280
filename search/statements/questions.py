"""Questions and their answers: what a question names takes its role from what was asked, and from the answer's first word."""

import re
from typing import Final

from search.statements.cues import StatementRole

_ASKS: Final = re.compile(r"\?\W*$")
_INLINE: Final = re.compile(r"(?:\s*q(?:uestion)?[:.]\s*)[^?\n]*\?\s*(?:a(?:nswer)?[:.]\s*)?")
_ANSWER: Final = r"\W*(?:a(?:nswer)?[:.]\s*)?(?:generally,? |usually,? |normally,? |in general,? )?"
_NO: Final = re.compile(
    _ANSWER + r"(?:no\b(?! (?:specific|known(?! (?:one|clash|interaction|problem|effect)\b)|special|one|evidence|data))"
    r"|not\b(?! (?:only|known|enough|always|necessarily|everyone|all|sure|clear))"
    r"|neither\b(?! [^.]*\brecommended\b)|never\b|hardly\b|(?:it is |that is |this is )?(?:unlikely|improbable)\b"
    r"|it (?:does not|is not|will not|has not|doesn't|isn't|won't)\b)"
)
_YES: Final = re.compile(
    _ANSWER + r"(?:yes|it (?:can|may|might)\b|very likely|possibly|perhaps|often|sometimes|it is (?:likely|possible"
    r"|common)|likely|rarely)\b"
)
_DONT: Final = re.compile(
    _ANSWER + r"(?:it is (?:not|best avoided)|it should not|avoid|do not|better not|it(?:'s"
    r"| is)? (?:generally )?(?:not|advisable to avoid))\b"
)
_WARNED: Final = re.compile(
    r"^[^.]*\b(?:not (?:\w+ )?(?:recommended|advised|safe|suitable)|should be avoided|contraindicated"
    r"|discouraged|best (?:avoided|left out|not)"
    r"|(?:labels?|advice) (?:say no|is no|forbids?|rules? it out|bars?|advises? against))\b|^\W*neither [^.]*\brecommended\b"
)

_CAREFUL: Final = re.compile(
    r"^[^.]*\b(?:with (?:\w+ )?(?:caution|care)|cautiously|(?:used|taken|given) (?:\w+ )?carefully)\b"
    r"|\bcarefully (?:considered|weighed)\b"
)

_EFFECTS: Final = re.compile(
    r"side effects?|adverse|signs? (?:of(?! an? allergic)|mean)|symptoms of (?:an )?overdose|report"
    r"|watch for|too much|overdose|withdrawal|(?:risks?|dangers?) of|what (?:\w+ ){0,3}(?:risks|dangers)"
)
_REFUSED: Final = re.compile(
    r"who (?:should|must|can)(?: ?not|n't)|contraindication|precaution|when should .* not|should i avoid"
)
_PURPOSE: Final = re.compile(
    r"what (?:is|are) .* (?:used )?for\b|what (?:does|do|can|conditions?) .*\b(?:treat|help)"
    r"|who should (?:take|use)"
    r"|why (?:is it|is this|was it|was this|am i|was i|do i|have i been|has it been|do (?:people|doctors)) (?:\w+ )?(?:given"
    r"|prescribed|taking|on it|take|taken|use|used|prescribe)\b(?! (?:blood |a |regular )?tests?)"
)
_ALLOWED: Final = re.compile(
    r"\b(?:may|can|could|should|must) (?:i|we|you|he|she|my|women|people|children|pregnant|someone|it be"
    r"|this be|\w+ (?:take|use|have))\b|\b(?:safe|allowed|all right|ok|okay|suitable|recommended"
    r"|advisable|permitted|take it|have it|have this|carry on|go on|wait)\b"
)
_PARTLY: Final = re.compile(
    r"\b(?:enough|standard|first[- ]line|first choice|on its own|alone|substitute"
    r"|from (?:a|the) (?:shop|supermarket)|over the counter|at home|myself"
    r"|the same|replace\w*|instead|everybody|everyone|always|all)\b"
)
_GOING_ON: Final = re.compile(
    r"\b(?:stop|stopping|wait|carry on|go on|keep (?:on|taking)|extra|give up|miss|skip|double|change"
    r"|switch|normal|useless|fail)\b|\b(?:must|do|should) i avoid\b"
)
_USED_FOR: Final = re.compile(
    r"\b(?:use|take|swallow|give|try)\b [^?]*\bfor (?!(?:my |a |the )?(?:child|kid|baby|son|daughter|long"
    r"|more|over|few|several|weeks?|months?|years?)|\d)"
)
_TREATS: Final = re.compile(
    r"\b(?:treats?|cures?|works?|helps?|prevents?|protects?|relieves?|eases?|used (?:for|to|in)|is (?:it"
    r"|this|that) (?:for|an?|my)|slim|fight|kill)\b"
)
_OTHERS: Final = re.compile(
    r"\b(?:will|would|does|do|can|could|should|is|are) (?:(?:an?|another|other|my other|some|any)\b [^?]*\b(?:help|cure|treat"
    r"|work|ease|relieve|protect)|(?:sunshine|sunlight|food|alcohol|coffee|tea|milk|stress|exercise|age|diet|water)\b)"
)
"""A question about something else than the drug: "My ankles swell; will a water tablet help?"."""

_OF_DRUG: Final = re.compile(
    r"(?:.*[.?] )?\W*(?:q[:.]\s*)?(?:will|would|does|did|is|are|has|can|could|am)\b(?! (?:it|that"
    r"|this) (?:normal|a problem))"
)
_CAUSES: Final = re.compile(
    r"\b(?:causes?|make (?:me|you|my|him|her|us)|makes? \w+ (?:sleepy|drowsy|gain)|lead to|affect|(?:will"
    r"|do|does|would) (?:i|everybody|everyone|it|this|that|\w+) |addictive|habit|addict|allergic|linked"
    r"|dangerous|side effect|harm|sedat|drowsy|gain weight|weight gain)"
)
_BLAMED: Final = re.compile(
    r"\b(?:causes?|bring on|set off|trigger|thin|make (?:me|you|my|him|her|us)|addictive|habit|hooked|linked"
    r"|the (?:drug|cause)|character|addicted"
    r"|since (?:i|she|he|they|we) (?:\w+ )?(?:takes?|took|started|began|have|has|had))\b|^will i "
    r"|[.;,] (?:is (?:this|that|it) |are (?:these|they) )?"
    r"(?:could (?:it|that|this) be\b[^?]*|(?:normal|expected|right|from it|due to it|to blame))\?"
)
"""A question whether the drug brings it about: "Will it thin my bones?", "Gran is muddled. Could it be the tablets?"."""

_COMPLAINT: Final = re.compile(
    r"[.;,:] (?:(?:normal|go on|wait|can it wait|wait and see|wait a day|shall i wait|can i wait"
    r"|(?:do|should) i (?:carry|go) on)[^?.]{0,25})\?"
)
"""What a patient tells of, and whether to go on or wait; the answer No ("stop, be seen today") takes it for a harm of the drug."""

_NO_COMPLAINT: Final = re.compile(
    r"\b(?:missed|forgot|r[au]ns? out|found|swallowed|vomiting bug|operation|swapped|dose|no better)\b"
)


LONGEST: Final = 300
"""Characters of a question that are read, from its end."""


def asks(heading: str) -> bool:
    """Whether a heading is a question."""
    return bool(_ASKS.search(heading))


def lowered(text: str) -> str:
    """A text in lower case with straight apostrophes, each character at its place."""
    low = text.lower()
    if len(low) != len(text):  # İ has two characters in lower case
        low = "".join(char.lower() if len(char.lower()) == 1 else " " for char in text)
    return low.replace("’", "'").replace(" ", " ")


def inline_question(text: str, start: int, end: int) -> int:
    """Where the answer begins, of a line that is "Q: …? A: …"; 0 if it is none."""
    match = _INLINE.match(text, start, end)
    return match.end() if match else 0


def answer_default(heading: str) -> StatementRole:
    """What the answer of a question gives to what it names, where its words leave that open."""
    question = lowered(heading)[-LONGEST:]
    if _REFUSED.search(question):
        return StatementRole.TAKE_CARE if "precaution" in question else StatementRole.DO_NOT_USE
    if _EFFECTS.search(question):
        return StatementRole.CAUSES
    if _PURPOSE.search(question):
        return StatementRole.TREATS
    return StatementRole.MENTIONS


def question_role(question: str, answer: str) -> StatementRole:
    """What a question gives to what it names, by its answer; both in lower case."""
    question = question[-LONGEST:]
    if _REFUSED.search(question):
        return StatementRole.MENTIONS
    if _NO.match(answer):
        return _refused(question)
    if _YES.match(answer):
        return _granted(question)
    if _ALLOWED.search(question):
        return _advised(answer)
    return StatementRole.MENTIONS


def _advised(answer: str) -> StatementRole:
    """What the answer to "may I" says, where it begins with neither Yes nor No."""
    if _DONT.match(answer) or _WARNED.match(answer):
        return StatementRole.DO_NOT_USE
    return StatementRole.TAKE_CARE if _CAREFUL.search(answer) else StatementRole.MENTIONS


def _refused(question: str) -> StatementRole:
    if _COMPLAINT.search(question) and not _NO_COMPLAINT.search(question):
        return StatementRole.CAUSES
    if any(asked.search(question) for asked in (_PARTLY, _GOING_ON, _OTHERS)):
        return StatementRole.MENTIONS
    if _USED_FOR.search(question) or _TREATS.search(question):
        return StatementRole.DENIES
    if _CAUSES.search(question) and not re.search(r"\b(?:may|can|should) i\b", question):
        return StatementRole.DENIES
    if _ALLOWED.search(question):
        return StatementRole.DO_NOT_USE
    return StatementRole.DENIES if _OF_DRUG.match(question) else StatementRole.MENTIONS


def _granted(question: str) -> StatementRole:
    if re.search(
        r"\b(?:ruled out|forbidden|off limits|banned|must i (?:avoid|not)|should i avoid|contraindicated)\b", question
    ):
        return StatementRole.DO_NOT_USE
    return StatementRole.CAUSES if _BLAMED.search(question) else StatementRole.MENTIONS
