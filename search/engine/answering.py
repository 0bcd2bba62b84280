"""A request and an opened generation → what was found, in order, and what is said of it. Knows nothing of excerpts or paging.

Here the parts meet: query, expansion, spelling, look-alikes, ranking. What each decides is its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from search.analysis import function_words, term_key
from search.engine.snapshot import Snapshot
from search.model import KINDS, Note, NoteOption, SearchRequest
from search.query import (
    NamedDrug,
    NameLevel,
    Need,
    OnPages,
    Plan,
    Query,
    SectionsOfKind,
    Switches,
    Term,
    expand,
    parse_query,
)
from search.query import notes as say
from search.ranking import TIERS, Ranking, Wanted, are_in, match, rank
from search.suggest import Candidate
from search.vocabulary import stems

RARE = 3
"""A word that fewer sections hold may be a misspelling: pages have slips too."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, how it was looked for, the section filter that applied, and what is to be said."""

    plan: Plan
    ranking: Ranking
    kinds: tuple[str, ...]
    notes: tuple[Note, ...]


def answer(request: SearchRequest, opened: Snapshot, first: int | None = None) -> Answer:
    """Answer a request from one generation; `first`: how many groups are to be in order, None for all."""
    switches = Switches(request.exact, frozenset(request.without))
    query = parse_query(request.text)
    plan = plan_of(query, opened, switches)
    kinds = tuple(dict.fromkeys((*request.sections, *plan.sections)))
    members = opened.classes().members(request.classes) if request.classes else None
    wanted = Wanted(kinds, members, first)
    ranking = rank(plan, wanted, opened.postings, opened.no_such)
    unknown = [] if request.exact else [term for term in plan.plain if _is_unknown(term, opened)]
    corrected: Note | None = None
    if unknown and (not ranking.unfiltered or ranking.all_found.partial):
        tried = _corrected(query, unknown, opened, switches)
        if tried is not None:
            other = plan_of(tried[0], opened, switches)
            found = rank(other, wanted, opened.postings, opened.no_such)
            if found.unfiltered and not found.all_found.partial:
                plan, ranking, corrected, unknown = other, found, tried[1], []
    notes = [
        *plan.notes,
        *([corrected] if corrected else []),
        *_spelling(unknown, query, opened, switches),
        *_missing_pages(plan, ranking, opened),
        *_not_mentioned(plan, ranking, opened),
        *_hints(plan, ranking, kinds, request.text),
    ]
    if ranking.all_found.partial:
        notes.append(say.partial(ranking.all_found.missing, request.text))
    if ranking.unfiltered and not ranking.total:
        notes.append(say.filtered(kinds, request.classes, request.text, ranking.unfiltered))
    return Answer(plan, ranking, kinds, tuple(notes))


def plan_of(query: Query, opened: Snapshot, switches: Switches) -> Plan:
    """The plan of a query, look-alikes of the drugs it names put last."""
    plan = expand(query, opened.names, opened.lexicon, opened.thesaurus, switches)
    if not plan.names.drugs:
        return plan
    return replace(plan, names=opened.lookalikes.last(plan.names, opened.names))


def _is_unknown(term: Term, opened: Snapshot) -> bool:
    """Whether a word may be misspelt: rare, in no name, and known to no table."""
    word = term.surfaces[0]
    if term.kind != "word" or opened.thesaurus.is_name_word(word) or word in function_words():
        return False
    if opened.names.resembles(word) and not opened.lexicon.has_surface(word):
        return True
    return not (
        opened.lexicon.forms_with(word) >= RARE
        or opened.names.has_word(word)
        or word in opened.thesaurus.vocabulary_words()
    )


def _corrected(
    query: Query, unknown: Sequence[Term], opened: Snapshot, switches: Switches
) -> tuple[Query, Note] | None:
    """The query with an ordinary word corrected, if one may be, and what to say then.

    Never where it is all that was asked: a word alone may be a name that no table has (benchmarks.spelling: of 500 real names held
    apart, four would have been searched as "vision", "tested" and the like).
    """
    for term in unknown if len(query.terms) > 1 else ():
        best = opened.speller().applicable(term.surfaces[0])
        note = say.corrected(term.typed, term.surfaces, best.word, f'"{term.typed}"') if best else None
        if best is not None and note is not None and switches.on(note):
            mended = replace(term, surfaces=(best.word,), corrected=True)
            return replace(query, terms=tuple(mended if t == term else t for t in query.terms)), note
    return None


def _spelling(unknown: Iterable[Term], query: Query, opened: Snapshot, switches: Switches) -> list[Note]:
    """What may have been meant by words that nothing knows."""
    found = []
    for term in unknown:
        candidates = opened.speller().candidates(term.surfaces[0])
        if candidates:
            options = [_option(candidate, term, query, opened) for candidate in candidates]
            found.append(say.spelling(term.typed, term.surfaces, options))
    return [note for note in found if note.id not in switches.without]


def _option(candidate: Candidate, term: Term, query: Query, opened: Snapshot) -> NoteOption:
    label = opened.lookalikes.described(candidate.word) if candidate.drug else candidate.word
    return NoteOption(label, query.text.replace(term.typed, candidate.word, 1).strip())


def _missing_pages(plan: Plan, ranking: Ranking, opened: Snapshot) -> list[Note]:
    """No page for a drug alone, or none at all."""
    found = []
    levels = plan.names.levels.values()
    for drug in plan.names.drugs:
        if drug.pages or drug.own or plan.names.together:
            continue
        parts = sorted(drug.ingredients) if drug.key not in map(term_key, drug.ingredients) else []
        instead = [name for name in parts if opened.names.drug(term_key(name), name).pages]
        if drug.holding:
            found.append(say.no_page(drug, combinations=len(drug.holding), mentioned=0, instead=instead))
        elif NameLevel.WITHIN_SINGLE not in levels and NameLevel.WITHIN_COMBINATION not in levels:
            found.append(say.no_page(drug, combinations=0, mentioned=len(ranking.found), instead=instead))
    found += [
        say.unverified_brand(term.typed, term.surfaces, opened.thesaurus.known_ingredients(term.surfaces))
        for term in plan.plain
        if opened.thesaurus.is_known(term.surfaces) and not opened.names.has_word(term.surfaces[0])
    ]
    return found


def _not_mentioned(plan: Plan, ranking: Ranking, opened: Snapshot) -> list[Note]:
    """What a named drug's own page does not say of what was asked about it (docs/safety-rules.md#rule-3, #rule-4)."""
    found = []
    if len(plan.names.drugs) > 1 and any(_best_tier(d.pages, ranking) not in (None, "class") for d in plan.names.drugs):
        return []  # one page says it, and stands first
    for drug in plan.names.drugs:
        asked = [need for need in plan.required if need.typed != drug.typed and not _is_about_kind(need)]
        if not asked or not drug.pages:
            continue
        tier = _best_tier(drug.pages, ranking) if len(plan.names.drugs) > 1 else None
        if tier == "class":
            others = [need.typed for need in asked if need.names_drug]
            found.append(say.by_class_only(_titles(drug, opened), " or ".join(others)))
        elif tier is None:
            said = [need for need in asked if not _is_its_class(need, drug, opened)]
            absent = [need.typed for need in said if not _is_on(need, drug.pages, opened)]
            found += [say.not_mentioned(_titles(drug, opened), absent)] if absent else []
    return found


def _titles(drug: NamedDrug, opened: Snapshot) -> str:
    return " and ".join(sorted({opened.names.title(number) for number in drug.pages}))


def _is_about_kind(need: Need) -> bool:
    return any(isinstance(alternative.matcher, SectionsOfKind) for alternative in need.alternatives)


def _is_its_class(need: Need, drug: NamedDrug, opened: Snapshot) -> bool:
    """Whether a need is the class of the drug: a page stands under it without naming it in its text."""
    key = stems(term_key(need.typed))
    classes = chain.from_iterable(map(opened.thesaurus.classes, drug.ingredients))
    return any(key == stems(term_key(name)) for known in classes for name in known.names)


def _best_tier(pages: frozenset[int], ranking: Ranking) -> str | None:
    """The best tier of a full match on these pages, before any filter; None where there is none."""
    if ranking.all_found.partial:
        return None
    tiers = [tier for page, tier in ranking.best_tiers() if page in pages]
    return TIERS[min(tiers)] if tiers else None


def _is_on(need: Need, pages: frozenset[int], opened: Snapshot) -> bool:
    """Whether a page meets a need by itself, not by the class of what it names."""
    on_pages = opened.postings.sections_of(pages)
    for alternative in need.alternatives:
        if isinstance(alternative.matcher, OnPages):
            continue
        if are_in(match(alternative.matcher, opened.postings).sections, on_pages).any():
            return True
    return False


def _hints(plan: Plan, ranking: Ranking, kinds: Sequence[str], text: str) -> list[Note]:
    """The section that a question means, offered as a filter where there is one."""
    if kinds or not ranking.unfiltered:
        return []
    counted = {count.kind for count in ranking.counts}
    found: dict[int, Note] = {}
    for hint in plan.hints:
        kind = next((kind for kind in hint.kinds if KINDS[kind] in counted), None)
        if kind is not None:
            found.setdefault(kind, say.section_hint(hint.typed, hint.key, kind, text))
    return list(found.values())
