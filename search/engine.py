"""The one object a server holds: opens the live generation, answers requests, and moves on when a new one is published.

Shared by threads. Requests in flight finish on the generation they began with. Knows nothing of HTTP.
"""

import threading
from pathlib import Path
from typing import Final

from search import notes as say
from search.expansion import Plan, expand
from search.generations import CURRENT, current_name
from search.highlight import Marker, matches
from search.hits import HitBuilder
from search.model import IndexInfo, Match, Monograph, Note, ResultPage, SearchRequest
from search.opened import Opened, open_live
from search.query import parse_query
from search.ranking import Ranking, rank

PAGE_SIZE: Final = 10


class SearchEngine:
    """Search over the live generation of an index folder.

    Args:
        index_root: the folder that `build_index` publishes to. It need not exist yet: each call raises `IndexMissingError`
            until a generation is published, and works from then on.
        page_size: monographs a page.
    """

    def __init__(self, index_root: Path, page_size: int = PAGE_SIZE) -> None:
        self._index_root = index_root
        self._page_size = page_size
        self._opened: Opened | None = None
        self._opening = threading.Lock()
        self._seen = (0, 0)

    def search(self, request: SearchRequest) -> ResultPage:
        """Answer a request.

        Raises:
            IndexMissingError: nothing is published yet.
            IndexDamagedError: no published generation is intact.
        """
        opened = self._current()
        plan = expand(parse_query(request.text), opened.names, opened.lexicon)
        kinds = tuple(dict.fromkeys((*request.sections, *plan.sections)))
        ranking = rank(plan, kinds, opened.postings, opened.no_such)
        hits = HitBuilder(opened, plan, ranking)
        first = (request.page - 1) * self._page_size
        shown = range(first, min(first + self._page_size, ranking.groups))
        return ResultPage(
            request=request,
            notes=_all_notes(plan, ranking, kinds, request.text),
            total_monographs=ranking.groups,
            total_sections=ranking.total,
            pages=-(-ranking.groups // self._page_size),
            section_counts=ranking.counts,
            items=tuple(hits.monograph(group) for group in shown),
            related=(),
            generation=opened.generation.name,
        )

    def monograph(self, identifier: str) -> Monograph | None:
        """A whole monograph, or None where there is no such id."""
        opened = self._current()
        number = opened.numbers.get(identifier)
        return None if number is None else opened.monograph(number)

    def marks(self, identifier: str, text: str) -> dict[str, tuple[Match, ...]]:
        """Anchor → the ranges of that section's text that a query marks; sections without any are left out."""
        opened = self._current()
        number = opened.numbers.get(identifier)
        marker = Marker(expand(parse_query(text), opened.names, opened.lexicon))
        found = {}
        for section in opened.sections_of(number) if number is not None else ():
            ranges = matches(marker.marks(opened.postings.text_places(section), scattered=True))
            if ranges:
                found[opened.section(section).anchor] = ranges
        return found

    def info(self) -> IndexInfo:
        """What is being served."""
        generation = self._current().generation
        manifest = generation.manifest
        return IndexInfo(generation.name, manifest.built_at, manifest.monographs, manifest.sections)

    def _current(self) -> Opened:
        """The live generation, opened when it is not the one already open.

        CURRENT is replaced, never written to, so another file means another generation; looking costs a twentieth of reading.
        """
        try:
            status = (self._index_root / CURRENT).stat()
        except OSError:
            current_name(self._index_root)  # says what is the matter
            raise
        seen = (status.st_ino, status.st_mtime_ns)
        if self._opened is not None and self._seen == seen:
            return self._opened
        with self._opening:
            name = current_name(self._index_root)
            if self._opened is None or self._opened.live_name != name:
                self._opened = open_live(self._index_root, name)
            self._seen = seen
            return self._opened


def _all_notes(plan: Plan, ranking: Ranking, kinds: tuple[str, ...], text: str) -> tuple[Note, ...]:
    said = list(plan.notes)
    if ranking.candidates.partial:
        said.append(say.partial(ranking.candidates.missing, text))
    if kinds and ranking.unfiltered and not ranking.total:
        said.append(say.filtered(kinds, text, ranking.unfiltered))
    return say.numbered(said)
