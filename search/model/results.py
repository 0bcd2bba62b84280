"""What the search answers: pages of hits, notes, counts, the table of a finding, lists. Frozen values: text and ranges, never HTML.

Knows no routes; how an answer becomes JSON is in `serialization`.
"""

from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from search.model.requests import SearchRequest
from search.model.serialization import UrlFor, monograph_url, note_object, page_object

Tier = Literal["typed", "synonym", "class", "scattered"]
TIERS: Final[tuple[Tier, ...]] = get_args(Tier)
"""How well a section meets what was asked, best first: as typed, by a synonym, by the class of a drug, by its words apart."""

Reason = Literal["name", "member", "exact", "form", "synonym", "spelling", "prefix", "class", "scattered"]
REASONS: Final[tuple[Reason, ...]] = get_args(Reason)
"""Why a section is a hit or a word is marked, in the order in which reasons are listed."""

NoteKind = Literal[
    "class", "compare", "shorthand", "synonym", "name", "spelling", "partial", "ignored", "hint", "lookalike", "ambiguous",
    "which-drug", "no-monograph", "not-mentioned", "excluded", "left-out", "filtered", "section-hint", "related",
]  # fmt: skip
NOTE_KINDS: Final[tuple[NoteKind, ...]] = get_args(NoteKind)

Role = Literal["causes", "treats", "do-not-use", "take-care", "denies", "mentions", "no-such-product"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
"""What a page may say of a finding: all of the first five that its statements say, else one of the others."""

ExcerptRole = Literal["causes", "treats", "warns", "denies"]
EXCERPT_ROLES: Final[tuple[ExcerptRole, ...]] = get_args(ExcerptRole)
"""What an excerpt may say of what was asked; it warns where it says not to use the drug, or to take care."""

SuggestionKind = Literal["drug", "brand", "class", "symptom"]

Match = tuple[int, int, str]
"""Half-open range in code points of the text beside it, and why it matched (a `Reason`)."""


@dataclass(frozen=True, slots=True)
class NoteOption:
    """A choice offered by a note: what to show, and the query that takes it."""

    label: str
    query: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something the search says aloud about what it did. `kind` is one of the note kinds of docs/query-language.md."""

    id: str
    kind: NoteKind
    typed: str
    message: str
    searched: tuple[str, ...] | None = None
    options: tuple[NoteOption, ...] | None = None

    def to_dict(self) -> dict[str, Any]:
        """The note as JSON; `searched` and `options` only where they apply."""
        return note_object(self)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a section's text, the ranges in it that matched, and what it says of them. Never HTML.

    `role`: causes, treats, warns or denies; None where it only mentions what was asked, or a drug alone was asked for.
    """

    text: str
    matches: tuple[Match, ...]
    role: ExcerptRole | None = None


@dataclass(frozen=True, slots=True)
class SectionHit:
    """One section that matched."""

    anchor: str
    kind: str
    heading: str
    heading_path: tuple[str, ...]
    heading_matches: tuple[Match, ...]
    score: float
    tier: Tier
    why: tuple[Reason, ...]
    excerpts: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class MonographHit:
    """One monograph and its best sections. `more_sections` counts the matching ones that are not listed.

    `member_of` are the classes that were asked for and that its drug belongs to.

    `status_line` says more of `status` than its label does, where that is known; it is for reading, not part of the JSON.
    """

    id: str
    title: str
    title_matches: tuple[Match, ...]
    names: tuple[str, ...]
    drug_class: str | None
    ingredients: tuple[str, ...]
    matched_name: str | None
    status: str | None
    reviewed: bool
    notice: str | None
    more_sections: int
    sections: tuple[SectionHit, ...]
    member_of: tuple[str, ...] = ()
    status_line: str | None = None


@dataclass(frozen=True, slots=True)
class SectionCount:
    """How many sections of a kind match, and in how many monographs, before the section filter."""

    kind: str
    sections: int
    monographs: int


@dataclass(frozen=True, slots=True)
class ClassCount:
    """How many monographs of a drug class match, before the filter by class."""

    name: str
    monographs: int


@dataclass(frozen=True, slots=True)
class Finding:
    """How many pages list a finding as what; combinations of the same ingredients count once. It says not how likely it is.

    What its statements say counts, and a page may say several things: that the drug can cause it, that it treats or prevents it,
    that it is not to be used in it, that care is needed in it, that it does not happen or that the drug does not help in it.
    `mentions` are pages that name it and say none of these, `no_such_product` those whose product does not exist.
    """

    causes: int
    treats: int
    do_not_use: int
    take_care: int
    denies: int
    mentions: int
    no_such_product: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A section that mentions a finding, what its statements say of it (nothing: it only mentions it), and passages that do."""

    anchor: str
    kind: str
    heading: str
    roles: tuple[Role, ...]
    excerpts: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A monograph in the overview of a finding. Pages with equal `same_drug` have the same ingredients, and count once."""

    id: str
    title: str
    drug_class: str | None
    roles: tuple[Role, ...]
    mentions: tuple[Mention, ...]
    same_drug: int
    reviewed: bool
    notice: str | None


@dataclass(frozen=True, slots=True)
class BrowseItem:
    """A monograph in a list."""

    id: str
    title: str
    drug_class: str | None
    status: str | None


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A name that another is easily taken for, as it is told apart, and the id of its page if there is one."""

    name: str
    id: str | None


@dataclass(frozen=True, slots=True)
class Near:
    """What stands near a monograph: its class, some other pages of it and how many there are, and names that look like its own."""

    drug_class: str | None
    same_class: tuple[BrowseItem, ...]
    class_total: int
    look_alikes: tuple[LookAlike, ...]


@dataclass(frozen=True, slots=True)
class BuildFailure:
    """Builds fail since (ISO 8601, UTC), the last one for this reason, without the folders of files it names."""

    since: str
    reason: str


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """What is being served: the generation, when it was built (ISO 8601, UTC) and what it holds.

    `refused` says why the live generation is not the one that is served; `failing` that it could not be renewed.
    """

    generation: str
    built_at: str
    monographs: int
    sections: int
    refused: str | None = None
    failing: BuildFailure | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to search for, while it is being typed. `detail` is a class, or what a brand is a brand of; empty when unknown."""

    text: str
    kind: SuggestionKind
    detail: str


@dataclass(frozen=True, slots=True)
class ResultPage:
    """The answer to a `SearchRequest`: one page of groups, with notes and counts over all of them."""

    request: SearchRequest
    notes: tuple[Note, ...]
    total_monographs: int
    total_sections: int
    pages: int
    section_counts: tuple[SectionCount, ...]
    items: tuple[MonographHit, ...]
    related: tuple[MonographHit, ...]
    generation: str
    finding: Finding | None = None
    class_counts: tuple[ClassCount, ...] = ()

    def to_dict(self, url_for: UrlFor = monograph_url) -> dict[str, Any]:
        """The answer as the JSON object of docs/query-language.md, key for key.

        Args:
            url_for: makes the address of (monograph id, anchor or None); this package knows no routes.
        """
        return page_object(self, url_for)
