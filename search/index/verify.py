"""Compares the arrays of a generation with its Whoosh postings, word for word. Knows nothing of queries."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from search.index.format import ARRAYS_FOLDER, FIELD_BASE
from search.index.postings import Postings, open_postings
from search.index.stored import open_whoosh
from search.index.words import SEARCHED

Positions = dict[int, list[int]]


def differences(generation: Path) -> Iterator[str]:
    """Each word whose sections or positions differ between Whoosh and the arrays, as a line; nothing where they agree."""
    postings = open_postings(generation / ARRAYS_FOLDER)
    index = open_whoosh(generation)
    with index.reader() as reader:
        sections = {int(document): number for number, document in enumerate(postings.section_document)}
        words = {term.decode() for field in SEARCHED for term in reader.lexicon(field)}
        for word in sorted(words | set(postings.surfaces)):
            in_whoosh, in_arrays = _in_whoosh(reader, word, sections), _in_arrays(postings, word)
            if in_whoosh != in_arrays:
                yield f"{word!r}: in {len(in_whoosh)} sections by Whoosh, in {len(in_arrays)} by the arrays, or elsewhere in one"
    index.close()


def _in_whoosh(reader: Any, word: str, sections: dict[int, int]) -> Positions:
    """Section → positions of a word; a document that is deleted but not yet merged away has no section."""
    positions_in: Positions = {}
    for base, field in zip(FIELD_BASE, SEARCHED, strict=True):
        if (field, word.encode()) in reader:
            matcher = reader.postings(field, word.encode())
            while matcher.is_active():
                section = sections.get(matcher.id())
                if section is not None:
                    positions_in.setdefault(section, []).extend(base + place for place in matcher.value_as("positions"))
                matcher.next()
    return {section: sorted(positions) for section, positions in positions_in.items()}


def _in_arrays(postings: Postings, word: str) -> Positions:
    if word not in postings.surface_numbers:
        return {}
    number = postings.surface_numbers[word]
    sections, _ = postings.by_surface.postings(number)
    positions = postings.by_surface.posting_positions
    return {section: positions(number, row).tolist() for row, section in enumerate(sections.tolist())}
