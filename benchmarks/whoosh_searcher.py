"""The same work by Whoosh 2.7.4's own searcher: grouped by monograph, counted by section, 30 sections highlighted.

Each part by the fastest way its documentation gives: one segment, stems indexed (so that forms match without a wide query),
character positions stored and `PinpointFragmenter` (no re-analysis), facets on sortable columns, `groupedby` for counts and groups.
"""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh import fields, formats, highlight, index, query
from whoosh.columns import RefBytesColumn

from benchmarks.queries import BenchQuery
from search.analysis import Token, analyse
from search.folding import stem
from search.model import Monograph
from search.schema import SEARCHED, SurfaceAnalyzer, to_document


class StemAnalyzer(SurfaceAnalyzer):
    """Our analysis with stems as terms."""

    def tokens(self, value: str) -> list[Token]:
        """Each token under its stem."""
        return [token._replace(surface=stem(token.surface)) for token in analyse(value)]


class _Field(fields.FieldType):  # type: ignore[misc] # Whoosh ships no types
    def __init__(self, *, stored: bool = False) -> None:
        self.analyzer = StemAnalyzer()
        self.format = formats.Characters()
        self.scorable = True
        self.stored = stored


class WhooshSearcher:
    """An index of the same sections and a searcher over it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        sortable = {"stored": True, "sortable": RefBytesColumn()}
        self.schema = fields.Schema(
            id=fields.ID(**sortable),
            kind=fields.ID(**sortable),
            anchor=fields.STORED(),
            names=_Field(),
            heading=_Field(),
            text=_Field(stored=True),
        )
        self.index = index.create_in(str(folder), self.schema)

    def build(self, monographs: Iterable[Monograph]) -> None:
        """Index all sections in one segment."""
        with self.index.writer(limitmb=512) as writer:
            for monograph in monographs:
                for section in monograph.sections:
                    document = to_document(monograph, section)
                    writer.add_document(
                        id=monograph.id, kind=section.kind, anchor=section.anchor,
                        names=document["names"], heading=document["heading"], text=section.text,
                    )  # fmt: skip
        self.searcher = self.index.searcher()

    def search(self, asked: BenchQuery) -> dict[str, Any]:
        """The first page: ten monographs of up to three sections, highlighted, with total and counts."""
        parsed = self._query(asked)
        wanted = query.Or([query.Term("kind", kind) for kind in asked.kinds]) if asked.kinds else None
        results = self.searcher.search(parsed, limit=None, groupedby=["kind", "id"], filter=wanted)
        results.fragmenter = highlight.PinpointFragmenter(maxchars=240, surround=60)
        groups: dict[str, list[Any]] = {}
        extra: Counter[str] = Counter()
        for hit in results:
            shown = groups.setdefault(hit["id"], []) if len(groups) < 10 or hit["id"] in groups else None
            if shown is not None and len(shown) < 3:
                shown.append((hit["anchor"], hit.highlights("text")))
            else:
                extra[hit["id"]] += 1
        counts = {kind: len(hits) for kind, hits in results.groups("kind").items()}
        return {"total": len(results), "monographs": len(results.groups("id")), "counts": counts, "groups": groups}

    def _query(self, asked: BenchQuery) -> query.Query:
        if asked.group == "prefix":
            return query.Or([query.Prefix(field, asked.words[0]) for field in SEARCHED])
        stems = [stem(word) for word in asked.words]
        if asked.group == "phrase":
            return query.Or([query.Phrase(field, stems) for field in SEARCHED])
        return query.And([query.Or([query.Term(field, word) for field in SEARCHED]) for word in stems])
