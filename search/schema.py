"""The Whoosh schema, and how a monograph becomes Whoosh documents. Knows nothing of ranking or of files.

One document a section, and one a monograph for what its sections share. Three searched fields hold folded surfaces with their
positions: `names`, `heading`, `text`; a stem is a function of its surface (`folding.stem`), so it is not stored twice.
`written` holds the unfolded spellings that differ from their surface, for prefix search.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from whoosh import analysis, fields, formats

from search.analysis import Token, analyse
from search.model import Monograph, Section

SEARCHED: Final = ("names", "heading", "text")
"""The fields that words are looked up in, in the order their positions are numbered."""

_STORED = ("anchor", "kind", "heading", "heading_path", "level", "order", "text", "html")


_analysed = lru_cache(maxsize=64)(analyse)
"""A text is analysed once for the field it stands in and for its spellings, the names of a page once for all its sections."""


class SurfaceAnalyzer(analysis.Analyzer):  # type: ignore[misc] # Whoosh ships no types
    """Our analysis, as Whoosh wants it: one token object, filled anew for each word."""

    def __call__(self, value: str, *, positions: bool = False, chars: bool = False, **_: Any) -> Iterator[Any]:
        """Yield a Whoosh token for each of ours."""
        token = analysis.Token(positions, chars, removestops=False)
        token.boost = 1.0
        token.stopped = False
        for ours in self.tokens(value):
            token.text = token.original = ours.surface
            token.pos = ours.position
            token.startchar = ours.start
            token.endchar = ours.end
            yield token

    def tokens(self, value: str) -> list[Token]:
        """What is indexed of a text."""
        return _analysed(value)


class _Searched(fields.FieldType):  # type: ignore[misc] # Whoosh ships no types
    """A field of surfaces, in one of Whoosh's own posting formats."""

    def __init__(self, analyzer: SurfaceAnalyzer, posting_format: formats.Format) -> None:
        self.analyzer = analyzer
        self.format = posting_format
        self.scorable = True
        self.stored = False


def build_schema() -> fields.Schema:
    """The schema of every generation. Opening an index with it avoids the pickled one: see docs/architecture.md."""
    surfaces = SurfaceAnalyzer()
    return fields.Schema(
        id=fields.ID(stored=True),
        monograph=fields.STORED(),
        names=_Searched(surfaces, formats.Positions()),
        heading=_Searched(surfaces, formats.Positions()),
        text=_Searched(surfaces, formats.Characters()),
        written=_Searched(surfaces, formats.Existence()),
        **{f"section_{name}": fields.STORED() for name in _STORED},
    )


def monograph_document(monograph: Monograph, record: dict[str, Any]) -> dict[str, Any]:
    """The document that holds what the sections of a monograph share; `record` is plain data, stored as it is."""
    return {"id": monograph.id, "monograph": record}


def to_document(monograph: Monograph, section: Section) -> dict[str, Any]:
    """The document of one section. A monograph's names and its headings are searched in every section they stand over."""
    names = "\n".join(name.text for name in monograph.names)
    above = [heading for heading in section.heading_path if heading != monograph.title]
    heading = "\n".join([*above, section.heading] if section.heading != monograph.title else above)
    document = {f"section_{name}": getattr(section, name) for name in _STORED}
    return document | {
        "id": monograph.id,
        "names": names,
        "heading": heading,
        "text": section.text,
        "written": _spellings(names, heading, section.text),
    }


def _spellings(*texts: str) -> list[str]:
    """The unfolded spellings that folding changed; Whoosh takes a list as words that are analysed already."""
    tokens = (token for text in texts for token in _analysed(text))
    return sorted({token.written for token in tokens if token.written != token.surface})


def to_section(stored: dict[str, Any]) -> Section:
    """The section that `to_document` stored."""
    return Section(**{name: stored[f"section_{name}"] for name in _STORED})
