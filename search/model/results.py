"""What flows through the program: frozen, slotted values, and nothing else.

No I/O, no Whoosh, no NumPy, no HTML. Pages become `Monograph`s and `Section`s; a `SearchRequest` becomes a
`ResultPage`.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal
from urllib.parse import quote

from search.errors import QueryError

KIND_LABELS: Final = MappingProxyType(
    {
        "uses": "Uses",
        "dosage": "Dosage",
        "side-effects": "Side effects",
        "serious-side-effects": "Serious side effects",
        "contraindications": "Contraindications",
        "precautions": "Precautions",
        "pregnancy": "Pregnancy and breastfeeding",
        "interactions": "Interactions",
        "how-it-works": "How it works",
        "faqs": "FAQs",
        "about": "About",
    }
)
"""Section kind → the words staff read for it, in the order filters are listed."""

KINDS: Final = tuple(KIND_LABELS)

STATUS_LABELS: Final = MappingProxyType(
    {
        "no-such-product": "The page itself says that this product does not exist or is hypothetical",
        "withdrawn": "Withdrawn",
        "restricted": "Restricted",
        "veterinary": "Veterinary use only",
    }
)
"""Status of a monograph → the line shown on its hits."""

MAX_CLASSES: Final = 32
"""Drug classes that one search may be limited to; the page offers fewer."""

MAX_QUERY_CHARS: Final = 200
"""Longest text of a query, in Unicode code points: it bounds the work of a request."""

NameKind = Literal["title", "generic", "brand", "alias"]
Tier = Literal["typed", "synonym", "class", "scattered", "related"]
Match = tuple[int, int, str]
"""Half-open range in code points of the text beside it, and why it matched."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a monograph, as written. `region` is free text such as "UK, US"; empty when unknown."""

    text: str
    kind: NameKind
    region: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a reader of the corpus should look at. `kind` is a slug, `line` counts from 1 in the file."""

    kind: str
    message: str
    source: str
    line: int | None = None
    fatal: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One labelled passage. `text` is `html` without its tags, one newline between blocks."""

    anchor: str
    kind: str
    heading: str
    heading_path: tuple[str, ...]
    level: int
    text: str
    html: str
    order: int


@dataclass(frozen=True, slots=True)
class Notice:
    """A disclaimer or a note on where the page comes from: shown with the page, never indexed."""

    kind: Literal["disclaimer", "note"]
    heading: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Monograph:
    """One page: what it is called, what it says, and what is odd about it.

    `id` is the path under the corpus root without `.md`, in NFC, case-sensitive. `names` begins with the title.
    `ingredients` are lower-case, in the order of the title. `source` is the path under the corpus root.
    """

    id: str
    title: str
    generic_name: str
    names: tuple[Name, ...]
    ingredients: tuple[str, ...]
    sections: tuple[Section, ...]
    notices: tuple[Notice, ...]
    problems: tuple[Problem, ...]
    source: str
    sha256: str
    drug_class: str | None = None
    status: str | None = None
    reviewed: bool = False
    updated: str | None = None

    @property
    def other_names(self) -> tuple[str, ...]:
        """Brands and aliases, as written."""
        return tuple(name.text for name in self.names if name.kind in ("brand", "alias"))


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What is asked; the one place where its rules live, for command line, JSON and HTML alike.

    Raises:
        QueryError: text over `max_chars` code points, an unknown section kind, too many classes, or a page below 1.
    """

    text: str
    sections: tuple[str, ...] = ()
    exact: bool = False
    without: tuple[str, ...] = ()
    page: int = 1
    classes: tuple[str, ...] = ()
    max_chars: int = field(default=MAX_QUERY_CHARS, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.text) > self.max_chars:
            raise QueryError(
                f"The search text has {len(self.text)} characters; at most {self.max_chars} are allowed. Shorten it."
            )
        for kind in self.sections:
            if kind not in KIND_LABELS:
                raise QueryError(f"Unknown section {kind!r}. Known sections: {', '.join(KINDS)}.")
        if len(self.classes) > MAX_CLASSES:
            raise QueryError(f"At most {MAX_CLASSES} drug classes can be chosen at once.")
        if self.page < 1:
            raise QueryError(f"There is no page {self.page}; pages count from 1.")
        object.__setattr__(self, "sections", tuple(k for k in KINDS if k in self.sections))


@dataclass(frozen=True, slots=True)
class NoteOption:
    """A choice offered by a note: what to show, and the query that takes it."""

    label: str
    query: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something the search says aloud about what it did. `kind` is one of the note kinds of docs/query-language.md."""

    id: str
    kind: str
    typed: str
    message: str
    searched: tuple[str, ...] | None = None
    options: tuple[NoteOption, ...] | None = None

    def to_dict(self) -> dict[str, Any]:
        """The note as JSON; `searched` and `options` only where they apply."""
        return {key: _plain(value) for key, value in asdict(self).items() if value is not None}


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a section's text, and the ranges in it that matched. Never HTML."""

    text: str
    matches: tuple[Match, ...]
    negated: bool = False


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
    why: tuple[str, ...]
    excerpts: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class MonographHit:
    """One monograph and its best sections. `more_sections` counts the matching ones that are not listed.

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


Role = Literal["side-effect", "use", "otherwise", "negated", "no-such-product"]


@dataclass(frozen=True, slots=True)
class Finding:
    """How many pages list a finding as what; combinations of the same ingredients count once. It says not how likely it is.

    A page may count both as side effect and as use; `otherwise` are pages that mention it in other sections only, `negated` those
    that only deny it, `no_such_product` those whose product does not exist.
    """

    side_effect: int
    use: int
    otherwise: int
    negated: int
    no_such_product: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A section that mentions a finding; `negated`: it only denies it."""

    anchor: str
    kind: str
    heading: str
    negated: bool


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


def monograph_url(identifier: str, anchor: str | None = None) -> str:
    """The default address of a monograph, or of a section on it: `/m/{quoted id}#anchor`."""
    return f"/m/{quote(identifier)}" + (f"#{anchor}" if anchor else "")


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


UrlFor = Callable[[str, str | None], str]


SuggestionKind = Literal["drug", "brand", "class", "symptom"]


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
        request = self.request
        return {
            "query": {
                "text": request.text,
                "sections": list(request.sections),
                "exact": request.exact,
                "without": list(request.without),
                "page": request.page,
                **({"classes": list(request.classes)} if request.classes else {}),
            },
            "notes": [note.to_dict() for note in self.notes],
            "total": {"monographs": self.total_monographs, "sections": self.total_sections},
            "pages": self.pages,
            "section_counts": [
                {
                    "kind": c.kind,
                    "label": KIND_LABELS[c.kind],
                    "sections": c.sections,
                    "monographs": c.monographs,
                }
                for c in self.section_counts
            ],
            "items": [_item(hit, url_for) for hit in self.items],
            "related": [_item(hit, url_for) for hit in self.related],
            "generation": self.generation,
        }


def _item(hit: MonographHit, url_for: UrlFor) -> dict[str, Any]:
    item: dict[str, Any] = _plain(asdict(hit))
    del item["status_line"]
    item["sections"] = [_after("heading_matches", s, url_for(hit.id, s["anchor"])) for s in item["sections"]]
    return _after("ingredients", item, url_for(hit.id, None))


def _after(key: str, values: dict[str, Any], url: str) -> dict[str, Any]:
    """The values with `url` behind a key: the order of docs/query-language.md."""
    ordered: dict[str, Any] = {}
    for name, value in values.items():
        ordered[name] = value
        if name == key:
            ordered["url"] = url
    return ordered


def _plain(value: Any) -> Any:
    """Tuples as lists, so that the object equals what a JSON reader gets back."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value
