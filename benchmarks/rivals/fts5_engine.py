"""SQLite FTS5: one table with three text columns, Porter stemmer, `bm25()` with weights of columns, `snippet()`.

Monographs are grouped and counted in one pass over all ranked rows.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from benchmarks.queries import BenchQuery
from benchmarks.rivals import WEIGHTS, Document, Page, first_groups

_RANK: Final = f"bm25(sections, {', '.join(str(weight) for weight in WEIGHTS.values())})"
_SNIPPET_TOKENS: Final = 40
"""About 240 characters."""


class Fts5:
    """FTS5 of the SQLite that Python is linked with."""

    name = "SQLite FTS5"

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        with sqlite3.connect(folder / "fts.db") as database:
            database.execute(
                "CREATE VIRTUAL TABLE sections USING fts5(names, heading, text, tokenize='porter unicode61', prefix='4')"
            )
            database.execute("CREATE TABLE owners (number INTEGER PRIMARY KEY, monograph INTEGER, kind INTEGER)")
            for d in documents:
                database.execute(
                    "INSERT INTO sections(rowid, names, heading, text) VALUES (?, ?, ?, ?)", (d.number, *d[3:])
                )
                database.execute("INSERT INTO owners VALUES (?, ?, ?)", d[:3])
            database.execute("INSERT INTO sections(sections) VALUES ('optimize')")
        database.close()
        self.open(folder)

    def open(self, folder: Path) -> None:
        self.database = sqlite3.connect(folder / "fts.db")
        self.database.execute("PRAGMA mmap_size = 4000000000")
        self.database.execute("PRAGMA cache_size = -200000")

    def page(self, asked: BenchQuery) -> Page | None:
        match, limit = _match(asked), _kind_limit(asked)
        ranked = self.database.execute(
            f"SELECT monograph, sections.rowid, kind FROM sections JOIN owners ON number = sections.rowid "
            f"WHERE sections MATCH ? {limit} ORDER BY {_RANK}",
            (match,),
        ).fetchall()
        groups = first_groups((monograph, number) for monograph, number, _ in ranked)
        shown = [number for group in groups.values() for number in group]
        marks = ", ".join("?" * len(shown))
        snippets = dict(
            self.database.execute(
                f"SELECT rowid, snippet(sections, 2, '[', ']', '…', {_SNIPPET_TOKENS}) FROM sections "
                f"WHERE sections MATCH ? AND rowid IN ({marks})",
                (match, *shown),
            ).fetchall()
        )
        counts = Counter(kind for _, _, kind in ranked)
        monographs = len({monograph for monograph, _, _ in ranked})
        return Page(len(ranked), monographs, counts, [[snippets[n] for n in group] for group in groups.values()])

    def plain(self, asked: BenchQuery) -> int | None:
        limit = _kind_limit(asked)
        join = "JOIN owners ON number = sections.rowid" if limit else ""
        found = self.database.execute(
            f"SELECT sections.rowid FROM sections {join} WHERE sections MATCH ? {limit} ORDER BY {_RANK} LIMIT 10",
            (_match(asked),),
        )
        return len(found.fetchall())


def _match(asked: BenchQuery) -> str:
    quoted = [f'"{word}"' for word in asked.words]
    if asked.group == "phrase":
        return f'"{" ".join(asked.words)}"'
    if asked.group == "prefix":
        return f"{quoted[0]} *"
    return (" OR " if asked.any else " AND ").join(quoted)


def _kind_limit(asked: BenchQuery) -> str:
    return f"AND kind IN ({', '.join(str(number) for number in asked.kind_numbers)})" if asked.kinds else ""
