"""`SearchEngine`, the object a server holds: opens the live generation, answers requests, and reopens when a new one is published.

Shared by threads. Requests in flight finish on the generation they began with. Knows nothing of HTTP.
"""

import os
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from search.cache import BoundedCache
from search.engine import advice
from search.engine.answering import answer, plan_of
from search.engine.browsing import listing, near
from search.engine.findings import finding, finding_rows
from search.engine.hits import HitBuilder
from search.engine.snapshot import Snapshot, open_live
from search.engine.wording import worded
from search.errors import IndexDamagedError
from search.highlight import Marker, matches
from search.index import fingerprint
from search.model import (
    BrowseItem,
    FindingRow,
    IndexInfo,
    Match,
    Monograph,
    MonographHit,
    Near,
    ResultPage,
    SearchRequest,
    Suggestion,
)
from search.query import Switches, parse_query
from search.ranking import class_counts
from search.storage import CURRENT, BuildStatus, current_name, verify, without_folders
from search.vocabulary import Thesaurus, load_vocabulary

PAGE_SIZE: Final = 10

ANSWER_BYTES: Final = 8_000_000
"""About 700 pages of results, by the estimate of `weight`."""

RELATED_SHOWN: Final = 3
"""Monographs that are set aside and shown after the first page of results, never counted."""


def weight(page: ResultPage) -> int:
    """Bytes of a page of results, or a little more: 11.4 kB where tracemalloc saw 9.7 kB, mean of 200 pages."""
    hits = [*page.items, *page.related]
    sections = [section for hit in hits for section in hit.sections]
    excerpts = [excerpt for section in sections for excerpt in section.excerpts]
    texts = sum(len(excerpt.text) + 100 * len(excerpt.matches) for excerpt in excerpts)
    return 1_000 + 350 * len(hits) + 250 * len(sections) + 150 * len(excerpts) + texts


@cache
def thesaurus(vocabulary: Path | None) -> Thesaurus:
    """The thesaurus of our tables and a staff's own file; read once a process."""
    return Thesaurus(load_vocabulary(vocabulary))


class SearchEngine:
    """Search over the live generation of an index folder.

    Args:
        index_root: the folder that `build_index` publishes to. It need not exist yet: each call raises `IndexMissingError`
            until a generation is published, and works from then on.
        page_size: monographs a page.
        vocabulary: a file of the staff's own words (docs/vocabulary.md); None for none.
        answer_bytes: how many bytes of answers are held; 0 for none, as a measurement wants.

    Raises:
        VocabularyError: a line of the vocabulary cannot be used.
    """

    def __init__(
        self,
        index_root: Path,
        page_size: int = PAGE_SIZE,
        vocabulary: Path | None = None,
        answer_bytes: int = ANSWER_BYTES,
    ) -> None:
        self._index_root = index_root
        self._current_file = str(index_root / CURRENT)
        self._page_size = page_size
        self._thesaurus = thesaurus(vocabulary)
        self._snapshot: Snapshot | None = None
        self._opening = threading.Lock()
        self._answers = BoundedCache[tuple[str, SearchRequest], ResultPage](answer_bytes)
        self._seen = (0, 0)
        self._last_build = BuildStatus(index_root)

    def search(self, request: SearchRequest) -> ResultPage:
        """Answer a request.

        Raises:
            IndexMissingError: nothing is published yet.
            IndexDamagedError: no published generation is intact.
        """
        snapshot = self._current()
        key = snapshot.generation.name, request
        page = self._answers.get(key)
        if page is None:
            page = self._page(request, snapshot)
            self._answers.put(key, page, weight(page))
        return page

    def _page(self, request: SearchRequest, snapshot: Snapshot) -> ResultPage:
        """Answer a request from one generation."""
        last = request.page * self._page_size
        answered = answer(request, snapshot, max(last, RELATED_SHOWN))
        ranking = answered.ranking
        hits = HitBuilder(snapshot, answered.plan)
        groups = range(last - self._page_size, min(last, len(ranking.found)))
        related = range(min(len(ranking.confusable), RELATED_SHOWN)) if request.page == 1 else range(0)
        shown = [hits.number(ranking.found, n) for n in groups] + [hits.number(ranking.confusable, n) for n in related]
        confusions = snapshot.lookalikes.confusions(answered.plan.names, snapshot.names, shown)
        confused = [worded(confusion, snapshot.lookalikes.described) for confusion in confusions]
        return ResultPage(
            request=request,
            notes=advice.once([*answered.notes, *confused, *([advice.related(len(related))] if related else [])]),
            total_monographs=len(ranking.found),
            total_sections=ranking.total,
            pages=-(-len(ranking.found) // self._page_size),
            section_counts=ranking.counts,
            items=hits.monographs(ranking.found, groups),
            related=hits.monographs(ranking.confusable, related),
            generation=snapshot.generation.name,
            finding=finding(answered.plan, ranking, snapshot) if request.page == 1 else None,
            class_counts=class_counts(ranking.monographs, request.classes, snapshot.classes),
        )

    def overview(self, request: SearchRequest) -> tuple[FindingRow, ...]:
        """Every monograph that mentions a finding, and as what; none where a drug is named or nothing says all of it."""
        snapshot = self._current()
        answered = answer(request, snapshot)
        return finding_rows(answered.plan, answered.ranking, snapshot)

    def all_hits(self, request: SearchRequest) -> Iterator[MonographHit]:
        """Every monograph that answers a request, in order, each with all its sections; made one by one as they are asked for."""
        snapshot = self._current()
        answered = answer(request, snapshot)
        hits = HitBuilder(snapshot, answered.plan)
        groups = answered.ranking.found
        return (hits.monographs(groups, range(group, group + 1), limit=None)[0] for group in range(len(groups)))

    def suggest(self, text: str) -> tuple[Suggestion, ...]:
        """Names that begin with what is being typed, or nearly do; at most ten."""
        return self._current().suggester.suggest(text)

    def monograph(self, identifier: str) -> Monograph | None:
        """A whole monograph, or None where there is no such id."""
        snapshot = self._current()
        number = snapshot.numbers.get(identifier)
        return None if number is None else snapshot.monograph(number)

    def listing(self) -> tuple[BrowseItem, ...]:
        """Every monograph, by title."""
        return listing(self._current())

    def near(self, identifier: str) -> Near:
        """What stands near a monograph; nothing where there is no such id."""
        snapshot = self._current()
        number = snapshot.numbers.get(identifier)
        return Near(None, (), 0, ()) if number is None else near(number, snapshot)

    def marks(self, identifier: str, text: str) -> dict[str, tuple[Match, ...]]:
        """Anchor → the ranges of that section's text that a query marks; sections without any are left out."""
        snapshot = self._current()
        number = snapshot.numbers.get(identifier)
        if number is None:
            return {}
        marker = Marker(plan_of(parse_query(text), snapshot, Switches()))
        ranges_by_anchor = {}
        for section in snapshot.sections_of(number):
            ranges = matches(marker.marks(snapshot.postings.text_occurrences(section), page=number, scattered=True))
            if ranges:
                ranges_by_anchor[snapshot.section(section).anchor] = ranges
        return ranges_by_anchor

    def info(self) -> IndexInfo:
        """What is being served."""
        generation = self._current().generation
        manifest = generation.manifest
        return IndexInfo(
            generation=generation.name,
            built_at=manifest.built_at,
            monographs=manifest.monographs,
            sections=manifest.sections,
            refused=generation.refused and without_folders(generation.refused),
            failing=self._last_build.failure(),
        )

    def recheck(self) -> str | None:
        """Check every file of the open generation again; what was damaged since it was opened is not served any longer.

        The next request opens the newest generation that is intact.

        Returns:
            What is damaged; None where all is well, nothing is open, or the generation made way for a newer one.
        """
        snapshot = self._snapshot
        if snapshot is None:
            return None
        try:
            verify(snapshot.generation.path, fingerprint())
        except IndexDamagedError as error:
            if not snapshot.generation.path.exists() and current_name(self._index_root) != snapshot.live_name:
                return None
            with self._opening:
                if self._snapshot is snapshot:
                    self._snapshot = None
                    self._answers.clear()
            return str(error)
        return None

    def snapshot(self) -> Snapshot:
        """The live generation, for what looks deeper than a search: evaluation and measurements."""
        return self._current()

    def _current(self) -> Snapshot:
        """The live generation, opened when it is not the one already open.

        CURRENT is replaced, never written to, so another file means another generation; looking costs a twentieth of reading.
        """
        try:
            status = os.stat(self._current_file)  # noqa: PTH116 # a twentieth of a search would go into making a path
        except OSError:
            current_name(self._index_root)  # says what is the matter
            raise
        seen = (status.st_ino, status.st_mtime_ns)
        snapshot = self._snapshot  # one reading: `recheck` may give it up at any moment
        if snapshot is not None and self._seen == seen:
            return snapshot
        with self._opening:
            name = current_name(self._index_root)
            if self._snapshot is None or self._snapshot.live_name != name:
                self._snapshot = open_live(self._index_root, name, self._thesaurus)
            self._seen = seen
            return self._snapshot
