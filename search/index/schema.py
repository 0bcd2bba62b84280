"""The Whoosh schema, and how a monograph becomes Whoosh documents. Knows nothing of ranking or of files.

One document a section, and one a monograph for what its sections share. Three searched fields hold folded surfaces with their
positions: `names`, `heading`, `text`; a stem is a function of its surface (`folding.stem`), so it is not stored twice.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

from whoosh import fields, formats

from search.analysis import Occurrence
from search.index.words import Analysed
from search.model import Section

_STORED: Final = ("anchor", "kind", "heading", "heading_path", "level", "order", "text", "html")


class _Searched(fields.FieldType):  # type: ignore[misc] # Whoosh ships no types
    """A field of words that are analysed already, in one of Whoosh's own posting formats."""

    def __init__(self, posting_format: formats.Format) -> None:
        self.analyzer = None
        self.format = posting_format
        self.scorable = True
        self.stored = False

    def index(self, value: Sequence[Occurrence], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """For each surface its bytes, how often it occurs, that as weight, and where, as the format writes it."""
        by_surface: dict[str, list[Any]] = defaultdict(list)
        characters = self.format.supports("characters")
        for surface, *location in value:
            by_surface[surface].append(tuple(location) if characters else location[0])
        for surface, locations in by_surface.items():
            yield surface.encode(), len(locations), float(len(locations)), self.format.encode(locations)


def build_schema() -> fields.Schema:
    """The schema of every generation."""
    return fields.Schema(
        id=fields.ID(stored=True),
        monograph=fields.STORED(),
        names=_Searched(formats.Positions()),
        heading=_Searched(formats.Positions()),
        text=_Searched(formats.Characters()),
        **{f"section_{name}": fields.STORED() for name in _STORED},
    )


def documents(page: Analysed) -> Iterator[dict[str, Any]]:
    """The documents of a monograph: first what its sections share, as plain data, then each section."""
    monograph = page.monograph
    yield {"id": monograph.id, "monograph": page.record}
    for section, words in zip(monograph.sections, page.words.by_field(len(monograph.sections)), strict=True):
        yield {"id": monograph.id, **{f"section_{name}": getattr(section, name) for name in _STORED}, **words}


def to_section(stored: dict[str, Any]) -> Section:
    """The section that `documents` stored."""
    return Section(**{name: stored[f"section_{name}"] for name in _STORED})
