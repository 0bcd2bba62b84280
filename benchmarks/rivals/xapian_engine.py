"""Xapian: English stemmer, weighted fields, `set_collapse_key` for three sections of a monograph, match spies for the counts."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import xapian

from benchmarks.queries import BenchQuery
from benchmarks.rivals import GROUPS_SHOWN, SECTIONS_SHOWN, SNIPPET_CHARS, WEIGHTS, Document, Page, first_groups

_MONOGRAPH: Final = 0
_KIND: Final = 1
_ITEMS: Final = 20 * GROUPS_SHOWN
"""Sections requested, at most three of a monograph: the third of the first monograph may rank far below the first of the tenth."""


class Xapian:
    """One database in the format glass."""

    name = "Xapian"

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        database = xapian.WritableDatabase(str(folder / "x"), xapian.DB_CREATE_OR_OVERWRITE)
        generator = xapian.TermGenerator()
        generator.set_stemmer(xapian.Stem("english"))
        for document in documents:
            made = xapian.Document()
            generator.set_document(made)
            for field, weight in WEIGHTS.items():
                generator.index_text(getattr(document, field), int(weight))
                generator.increase_termpos()
            made.add_value(_MONOGRAPH, xapian.sortable_serialise(document.monograph))
            made.add_value(_KIND, xapian.sortable_serialise(document.kind))
            made.add_boolean_term(f"XK{document.kind}")
            made.set_data(document.text)
            database.add_document(made)
        database.commit()
        database.compact(str(folder / "c"))
        database.close()
        self.open(folder)

    def open(self, folder: Path) -> None:
        self.database = xapian.Database(str(folder / "c"))
        self.stemmer = xapian.Stem("english")
        self.parser = xapian.QueryParser()
        self.parser.set_database(self.database)
        self.parser.set_stemmer(self.stemmer)
        self.parser.set_stemming_strategy(xapian.QueryParser.STEM_SOME)

    def page(self, asked: BenchQuery) -> Page | None:
        enquire = xapian.Enquire(self.database)
        enquire.set_query(self._query(asked))
        enquire.set_collapse_key(_MONOGRAPH, SECTIONS_SHOWN)
        kinds, monographs = xapian.ValueCountMatchSpy(_KIND), xapian.ValueCountMatchSpy(_MONOGRAPH)
        enquire.add_matchspy(kinds)
        enquire.add_matchspy(monographs)
        found = enquire.get_mset(0, _ITEMS, self.database.get_doccount())
        items = list(found)
        groups = first_groups((item.collapse_key, place) for place, item in enumerate(items))
        snippets = [[self._snippet(found, items[place]) for place in group] for group in groups.values()]
        counts = Counter({round(xapian.sortable_unserialise(item.term)): item.termfreq for item in kinds.values()})
        return Page(counts.total(), sum(1 for _ in monographs.values()), counts, snippets)

    def plain(self, asked: BenchQuery) -> int | None:
        enquire = xapian.Enquire(self.database)
        enquire.set_query(self._query(asked))
        return int(enquire.get_mset(0, 10).size())

    def _snippet(self, found: Any, item: Any) -> str:
        text = item.document.get_data().decode()
        return str(found.snippet(text, SNIPPET_CHARS, self.stemmer))

    def _query(self, asked: BenchQuery) -> Any:
        flags = xapian.QueryParser.FLAG_PHRASE | xapian.QueryParser.FLAG_WILDCARD
        self.parser.set_default_op(xapian.Query.OP_OR if asked.any else xapian.Query.OP_AND)
        text = " ".join(asked.words)
        if asked.group == "phrase":
            text = f'"{text}"'
        elif asked.group == "prefix":
            text += "*"
        query = self.parser.parse_query(text, flags)
        if not asked.kinds:
            return query
        kinds = xapian.Query(xapian.Query.OP_OR, [xapian.Query(f"XK{number}") for number in asked.kind_numbers])
        return xapian.Query(xapian.Query.OP_FILTER, query, kinds)
