"""Why a query is answered as it is, in lines for reading: what was searched, who stands where, and what each section matched by.

    python -m tests.support.explain "low calcium" [--index DIR] [--exact]

The lines name the rules of `search/ranking/order.py` (name, missing, page, role, tier, denied, exists, score), then what the score is made of.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from search.engine.answering import answer
from search.engine.engine import SearchEngine
from search.engine.snapshot import Snapshot
from search.model import KINDS, Match, ResultPage, SearchRequest, SectionHit
from search.query.named import NameLevel
from search.query.plan import AllWords, Alternative, AnyForm, OnPages, Phrase, Plan
from search.ranking.matching import match
from search.ranking.order import unpacked
from search.ranking.ranking import Ranking
from search.ranking.sorted_arrays import rows_of

FIRST = 5


def explain(engine: SearchEngine, request: SearchRequest) -> str:
    """The request, each note, and the first pages with the level of their name, each section with tier, score and marks."""
    return "\n".join(_lines(engine, request, engine.search(request)))


def _lines(engine: SearchEngine, request: SearchRequest, page: ResultPage) -> Iterator[str]:
    snapshot = engine.snapshot()
    found = answer(request, snapshot)
    yield f"{request.text!r}: {page.total_monographs} monographs, {page.total_sections} sections"
    for need in (*found.plan.required, *found.plan.optional):
        yield f"  needs  {need.typed}: {' | '.join(_alternative(one) for one in need.alternatives)}"
    yield from (
        f"  raises {', '.join(KINDS[kind] for kind in hint.kinds)} for {hint.typed!r}" for hint in found.plan.hints
    )
    for note in page.notes:
        searched = f" · searched: {', '.join(note.searched)}" if note.searched else ""
        yield f"  note   {note.id}: {note.message}{searched}"
        yield from (f"         offers {option.label} → {option.query}" for option in note.options or ())
    keys = _keys(found.ranking, snapshot)
    for rank, item in enumerate(page.items[:FIRST], start=1):
        level = NameLevel(found.plan.names.levels.get(snapshot.numbers[item.id], NameLevel.NONE))
        by = f" by {item.matched_name}" if item.matched_name else ""
        exists = "no such product" if snapshot.pages.no_such[snapshot.numbers[item.id]] else "exists"
        yield f"  {rank}. {item.title}  name: {level.value} {level.name}{by} · {exists} · {item.more_sections} more sections"
        for section in item.sections:
            number, key = keys[item.id, section.anchor]
            yield from (f"     {line}" for line in _section(section, key))
            yield from (f"       {line}" for line in _weights(found.plan, number, snapshot))


def _keys(ranking: Ranking, snapshot: Snapshot) -> dict[tuple[str, str], tuple[int, int]]:
    """(monograph, anchor) → the number of the section, and the key by which it was ordered."""
    found = ranking.all_found
    owners = snapshot.postings.section_monograph[found.sections].tolist()
    return {
        (snapshot.monographs[owner].id, snapshot.section(section).anchor): (section, key)
        for section, owner, key in zip(found.sections.tolist(), owners, found.keys.tolist(), strict=True)
    }


def _weights(plan: Plan, section: int, snapshot: Snapshot) -> Iterator[str]:
    """For each need the alternatives that a section matches, with their weights: of those of the best tier the greatest counts."""
    for need in (*plan.required, *plan.optional):
        for alternative in need.alternatives:
            matches = match(alternative.matcher, snapshot.postings)
            row = int(rows_of(matches.sections, np.array([section], np.uint32))[0])
            if row >= 0:
                words = " + ".join(_words(alternative, section, snapshot))
                yield f"{need.typed} by {_alternative(alternative)}: {matches.weights[row]:.2f}{f' = {words}' if words else ''}"


def _words(alternative: Alternative, section: int, snapshot: Snapshot) -> Iterator[str]:
    """Each word of a phrase: how often it stands in the section, in how many sections, and its weight there."""
    matcher = alternative.matcher.words if isinstance(alternative.matcher, OnPages) else alternative.matcher
    space = snapshot.postings.by_stem
    for surface in matcher.surfaces if isinstance(matcher, Phrase | AllWords) else ():
        term = snapshot.postings.stem_number(surface)
        sections, weights = space.postings(term)
        row = int(rows_of(sections, np.array([section], np.uint32))[0])
        times = len(space.posting_positions(term, row))
        yield f"{surface} {weights[row]:.2f} ({times} ×, in {len(sections)} sections)"


def _alternative(alternative: Alternative) -> str:
    """What would do, shortly, with the tier it brings."""
    matcher = alternative.matcher
    words = matcher.words if isinstance(matcher, OnPages) else matcher
    surfaces = words.surfaces if isinstance(words, Phrase | AnyForm | AllWords) else (type(words).__name__,)
    return f"{' '.join(surfaces[:6])} ({alternative.tier})"


def _section(section: SectionHit, key: int) -> Iterator[str]:
    of = unpacked(key)
    roles = f"page {of.page} · role {of.role}"
    denied = "yes" if of.denied else "no"
    rules = f"missing {of.missing} · {roles} · tier {section.tier} · denied {denied} · score {section.score:.2f}"
    yield f"{section.kind}#{section.anchor}  {rules} · why {', '.join(section.why)}"
    for excerpt in section.excerpts:
        yield f"  {f'{excerpt.role}: ' if excerpt.role else ''}{_marked(excerpt.text, excerpt.matches)}"


def _marked(text: str, matches: tuple[Match, ...]) -> str:
    """The text with `[word]` round what was typed and `{word}` round anything else."""
    pieces: list[str] = []
    end = 0
    for start, stop, why in matches:
        left, right = "[]" if why in ("exact", "form", "prefix", "name") else "{}"
        pieces += [text[end:start], left, text[start:stop], right]
        end = stop
    return "".join([*pieces, text[end:]])


def main() -> None:
    """Explain the query of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("query")
    parser.add_argument("--index", type=Path, default=Path("index"))
    parser.add_argument("--exact", action="store_true", help="search what was typed only")
    chosen = parser.parse_args()
    print(explain(SearchEngine(chosen.index), SearchRequest(chosen.query, exact=chosen.exact)))


if __name__ == "__main__":
    main()
