"""What a search looks up, as plain values: matchers, the needs they meet, and the plan of a whole query.

`planner` makes plans, `search.ranking` looks them up in the arrays, `search.highlight` marks what they matched. Knows
nothing of how.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from search.model import ExcerptRole, Reason, Tier
from search.query.classes import AskedClass
from search.query.decisions import Decision
from search.query.named import Resolution
from search.query.parser import Term

UNIT_SLOP: Final = 1
"""Words that may stand between two words of a known surface: low *blood* calcium (docs/query-language.md)."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Stems that stand at these positions, with at most `slop` other words between neighbours; one word, if there is one.

    `guard`: not where one of these stands just before the first.
    """

    surfaces: tuple[str, ...]
    positions: tuple[int, ...] = (0,)
    slop: int = 0
    guard: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyForm:
    """Any of these surfaces, exactly: what a prefix stands for."""

    surfaces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllWords:
    """All of these stems, anywhere in the section."""

    surfaces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllParts:
    """One of each of these sets of words, anywhere in the section: the ingredients of a combination, by any of their names."""

    parts: tuple[tuple[Phrase, ...], ...]


@dataclass(frozen=True, slots=True)
class SectionsOfKind:
    """Every section of these kinds (numbers in `model.KINDS`): what "mechanism" asks for, whatever words the section uses."""

    kinds: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SectionsOfPages:
    """Every section of these monographs: the members of a class that is asked for, whatever words they use."""

    monographs: frozenset[int]


@dataclass(frozen=True, slots=True)
class OnPages:
    """Words, on the pages of these monographs only."""

    words: Phrase
    monographs: frozenset[int]


Matcher = Phrase | AnyForm | AllWords | AllParts | SectionsOfKind | SectionsOfPages | OnPages


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to satisfy a need, the tier of a section that does, and why its words are marked (None: by their form)."""

    tier: Tier
    matcher: Matcher
    why: Reason | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """One thing typed; its alternatives, best tier first.

    `about`: a finding (or any other words) asked of drugs; the name of a drug, or of a class of drugs; a topic ("missed dose"), of
    which no statement says that a drug causes or treats it; or an aside: route, frequency, strength or release beside a drug, of
    which its page need not speak (docs/safety-rules.md#rule-22). `is_plain`: nothing is known of its words.
    """

    typed: str
    alternatives: tuple[Alternative, ...]
    about: Literal["finding", "drug", "class", "topic", "aside"] = "finding"
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class Hint:
    """Words of a question that mean sections of these kinds (numbers in `model.KINDS`), the likeliest first.

    `is_verb`: they are what is asked of a drug ("cause", "used for"), not what it is asked about.
    """

    typed: str
    key: tuple[str, ...]
    kinds: tuple[int, ...]
    is_verb: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What to look up.

    `monographs` limits to these (None: all); `names` orders first; `hints` raise sections; `decisions` are what a reader must be
    told; `plain` are the required words that nothing is known of, so that they may be misspelt; `classes` are those typed.
    `asked`: the role of the statements that are asked for ("drugs that cause": causes). `compares`: drugs are to be compared,
    which pages do not (docs/safety-rules.md#rule-20). `of_page`: needs that the page of a section must meet, not the section.
    `left_out`: pages of drugs that are not wanted ("painkiller, no NSAID"). `with_opposed`: pages that say the opposite of what is
    asked for are wanted too. `loose`: needs that say of whom something is asked ("in children"). `exact`: only what was typed.
    """

    required: tuple[Need, ...]
    optional: tuple[Need, ...]
    excluded: tuple[Matcher, ...]
    monographs: frozenset[int] | None
    names: Resolution
    sections: tuple[str, ...]
    decisions: tuple[Decision, ...]
    hints: tuple[Hint, ...] = ()
    plain: tuple[Term, ...] = ()
    classes: tuple[AskedClass, ...] = ()
    asked: ExcerptRole | None = None
    compares: bool = False
    of_page: tuple[Need, ...] = ()
    left_out: frozenset[int] = frozenset()
    with_opposed: bool = False
    loose: tuple[Need, ...] = ()
    exact: bool = False

    @property
    def findings(self) -> tuple[Need, ...]:
        """What is asked about drugs, and what statements may say of it; nothing beside a topic ("how often is it given")."""
        if any(need.about == "topic" for need in self.required):
            return ()
        return tuple(need for need in self.required if need.about == "finding")

    @property
    def told(self) -> tuple[Need, ...]:
        """The findings whose roles order sections: of a drug that is named only those that the vocabulary knows.

        Where no role is asked for, a plain word ("glipizide beta cell") is looked for, and not what is said of it.
        """
        if self.asked is not None or not self.names.drugs:
            return self.findings
        plain = {term.typed for term in self.plain}
        return tuple(need for need in self.findings if need.typed not in plain)

    @property
    def in_alphabet(self) -> bool:
        """Whether the drugs that are meant come in the alphabet: to be compared, or as the members of a class alone."""
        return self.compares or (bool(self.classes) and len(self.required) == len(self.classes))

    @property
    def asks_which(self) -> bool:
        """Whether it asks which drugs do something, naming none."""
        return not self.names.drugs and any(hint.is_verb for hint in self.hints)

    @property
    def raised(self) -> tuple[int, ...]:
        """All kinds that the hints raise."""
        return tuple(dict.fromkeys(kind for hint in self.hints for kind in hint.kinds))


def unit_phrase(key: tuple[str, ...], guard: tuple[str, ...] = ()) -> Phrase:
    """A known surface as a matcher: its words in order, with at most one other between two neighbours.

    None beside a single letter or digit: "vitamin C + D" is not vitamin D.
    """
    loose = len(key) > 1 and all(len(surface) > 1 for surface in key)
    return Phrase(key, tuple(range(len(key))), UNIT_SLOP if loose else 0, guard)


class Lexicon(Protocol):
    """What making a plan asks of the words of an index; `search.ranking` has the one over the arrays."""

    def has_surface(self, surface: str) -> bool:
        """Whether any page holds it."""

    def has_word(self, surface: str) -> bool:
        """Whether any page holds a form of it."""

    def has_words(self, surfaces: Iterable[str]) -> bool:
        """Whether of each of these some page holds a form."""

    def side_by_side(self, surfaces: tuple[str, ...]) -> bool:
        """Whether any page holds these words, in their forms, next to each other in this order."""

    def prefixed(self, prefix: str, limit: int) -> tuple[tuple[str, ...], int]:
        """The most frequent surfaces that are written so or fold to what is written so, and how many there are in all."""
