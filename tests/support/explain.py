"""Why a query is answered as it is, in lines for reading: what was searched, who stands where, and what each section matched by."""

from collections.abc import Iterator

from search.engine.answering import answer
from search.engine.engine import SearchEngine
from search.model import KINDS, Match, ResultPage, SearchRequest, SectionHit
from search.query.drug_names import NameLevel
from search.query.plan import AllWords, Alternative, AnyForm, OnPages, Phrase

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
    for place, item in enumerate(page.items[:FIRST], start=1):
        level = NameLevel(found.plan.names.levels.get(snapshot.numbers[item.id], NameLevel.NONE)).name
        by = f" by {item.matched_name}" if item.matched_name else ""
        yield f"  {place}. {item.title}  name: {level}{by} · {item.more_sections} more sections"
        yield from (f"     {line}" for section in item.sections for line in _section(section))


def _alternative(alternative: Alternative) -> str:
    """What would do, shortly, with the tier it brings."""
    matcher = alternative.matcher
    words = matcher.words if isinstance(matcher, OnPages) else matcher
    surfaces = words.surfaces if isinstance(words, Phrase | AnyForm | AllWords) else (type(words).__name__,)
    return f"{' '.join(surfaces[:6])} ({alternative.tier})"


def _section(section: SectionHit) -> Iterator[str]:
    yield f"{section.kind}#{section.anchor}  tier {section.tier} · score {section.score:.2f} · why {', '.join(section.why)}"
    for excerpt in section.excerpts:
        yield f"  {'NEGATED ' if excerpt.negated else ''}{_marked(excerpt.text, excerpt.matches)}"


def _marked(text: str, matches: tuple[Match, ...]) -> str:
    """The text with `[word]` round what was typed and `{word}` round anything else."""
    pieces: list[str] = []
    end = 0
    for start, stop, why in matches:
        left, right = "[]" if why in ("exact", "form", "prefix", "name") else "{}"
        pieces += [text[end:start], left, text[start:stop], right]
        end = stop
    return "".join([*pieces, text[end:]])
