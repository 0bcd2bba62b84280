"""The wording by which the reader tells what a cue reaches: whom a bracket speaks of, where a clause begins, what is a subject."""

import re
from typing import Final

WHOM: Final = re.compile(
    r"(?:pregnan\w+|breastfeeding|child(?:ren)?|newborns?|infants?|babies|years?|months|weeks|\d)\s*$"
)
"""Who is not to have it, just before a bracket: what stands in the bracket is the harm that it is for."""

BRIEF: Final = frozenset({"no", "not", "never", "none"})
"""Cues that deny the next item of a list alone: "no urine, a hard painful belly"."""

NEW_CLAUSE: Final = re.compile(
    r",\s(?:hence|so|thus|therefore|which|making|causing|leading|resulting"
    r"|(?:and|but|or)\s(?:the|an?|it|they|this|that|these|those|its|your?|we|some|many|most|others?))\b"
)
"""A comma behind which a sentence says something else: ", hence cough", ", and the antidote"."""


ALONE: Final = re.compile(
    r"\W*$|\s*[.;,():–—-]|\s+(?:in|during|if|when|where|unless|until|after|because|as|it|its|altogether|entirely|this"
    r"|the (?:drug|tablets?|medicine|treatment))\b"
)
"""What follows "do not use", "avoid" or "never" where they speak of the drug itself and not of another ("avoid alcohol")."""


PARTLY: Final = re.compile(
    r"\s+(?:the )?(?:first|second|third|last|late|early|later|treatment|pregnancy|severe|it|this)\b"
)
"""What follows "not in" or "never during" of a part of what the label says: "Pregnancy: not in the first weeks"."""


JOINED: Final = re.compile(r"\b(and|which(?: it)?) $")
AT_RISK: Final = re.compile(r"\b(?:at|with|an?|any)(?: an?)?(?: (?!the\b)\w+)? risks? (?:of|for)$")
"""A state of people that are warned, and not what the drug brings about."""


REGIMEN: Final = re.compile(
    r"\s*(?:(?:in the )?(?:uk|us|european|eu)\b(?: \w+){0,4} )?(?:only|often|much|widely|usually|used|given|dosed|from|start|begin"
    r"|low and|halved?|reduced?|cut|recommended|preferred|allowed|no |tablets|licen[sc]ed|wait|tests?|check|measure|the dose|doses?"
    r"|a pause|in \w+ (?:an?|the|it|under) |as for|safe|compatible|treatment|specialist|function)"
)
"""How a clause begins that says how a drug is used: "Pregnancy: much used, often in herpes"."""


PROSE: Final = re.compile(
    r"[^.;\n]*\b(?:is|are|was|were|be|been|it|they|this|these|can|may|will|has|have|does|should|must|use|uses|needs?)\b"
)
"""A clause after the first of a use that is no item of a list: "; UK protocols use another insulin"."""


SUBJECT: Final = re.compile(r"\W*(?!withdrawal|stopping|overdose|it\b|this\b|too\b)[a-z-]+(?: [a-z-]+){0,2} \Z")
"""What stands before a verb of harm, alone in its clause: "dementia brings stroke" speaks of the people who have it."""

VERB: Final = re.compile(r"(?:brings|raises|increases|worsens|makes)\b")

NO_TREATMENT: Final = re.compile(r"(?:(?:is|are) )?(?:not|no) (?:an? )?(?:treatment|cure|remedy)\b")
"""A denial that says of a disease that the drug does not help in it, beside that it is not to be used."""

ONES: Final = re.compile(r"\bones\b")
