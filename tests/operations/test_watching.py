"""The index follows its folder of pages while somebody watches."""

import shutil
from pathlib import Path

import pytest

from search import SearchEngine, SearchRequest, Settings
from search.commands.watch import Watch, signature


@pytest.fixture
def settings(tmp_path: Path, fixture_corpus: Path) -> Settings:
    """A copy of the fixture corpus, and no index yet."""
    shutil.copytree(fixture_corpus, tmp_path / "pages")
    return Settings(corpus_root=tmp_path / "pages", index_root=tmp_path / "index")


def test_what_changes_is_indexed(settings: Settings) -> None:
    """A look indexes what is new; one that finds nothing changed starts nothing."""
    watch = Watch(settings)
    watch.look()
    engine = SearchEngine(settings.index_root)
    before = engine.info().generation
    watch.look()
    assert engine.info().generation == before
    page = settings.corpus_root / "d" / "denosumab.md"
    page.write_text(page.read_text("utf-8").replace("Side Effects:**\n", "Side Effects:**\n\n* Zyxwort\n"), "utf-8")
    watch.look()
    assert engine.search(SearchRequest("zyxwort")).total_monographs == 1


def test_a_failed_build_keeps_what_is_served_and_is_tried_again(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """A folder that lost most of its pages is most likely not mounted: nothing changes, it is said, and mended by itself."""
    watch = Watch(settings)
    watch.look()
    engine = SearchEngine(settings.index_root)
    settings.corpus_root.rename(settings.corpus_root.with_name("away"))
    watch.look()
    assert engine.info().monographs == 4
    assert engine.info().failing is not None
    assert "The index was not renewed" in caplog.text
    settings.corpus_root.mkdir()
    watch.look()
    failing = engine.info().failing
    assert failing is not None
    assert failing.reason.startswith("pages: 0 pages are left of 4, so nothing was changed;")
    settings.corpus_root.rmdir()
    settings.corpus_root.with_name("away").rename(settings.corpus_root)
    watch.look()
    assert engine.info().failing is None


def test_the_signature_tells_any_change(tmp_path: Path) -> None:
    """A page that is new, gone, longer or replaced by one as long; nothing else counts."""
    (tmp_path / "a.md").write_text("one")
    (tmp_path / "notes.txt").write_text("x")
    seen = {signature(tmp_path)}
    (tmp_path / "notes.txt").write_text("y")
    assert signature(tmp_path) in seen
    (tmp_path / "b.md").write_text("two")
    seen.add(signature(tmp_path))
    (tmp_path / "b.md").write_text("three")
    seen.add(signature(tmp_path))
    (tmp_path / "c").write_text("eerht")
    (tmp_path / "c").replace(tmp_path / "b.md")
    seen.add(signature(tmp_path))
    assert len(seen) == 4
    assert signature(tmp_path / "none") == frozenset()
