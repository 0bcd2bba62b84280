"""What the planner decided and a reader must be told: its kind, what was typed, and what it aims at. Values without words.

`engine.advice` words each of them once, as a note. The id of a decision is made of its kind and of what was typed, so it is
the same however many others there are: a request can switch it off by its id (`without=`). Knows nothing of arrays, scores
or English.
"""

from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from search.analysis import Key, term_key
from search.model import NoteKind
from search.query.named import KnownName, NamedDrug
from search.query.shorthand import Shorthand
from search.vocabulary import Ambiguous, Target

NameSays = Literal["shared", "brand", "abbreviation", "other name", "searched"]
"""What a drug's name is: the name of several products; a brand; an abbreviation; another name of the drug; or its preferred name,
whose other names were searched as well."""


def decision_id(kind: NoteKind, key: Key) -> str:
    """The id of a decision, and of the note that tells it.

    >>> decision_id("synonym", ("low", "calcium"))
    'synonym-low-calcium'
    """
    return "-".join((kind, *key))


OPPOSED: Final[Key] = ("opposite",)
"""The key of the note on pages that say the opposite of what is asked for: they are left out, until the note is switched off."""


@dataclass(frozen=True, slots=True)
class SynonymsSearched:
    """A term was looked for by other surfaces as well: those of `targets` that stand in the index, and the name of its concept."""

    kind: ClassVar[NoteKind] = "synonym"
    typed: str
    key: Key
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class DrugNamed:
    """A drug is named by a name that the vocabulary knows; `searched` are the other names of it that are looked for as well."""

    kind: ClassVar[NoteKind] = "name"
    drug: NamedDrug
    says: NameSays
    searched: tuple[str, ...]

    @property
    def key(self) -> Key:
        """The words of the name."""
        return self.drug.key


@dataclass(frozen=True, slots=True)
class PageNamed:
    """A brand or another name that only the pages with these titles know."""

    kind: ClassVar[NoteKind] = "name"
    drug: NamedDrug
    titles: tuple[str, ...]
    name: KnownName

    @property
    def key(self) -> Key:
        """The words of the name."""
        return self.drug.key


@dataclass(frozen=True, slots=True)
class PrefixCut:
    """A beginning stands for `total` words, of which only the most frequent `searched` were looked for.

    Told by a note of kind "ignored", as what is too long to be searched is.
    """

    kind: ClassVar[NoteKind] = "ignored"
    typed: str
    prefix: str
    total: int
    searched: int

    @property
    def key(self) -> Key:
        """The words typed."""
        return term_key(self.typed)


@dataclass(frozen=True, slots=True)
class MeaningAsked:
    """What was typed has several meanings: the reader is asked, and meanwhile it is searched as typed."""

    kind: ClassVar[NoteKind] = "ambiguous"
    typed: str
    row: Ambiguous

    @property
    def key(self) -> Key:
        """The words typed."""
        return term_key(self.typed)


@dataclass(frozen=True, slots=True)
class DrugAsked:
    """A clipped name may be several drugs: the reader is asked, and nothing is shown until then (docs/safety-rules.md#rule-21).

    `query` is the whole text, so that choosing a drug keeps the dose or the finding that was typed beside it.
    """

    kind: ClassVar[NoteKind] = "which-drug"
    typed: str
    candidates: tuple[str, ...]
    query: str

    @property
    def key(self) -> Key:
        """The words typed."""
        return term_key(self.typed)


@dataclass(frozen=True, slots=True)
class Confusable:
    """A name that is easily taken for others, which must be told apart."""

    kind: ClassVar[NoteKind] = "lookalike"
    typed: str
    partners: tuple[str, ...]

    @property
    def key(self) -> Key:
        """The words of all the names."""
        return term_key(" ".join((self.typed, *self.partners)))


@dataclass(frozen=True, slots=True)
class ClassAsked:
    """A class of drugs was typed: its members come first. `titles` are their pages; `absent` members have no page here."""

    kind: ClassVar[NoteKind] = "class"
    typed: str
    key: Key
    name: str
    titles: tuple[str, ...]
    absent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClassLeftOut:
    """Others than the drugs of a class are asked for: their pages (`titles`) are left out."""

    kind: ClassVar[NoteKind] = "left-out"
    typed: str
    key: Key
    name: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComparisonAsked:
    """Drugs are to be compared, which pages do not (docs/safety-rules.md#rule-20)."""

    kind: ClassVar[NoteKind] = "compare"
    typed: str

    @property
    def key(self) -> Key:
        """The words that ask for it."""
        return term_key(self.typed)


@dataclass(frozen=True, slots=True)
class ShorthandRead:
    """Notation was written out, or left out as nothing that is asked; `asides` were typed beside a drug, and are no needs."""

    kind: ClassVar[NoteKind] = "shorthand"
    read: tuple[Shorthand, ...]
    asides: tuple[str, ...] = ()

    @property
    def typed(self) -> str:
        """All that was read so."""
        return " ".join((*(one.typed for one in self.read), *self.asides))

    @property
    def key(self) -> Key:
        """Its words."""
        return term_key(self.typed)


@dataclass(frozen=True, slots=True)
class ClippedRead:
    """A clipped name was read as the one drug whose name begins so."""

    kind: ClassVar[NoteKind] = "shorthand"
    typed: str
    drug: str

    @property
    def key(self) -> Key:
        """The words typed."""
        return term_key(self.typed)


Decision = (
    ShorthandRead
    | ClippedRead
    | ClassAsked
    | ClassLeftOut
    | ComparisonAsked
    | SynonymsSearched
    | DrugNamed
    | PageNamed
    | PrefixCut
    | MeaningAsked
    | DrugAsked
    | Confusable
)


@dataclass(frozen=True, slots=True)
class Switches:
    """What a request switches off: everything that was not typed (`exact`), or single decisions by their id (`without`)."""

    exact: bool = False
    without: frozenset[str] = frozenset()

    def allow(self, kind: NoteKind, key: Key) -> bool:
        """Whether to do what a decision of this kind and key would tell: search synonyms, other names, a correction."""
        return not self.exact and decision_id(kind, key) not in self.without
