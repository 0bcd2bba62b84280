"""Reads the files of a judged test collection (documents, queries, judgments), and reads and writes runs.

A collection is a folder with `queries.jsonl` (a JSON object a line, with `id` and `text`), `qrels.tsv` (query, document and
grade, separated by tabs) and, unless it judges monographs, `corpus.jsonl` (`id`, `text` and perhaps `title`). A run is a file
in the form of TREC. Knows nothing of indexes or ranking.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from search.errors import CollectionError
from search.model import Monograph, Name, Section

Judgments = Mapping[str, Mapping[str, int]]
"""Id of a query → id of a document → grade; 0 means not relevant."""

Run = dict[str, list[str]]
"""Id of a query → ids of documents, best first."""


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query of a collection."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Collection:
    """A folder of judged queries. `documents` is the file of its own documents; None where it judges monographs."""

    folder: Path
    queries: tuple[JudgedQuery, ...]
    judgments: Judgments
    documents: Path | None

    @property
    def top_grade(self) -> int:
        """The highest grade of any document; 1 where nothing is judged."""
        return max((grade for graded in self.judgments.values() for grade in graded.values()), default=1)


def read_collection(folder: Path) -> Collection:
    """Read queries.jsonl and qrels.tsv; only judged queries are kept.

    Raises:
        CollectionError: a file is missing, or a line cannot be read; file and line are named.
    """
    judgments = _read_judgments(folder / "qrels.tsv")
    lines = _json_lines(folder / "queries.jsonl", ("id", "text"))
    queries = tuple(JudgedQuery(str(line["id"]), str(line["text"])) for line in lines if str(line["id"]) in judgments)
    documents = folder / "corpus.jsonl"
    return Collection(folder, queries, judgments, documents if documents.exists() else None)


def read_documents(path: Path) -> Iterator[Monograph]:
    """Read the documents of a collection, each as a monograph of one section.

    Raises:
        CollectionError: the file is missing, or a line cannot be read; file and line are named.
    """
    for line in _json_lines(path, ("id", "text")):
        title, text = str(line.get("title") or ""), str(line["text"])
        names = (Name(title, "title"),) if title else ()
        section = Section("about", "about", title, (title,), 2, text, escape(text), 0)
        yield Monograph(
            id=str(line["id"]),
            title=title,
            generic_name="",
            names=names,
            ingredients=(),
            sections=(section,),
            notices=(),
            problems=(),
            source=path.name,
            sha256="",
        )


def read_run(path: Path) -> Run:
    """Read a run in TREC form: query, Q0, document, rank, score, tag. Documents are ordered by score, then by id.

    Raises:
        CollectionError: the file is missing, or a line cannot be read; file and line are named.
    """
    run: dict[str, list[tuple[float, str]]] = {}
    for number, line in enumerate(_lines(path), start=1):
        cells = line.split()
        try:
            query, _, document, _, score, _ = cells
            run.setdefault(query, []).append((-float(score), document))
        except ValueError as error:
            raise CollectionError(
                "expected: query Q0 document rank score tag", source=str(path), line=number
            ) from error
    return {query: [document for _, document in sorted(scored)] for query, scored in run.items()}


def write_run(run: Run, path: Path) -> None:
    """Write a run in TREC form. The scores fall with the rank, so that reading the file gives the same order."""
    lines = [
        f"{query} Q0 {document} {rank} {len(documents) - rank + 1} monograph-search"
        for query, documents in run.items()
        for rank, document in enumerate(documents, start=1)
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _read_judgments(path: Path) -> dict[str, dict[str, int]]:
    judgments: dict[str, dict[str, int]] = {}
    for number, line in enumerate(_lines(path), start=1):
        cells = line.split("\t")
        if len(cells) != 3 or not cells[2].strip().lstrip("-").isdigit():
            raise CollectionError(
                "expected query, document and grade, separated by tabs", source=str(path), line=number
            )
        judgments.setdefault(cells[0], {})[cells[1]] = int(cells[2])
    return judgments


def _json_lines(path: Path, keys: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(_lines(path), start=1):
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            raise CollectionError(f"the line is not JSON: {error.msg}", source=str(path), line=number) from error
        if not isinstance(value, dict) or not all(key in value for key in keys):
            raise CollectionError(f"expected an object with {' and '.join(keys)}", source=str(path), line=number)
        yield value


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CollectionError(
            "the file cannot be read; a collection has queries.jsonl and qrels.tsv, and corpus.jsonl unless it judges monographs",
            source=str(path),
        ) from error
    return [line for line in text.splitlines() if line.strip()]
