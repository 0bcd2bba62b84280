"""A generation, opened: all that is read from it once and then shared by threads. Never changed; knows nothing of requests."""

import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from search.cache import Once
from search.index import ARRAYS_FOLDER, StoredTexts, fingerprint, open_postings
from search.model import Monograph, Notice, Section, StoredMonograph
from search.query import LookAlikes, NameTable
from search.ranking import DrugClasses, IndexLexicon, NeedCache, Pages, drug_classes
from search.storage import Generation, open_generation
from search.suggest import Speller, Suggester, build_speller, build_suggester
from search.vocabulary import Thesaurus

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


class Snapshot:
    """What one generation holds, for any number of requests.

    Monographs and sections are numbered as in the arrays. The speller, the suggester and the classes are made when they are first
    asked for, because most searches need none of them.

    Attributes:
        live_name: what CURRENT said when it was opened; a damaged generation is stood in for by another.
        generation: the generation that is read.
        postings: its arrays.
        need_cache: what was found for the needs of earlier requests.
        monographs: what is stored of each monograph, by number.
        numbers: the number of a monograph by its id.
        thesaurus: the vocabulary.
        names: the names of the monographs.
        lexicon: the words of the index.
        lookalikes: names that are easily taken for each other.
        pages: what the order of results asks of the monographs.
        same_drug: (monographs,) int32, equal for pages of the same ingredients.
    """

    def __init__(self, generation: Generation, live_name: str, thesaurus: Thesaurus) -> None:
        postings = open_postings(generation.path / ARRAYS_FOLDER)
        texts = StoredTexts(generation.path, postings)
        monographs = texts.monographs()
        names = NameTable(monographs, thesaurus)
        self.live_name = live_name
        self.generation = generation
        self.postings = postings
        self.need_cache = NeedCache()
        self.monographs = monographs
        self.numbers = {monograph.id: number for number, monograph in enumerate(monographs)}
        self.thesaurus = thesaurus
        self.names = names
        self.lexicon = IndexLexicon(postings)
        self.lookalikes = LookAlikes(thesaurus)
        no_such = np.array([monograph.no_such_product for monograph in monographs], bool)
        self.pages = Pages(no_such, names.plain_pages())
        self.same_drug = _same_drug([names.ingredients(number) for number in range(len(monographs))])
        self._texts = texts
        self._summaries: dict[int, MonographSummary] = {}
        self._speller = Once(lambda: build_speller(monographs, postings, thesaurus))
        self._suggester = Once(lambda: build_suggester(monographs, thesaurus))
        self._classes = Once(lambda: _classes(monographs, names, thesaurus))
        weakref.finalize(self, texts.close)  # once the last request on it has ended

    @property
    def speller(self) -> Speller:
        """Corrections out of the words of this index and of the vocabulary."""
        return self._speller.get()

    @property
    def suggester(self) -> Suggester:
        """Names to search for, while they are being typed."""
        return self._suggester.get()

    @property
    def classes(self) -> DrugClasses:
        """The drug classes of the monographs."""
        return self._classes.get()

    def section(self, number: int) -> Section:
        """A section by its number; those read lately are held."""
        return self._texts.section(number)

    def sections_of(self, monograph: int) -> list[int]:
        """Numbers of the sections of a monograph, in the order of the page."""
        numbers: list[int] = self.postings.sections_of((monograph,)).tolist()
        return numbers

    def monograph(self, number: int) -> Monograph:
        """A whole monograph by its number."""
        return self.monographs[number].with_sections(map(self.section, self.sections_of(number)))

    def summary(self, number: int) -> MonographSummary:
        """What a hit says of a monograph; made once, when it is first shown."""
        held = self._summaries.get(number)
        if held is None:
            held = _summary(self.monographs[number], sorted(self.names.ingredients(number)), self.thesaurus)
            self._summaries[number] = held
        return held


def open_live(index_root: Path, live_name: str, thesaurus: Thesaurus) -> Snapshot:
    """Open what `live_name` names in an index folder, or the newest generation that is intact.

    Raises:
        IndexDamagedError: no generation is intact.
    """
    for _ in range(_TRIES - 1):
        try:
            return Snapshot(open_generation(index_root, fingerprint()), live_name, thesaurus)
        except FileNotFoundError:
            continue  # two publications came between the check and the opening: what is live now is newer
    return Snapshot(open_generation(index_root, fingerprint()), live_name, thesaurus)


def notice_line(notices: Sequence[Notice]) -> str | None:
    """One line for a page that says it is AI-generated or crowd-sourced, or only disclaims; None where it says neither."""
    kinds = {notice.kind for notice in notices}
    if "note" in kinds:
        return "AI-generated or crowd-sourced; may not be accurate"
    return "Not medical advice" if kinds else None


def _same_drug(ingredients: Sequence[frozenset[str]]) -> npt.NDArray[np.int32]:
    """(monographs,) the number of the first monograph with the same ingredients; of one without any, its own."""
    first: dict[frozenset[str], int] = {}
    return np.array([first.setdefault(held, n) if held else n for n, held in enumerate(ingredients)], np.int32)


def _classes(monographs: Sequence[StoredMonograph], names: NameTable, thesaurus: Thesaurus) -> DrugClasses:
    """The classes as hits show them."""
    return drug_classes(
        _class(monograph, sorted(names.ingredients(number)), thesaurus) for number, monograph in enumerate(monographs)
    )


def _class(monograph: StoredMonograph, ingredients: Sequence[str], thesaurus: Thesaurus) -> str | None:
    """The class of the drug under the one name that lists and filters have for it."""
    return thesaurus.class_label(monograph.drug_class, ingredients)


def _summary(monograph: StoredMonograph, ingredients: Sequence[str], thesaurus: Thesaurus) -> MonographSummary:
    """What is known of a monograph by what is stored, and by its ingredients' preferred names."""
    known = None if monograph.status else thesaurus.status(ingredients)
    return MonographSummary(
        names=monograph.other_names,
        drug_class=_class(monograph, ingredients, thesaurus),
        status=known.status if known else monograph.status,
        status_line=known.line if known else None,
        notice=notice_line(monograph.notices),
    )
