"""The arrays say what the Whoosh postings say, and what a fresh analysis of the stored text says."""

from pathlib import Path

import numpy as np
import pytest

from search.analysis.stemming import stem
from search.analysis.tokens import analyse
from search.engine.engine import SearchEngine
from search.index.format import FIELD_BASE, NO_TERM
from search.index.stored import open_whoosh
from search.index.words import SEARCHED
from tests.support.builders import engine_over, monograph


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    """Three monographs; the texts hold codes, Greek letters, several blocks, and a section without text."""
    return engine_over(
        tmp_path_factory.mktemp("index"),
        monograph("Adalimumab", ("uses", "Uses", "Blocks TNF-α.\nVitamin B 12, haemorrhage."), ("faqs", "Empty?", "")),
        monograph("Folic Acid", ("uses", "Uses", "Anaemia; low folate. Bleeding, bleeds, bled."), brands=("Lexpec",)),
        monograph("Iron + Folic Acid", ("side-effects", "Side Effects", "Nausea\nnausea\nNausea")),
    )


def test_positions_are_those_of_whoosh(engine: SearchEngine) -> None:
    """For every term of every field, sections and positions in the arrays are those of the Whoosh postings."""
    snapshot = engine._current()
    postings = snapshot.postings
    section_of = {int(document): number for number, document in enumerate(postings.section_document)}
    index = open_whoosh(snapshot.generation.path)
    assert len(index._segments()) == 1
    expected: dict[tuple[str, int], list[int]] = {}
    with index.reader() as reader:
        for base, field in zip(FIELD_BASE, SEARCHED, strict=True):
            for term in reader.lexicon(field):
                matcher = reader.postings(field, term)
                while matcher.is_active():
                    key = (term.decode(), section_of[matcher.id()])
                    expected.setdefault(key, []).extend(base + p for p in matcher.value_as("positions"))
                    matcher.next()
    found = {}
    for number, surface in enumerate(postings.surfaces):
        sections, _ = postings.by_surface.postings(number)
        for row, section in enumerate(sections.tolist()):
            found[surface, section] = postings.by_surface.posting_positions(number, row).tolist()
    assert found == {key: sorted(positions) for key, positions in expected.items()}


def test_stems_join_their_surfaces(engine: SearchEngine) -> None:
    """The postings of a stem are those of its surfaces together."""
    postings = engine._current().postings
    for number, name in enumerate(postings.stems):
        surfaces = [n for n, surface in enumerate(postings.surfaces) if stem(surface) == name]
        joined = np.unique(np.concatenate([postings.by_surface.postings(n)[0] for n in surfaces]))
        assert postings.by_stem.postings(number)[0].tolist() == joined.tolist()


def test_tokens_are_those_of_the_stored_text(engine: SearchEngine) -> None:
    """The token columns of a section equal a fresh analysis of its text: offsets never drift from what is shown."""
    snapshot = engine._current()
    for section in range(snapshot.postings.section_total):
        text = snapshot.section(section).text
        expected = sorted(analyse(text), key=lambda token: (token.start, token.end))
        assert snapshot.postings.text_occurrences(section) == [(t.surface, t.position, t.start, t.end) for t in expected]


def test_names_stand_over_every_section(engine: SearchEngine) -> None:
    """A name is a posting of every section of its monograph, also of one without text."""
    postings = engine._current().postings
    sections, _ = postings.by_surface.postings(postings.surface_number("adalimumab"))
    assert len(sections) == 2


def test_unknown_words_have_no_number(engine: SearchEngine) -> None:
    """A word that no page holds has no term."""
    assert engine._current().postings.surface_number("qwzx") == NO_TERM
    assert engine._current().postings.stem_number("qwzx") == NO_TERM


def test_arrays_cannot_be_changed(engine: SearchEngine) -> None:
    """Arrays are mapped read-only: a bug cannot change what other threads read."""
    with pytest.raises(ValueError, match="read-only"):
        engine._current().postings.section_kind[0] = 1


def test_same_content_same_arrays(tmp_path: Path) -> None:
    """Building the same monographs again gives the same bytes in every array, and the same content hash."""
    made = [monograph("Aspirin", ("uses", "Uses", "Pain.")), monograph("Zinc", ("uses", "Uses", "Taste."))]
    one = engine_over(tmp_path / "one", *made)._current().generation
    two = engine_over(tmp_path / "two", *made)._current().generation
    assert one.manifest.content_hash == two.manifest.content_hash
    arrays = sorted(path.name for path in (one.path / "arrays").iterdir())
    assert arrays == sorted(path.name for path in (two.path / "arrays").iterdir())
    for name in arrays:
        assert (one.path / "arrays" / name).read_bytes() == (two.path / "arrays" / name).read_bytes(), name


def test_an_empty_corpus_is_an_index(tmp_path: Path) -> None:
    """No monographs: an index that finds nothing, not an error."""
    assert engine_over(tmp_path).info().monographs == 0
