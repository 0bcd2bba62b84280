"""What the kind of a section, its heading and the label of a line ("Kidney: …") say, where the words leave a role open."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from search.statements.cues import StatementRole

_KIND: Final = {
    "uses": StatementRole.TREATS,
    "side-effects": StatementRole.CAUSES,
    "serious-side-effects": StatementRole.CAUSES,
    "contraindications": StatementRole.DO_NOT_USE,
    "precautions": StatementRole.TAKE_CARE,
    "pregnancy": StatementRole.TAKE_CARE,
}
_HEADINGS: Final = (
    (re.compile(r"limitations? of use|not (?:be )?used for", re.IGNORECASE), StatementRole.MENTIONS),
    (
        re.compile(r"who (?:should|must|can)(?: ?not|n[’']t)|do not use|contraindicat", re.IGNORECASE),
        StatementRole.DO_NOT_USE,
    ),
)
_LABEL: Final = re.compile(r"\s*(?:[-•*] *)?([^:.\n?!]{1,160}):(?=\s)")
_NAMED: Final = (
    (re.compile(r"(?:.*\b)?limitations? of use|not to be (?:confused|mistaken).*"), StatementRole.MENTIONS),
    (
        re.compile(
            r"(?:common |serious |rare |other |possible |less |more |very |but |and )*(?:side effects?"
            r"|adverse (?:effects?|reactions?|events?))|.*\bboxed warnings?\b.*|stopping|withdrawal|fertility"
            r"|overdos(?:e|age)"
        ),
        StatementRole.CAUSES,
    ),
    (re.compile(r"uses?|usage|indications?|typical usages?|used for"), StatementRole.TREATS),
    (
        re.compile(r"contra-?indications?|(?:do|must|should) not .*|not .*|never .*|avoid.*"),
        StatementRole.DO_NOT_USE,
    ),
    (re.compile(r"warnings?|precautions?|caution.*|(?:take |with |extra )?care.*"), StatementRole.TAKE_CARE),
    (
        re.compile(
            r"how (?:it works|often|to|long).*|mechanism.*|interactions?|dos(?:e|age|ing).*|forms?\b.*|route.*"
            r"|monitoring.*|tests?|timing|note|important.*|look-?alikes?.*|sound-?alikes?.*|brands?|names?|storage|strengths?.*"
        ),
        StatementRole.MENTIONS,
    ),
)
LONGEST_INSIDE: Final = 60
"""A label inside a line is short: longer ones are sentences."""

_SAYS: Final = re.compile(
    r"\b(?:is|are|can|may|include|includes|will|was|were|has|have|causes|raises|leads|brings|harms|kills|makes|means)\b"
)  # a sentence, no label
_SUBJECT: Final = re.compile(r"\b(?:it|they|this|must|should|does)\b")  # "It must not be used for obesity: …"
_COUNTRY: Final = re.compile(
    r"(?:in the |the )?(?:uk|us|usa|eu|europe|european|british|american)(?: labels?)?(?: also| and (?:uk|us))?"
)
_AGAINST: Final = re.compile(
    r"\s*(?:prevents?|preventing) (?!it\b|them\b|these\b|and\b|or\b|its\b|(?:\w+ )?(?:attacks|episodes|flares|relapses?|recurren))"
)
_STATES: Final = re.compile(
    r"(?:(?:during|in|and|or|older|young|small|premature|the) )*"
    r"(?:pregnan\w*|breast-?feeding|lactation|nursing|child(?:ren)?|infants?|bab(?:y|ies)|newborns?"
    r"|elderly|older|people|adults?|teenagers?"
    r"|age|women|men|surgery|driving|alcohol|kidneys?|renal|liver|hepatic|fertility|contraception)"
    r"(?:(?: and| or|,) (?:pregnan\w*|breast-?feeding|lactation|children|kidneys?|liver|people"
    r"|women))*(?: (?:impairment|function|use|people|adults))?"
)
_STOP: Final = re.compile(r"\s*stop(?:[,;]| (?:it\b|at once|immediately|straight away|and\b))|\s*report ")
"""What to do when a harm comes that the label names."""

_OF_OTHERS: Final = re.compile(
    r"\b(?:(?:lower|reduce|halve|cut|lowering|reducing) (?:them|their)\b|use less\b|(?:they|these) (?:may |can )?rise\b"
    r"|(?:raises?|doubles|increases) them\b)"
)
"""In a line on other drugs: what they bring about is theirs, as there is too much of them."""

_SETTING: Final = re.compile(r"(?:with|before|during|when|while|diagnos\w+) |.* risk(?: or\b.*)?$")
"""A label of a use that says in what company or state it is used: "With a diuretic in heart failure", "High bleeding risk"."""

_POPULATION: Final = re.compile(
    r"\b(?:women|children|adolescents|teenagers|older (?:people|adults|patients)"
    r"|pregnan(?:t|cy|cies)|breast-?feeding|lactation|lactating|nursing|breast-?fed|under 18"
    r"|newborns?|infants?|elderly|phaeochromocytoma(?= crisis)|pheochromocytoma(?= crisis))\b"
    r"(?! (?:sickness|nausea|vomiting|reflux|test|induced))(?<!of pregnancy)"
)

_FALLS: Final = re.compile(
    r"(?<![,;:.()–—-] )(?<!\band )(?<!\bor )(?<!\bof )(?<!\bfor )(?<!\bfrom )(?<!\bwith )(?<!\bmore )(?<!\bto )(?<!\bthan )"
    r"(?<!\bin )(?<!\bby )(?<!\bas )(?<!\bafter )(?<!\blike )(?<!causes )(?<!cause )(?<!causing )(?<!prevents )(?<!\bthe )"
    r"(?<!include )(?<!frequent )(?<!repeated )(?<!recurrent )(?<!serious )(?<!unexplained )(?<!many )(?<!\bno )"
    r"(?<!potassium )(?<!sodium )(?<!sugar )(?<=[a-z)] )falls\b|\bfalls(?= (?:slightly|a little)\b)"
)
"""The verb, after its subject: "the pressure falls"; after "and", "of" or a comma it is what happens to people."""

_OF_STATE: Final = {
    StatementRole.TREATS: StatementRole.MENTIONS,
    StatementRole.CAUSES: StatementRole.TAKE_CARE,
    StatementRole.WORSENS: StatementRole.TAKE_CARE,
}
"""The role of a text → what it says of a state of a person, where that is another."""

_OF_VERB: Final = dict.fromkeys((role for role in StatementRole if role), StatementRole.MENTIONS)


@dataclass(frozen=True, slots=True)
class Label:
    """The label of a line.

    Attributes:
        end: where the text after it begins.
        role: what the label itself is given, if the sentence after it says nothing else.
        body: what is given to the text after it, where no cue speaks.
        open: whether the sentence after it may decide over the label.
    """

    end: int
    role: StatementRole
    body: StatementRole
    open: bool


def role_of_heading(kind: str, heading: str) -> StatementRole:
    """What a section gives to what it names, where its words leave that open."""
    for pattern, role in _HEADINGS:
        if pattern.search(heading):
            return role
    return _KIND.get(kind, StatementRole.MENTIONS)


def label_of(kind: str, lowered: str, start: int, end: int, default: StatementRole) -> Label | None:
    """The label at the beginning of a line, if it has one."""
    match = _LABEL.match(lowered, start, end)
    if not match:
        return None
    words = match[1].strip()
    inside = start > 0 and lowered[start - 1] != "\n"
    named = None if _is_sentence(words, inside=inside) else _role_named(words, default)
    if named is not None:
        return Label(match.end(), named, named, open=False)
    if _is_sentence(words, inside=inside) or _SUBJECT.search(words):
        return None
    if kind == "interactions":
        is_theirs = _OF_OTHERS.search(lowered, match.end(), end)
        body = StatementRole.MENTIONS if is_theirs else StatementRole.CAUSES
        return Label(match.end(), StatementRole.MENTIONS, body, open=True)
    against = bool(_AGAINST.match(lowered, match.end(), end)) and not words.startswith("prevent")
    if kind == "precautions" and (words.endswith(" risk") or _STOP.match(lowered, match.end(), end)):
        return Label(
            match.end(), StatementRole.WORSENS, default, open=True
        )  # "Seizure risk: higher after a head injury"
    return Label(match.end(), *_unnamed(kind, words, default, against=against), open=True)


def _is_sentence(words: str, *, inside: bool) -> bool:
    """Whether what stands before a colon says something, or is too long for a label inside a line."""
    return bool(_SAYS.search(words)) or (inside and len(words) > LONGEST_INSIDE)


def _role_named(words: str, default: StatementRole) -> StatementRole | None:
    """The role of a label that says it: "Do not use", "Side effects"; and one for a country goes on as before."""
    if _COUNTRY.fullmatch(words):
        return default
    return next((role for pattern, role in _NAMED if pattern.fullmatch(words)), None)


def _unnamed(kind: str, words: str, default: StatementRole, *, against: bool) -> tuple[StatementRole, StatementRole]:
    """The roles of any other label, and of what follows it."""
    is_state = bool(_STATES.fullmatch(words))
    if kind == "precautions":  # "Pregnancy: malformations" is what happens; "Diabetes: …" only what to know
        return default, StatementRole.CAUSES if is_state else StatementRole.MENTIONS
    if default is StatementRole.TREATS and (is_state or _SETTING.match(words)):
        return StatementRole.MENTIONS, StatementRole.MENTIONS
    if default is StatementRole.TREATS and against:  # "Head injury: prevents seizures"
        return StatementRole.MENTIONS, default
    return default, default


def apart(lowered: str) -> list[tuple[int, int, Mapping[StatementRole, StatementRole]]]:
    """Where a text names what has a role of its own, and what that is for the role of the text around it.

    A state of a person is never a use: pregnancy, breastfeeding, being young or old. A pressure that falls is no fall.
    """
    states = [(*match.span(), _OF_STATE) for match in _POPULATION.finditer(lowered)]
    verbs = [(*match.span(), _OF_VERB) for match in _FALLS.finditer(lowered)]
    return sorted([*states, *verbs], key=lambda found: found[0])
