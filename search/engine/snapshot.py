"""A generation, opened: the Whoosh reader, the arrays, the records and names, all that is read once and then shared by threads.

Knows nothing of requests.
"""

import threading
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt
from whoosh import index as whoosh_index

from search.index import (
    ARRAYS_FOLDER,
    WHOOSH_FOLDER,
    Postings,
    build_schema,
    fingerprint,
    open_postings,
    to_monograph,
    to_section,
)
from search.model import Monograph, Section
from search.query import LookAlikes, NameTable, notice_line
from search.ranking import DrugClasses, IndexLexicon, drug_classes
from search.storage import Generation, open_generation
from search.suggest import Speller, Suggester, speller, suggester
from search.vocabulary import Thesaurus

SECTIONS_HELD: Final = 2048
"""Sections kept after reading: about 4 MB of the real pages."""

T = TypeVar("T")

_TRIES: Final = 5
"""How often a generation that vanished while it was being opened is looked for anew."""


@dataclass(frozen=True, slots=True)
class MonographSummary:
    """What a hit says of its monograph, whatever was asked: names beside the title, class, status and its line, notice."""

    names: tuple[str, ...]
    drug_class: str | None
    status: str | None
    status_line: str | None
    notice: str | None


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Snapshot:
    """What is read from a generation once. `live_name` is what CURRENT said; a damaged generation is stood in for by another.

    `section` reads a section by its number in the arrays, and holds those read lately; `speller`, `suggester` and `classes` are
    made when first asked for; `same_drug` (monographs,) is equal for pages of the same ingredients.
    """

    live_name: str
    generation: Generation
    reader: Any
    section: Callable[[int], Section]
    postings: Postings
    records: tuple[dict[str, Any], ...]
    numbers: dict[str, int]
    thesaurus: Thesaurus
    names: NameTable
    lexicon: IndexLexicon
    lookalikes: LookAlikes
    speller: Callable[[], Speller]
    suggester: Callable[[], Suggester]
    no_such: npt.NDArray[np.bool_]
    same_drug: npt.NDArray[np.int32]
    about: Callable[[int], MonographSummary]
    classes: Callable[[], DrugClasses]

    def sections_of(self, monograph: int) -> list[int]:
        """Numbers of the sections of a monograph, in the order of the page."""
        found: list[int] = self.postings.sections_of((monograph,)).tolist()
        return found

    def monograph(self, number: int) -> Monograph:
        """A whole monograph by its number."""
        return to_monograph(self.records[number], map(self.section, self.sections_of(number)))


def open_live(index_root: Path, live_name: str, thesaurus: Thesaurus) -> Snapshot:
    """Open what `live_name` names in an index folder, or the newest generation that is intact.

    Raises:
        IndexDamagedError: no generation is intact.
    """
    for _ in range(_TRIES - 1):
        try:
            return _open(open_generation(index_root, fingerprint()), live_name, thesaurus)
        except FileNotFoundError:
            continue  # two publications came between the check and the opening: what is live now is newer
    return _open(open_generation(index_root, fingerprint()), live_name, thesaurus)


def _open(generation: Generation, live_name: str, thesaurus: Thesaurus) -> Snapshot:
    reader = whoosh_index.open_dir(str(generation.path / WHOOSH_FOLDER), schema=build_schema()).reader()
    postings = open_postings(generation.path / ARRAYS_FOLDER)
    records = tuple(reader.stored_fields(int(d))["monograph"] for d in postings.monograph_document)
    names = NameTable(records, thesaurus)

    @cache
    def about(number: int) -> MonographSummary:
        return _about(records[number], sorted(names.ingredients(number)), thesaurus)

    opened = Snapshot(
        live_name=live_name,
        generation=generation,
        reader=reader,
        section=_section_reader(reader, postings),
        postings=postings,
        records=records,
        numbers={record["id"]: number for number, record in enumerate(records)},
        thesaurus=thesaurus,
        names=names,
        lexicon=IndexLexicon(postings),
        lookalikes=LookAlikes(thesaurus),
        speller=_once(lambda: speller(records, postings, thesaurus)),
        suggester=_once(lambda: suggester(records, thesaurus)),
        about=about,
        classes=_once(lambda: drug_classes(about(number).drug_class for number in range(len(records)))),
        same_drug=_same_drug([names.ingredients(number) for number in range(len(records))]),
        no_such=np.array([record["status"] == "no-such-product" for record in records], bool),
    )
    weakref.finalize(opened, reader.close)  # once the last request on it has ended
    return opened


def _same_drug(ingredients: Sequence[frozenset[str]]) -> npt.NDArray[np.int32]:
    """(monographs,) the number of the first monograph with the same ingredients; of one without any, its own."""
    first: dict[frozenset[str], int] = {}
    return np.array([first.setdefault(held, n) if held else n for n, held in enumerate(ingredients)], np.int32)


def _about(record: dict[str, Any], held: Sequence[str], thesaurus: Thesaurus) -> MonographSummary:
    """What is known of a monograph by its record and its ingredients' preferred names."""
    status = None if record["status"] else thesaurus.status(held)
    return MonographSummary(
        names=tuple(name["text"] for name in record["names"] if name["kind"] in ("brand", "alias")),
        drug_class=record["drug_class"] or thesaurus.class_of(held),
        status=status.status if status else record["status"],
        status_line=status.line if status else None,
        notice=notice_line(record["notices"]),
    )


def _once(make: Callable[[], T]) -> Callable[[], T]:
    """Make something when it is first asked for, once, whatever thread asks."""
    lock = threading.Lock()
    made: list[T] = []

    def get() -> T:
        with lock:
            if not made:
                made.append(make())
            return made[0]

    return get


def _section_reader(reader: Any, postings: Postings) -> Callable[[int], Section]:
    """Reads stored sections; the lock is for Whoosh's stored fields, whose readers share one place in a file."""
    lock = threading.Lock()

    @lru_cache(maxsize=SECTIONS_HELD)
    def section(number: int) -> Section:
        with lock:
            stored = reader.stored_fields(int(postings.section_document[number]))
        return to_section(stored)

    return section
