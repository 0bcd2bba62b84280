"""A monograph as it was read from a page: its names, sections, notices, and what is odd about it. Values only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, Self

NameKind = Literal["title", "generic", "brand", "alias"]


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
class StoredMonograph:
    """What an index holds of a monograph beside its sections: the fields of `Monograph`, all but `sections`."""

    id: str
    title: str
    generic_name: str
    names: tuple[Name, ...]
    ingredients: tuple[str, ...]
    notices: tuple[Notice, ...]
    problems: tuple[Problem, ...]
    source: str
    sha256: str
    drug_class: str | None
    status: str | None
    reviewed: bool
    updated: str | None

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """The monograph of a stored record: `dataclasses.asdict` of a `Monograph` without its sections."""
        values = {
            **record,
            "names": tuple(Name(**name) for name in record["names"]),
            "ingredients": tuple(record["ingredients"]),
            "notices": tuple(Notice(**notice) for notice in record["notices"]),
            "problems": tuple(Problem(**problem) for problem in record["problems"]),
        }
        return cls(**values)

    @property
    def other_names(self) -> tuple[str, ...]:
        """Brands and aliases, as written."""
        return tuple(name.text for name in self.names if name.kind in ("brand", "alias"))

    @property
    def no_such_product(self) -> bool:
        """Whether the page itself says that its product does not exist."""
        return self.status == "no-such-product"

    def with_sections(self, sections: Iterable[Section]) -> Monograph:
        """The whole monograph."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return Monograph(**values, sections=tuple(sections))
