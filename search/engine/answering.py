"""Answers a request from one snapshot: plans, ranks, corrects where nothing was found, and collects what is to be said.

Here the parts meet: query, plan, spelling, look-alikes, ranking. What each decides is its own; `wording` and `advice` say it. Knows
nothing of excerpts or paging.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from search.analysis import function_words
from search.engine import advice
from search.engine.absences import missing_pages, not_mentioned
from search.engine.snapshot import Snapshot
from search.engine.wording import worded
from search.model import KINDS, Note, NoteOption, SearchRequest
from search.query import (
    Alternative,
    AnyForm,
    Need,
    Plan,
    Query,
    Switches,
    Term,
    expand,
    parse_query,
)
from search.ranking import Ranking, Wanted, rank
from search.suggest import COMMON_FROM, Candidate

_NOTHING: Final = (Need("", (Alternative("typed", AnyForm(())),)),)
"""What no section meets."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, how it was looked for, the section filter that applied, and what is to be said."""

    plan: Plan
    ranking: Ranking
    kinds: tuple[str, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class _Correction:
    """An ordinary word of a query that was replaced, since nothing was found as typed."""

    term: Term
    word: str
    query: Query


def answer(request: SearchRequest, snapshot: Snapshot, limit: int | None = None) -> Answer:
    """Answer a request from one generation; `limit`: how many groups are to be in order, None for all."""
    switches = Switches(request.exact, frozenset(request.without))
    query = parse_query(request.text, shorthand=not request.exact)
    plan = plan_of(query, snapshot, switches)
    kinds = tuple(dict.fromkeys((*request.sections, *plan.sections)))
    members = snapshot.classes.members(request.classes) if request.classes else None
    wanted = Wanted(kinds, members, limit)
    ranking = _rank(plan, wanted, snapshot)
    unknown = [] if request.exact else [term for term in plan.plain if _is_unknown(term, snapshot)]
    correction = None
    if unknown and not _meets_all(ranking):
        correction = _correction(query, unknown, snapshot, switches)
        corrected_plan = plan_of(correction.query, snapshot, switches) if correction else plan
        corrected = _rank(corrected_plan, wanted, snapshot) if correction else ranking
        if _meets_all(corrected):
            plan, ranking, unknown = corrected_plan, corrected, []
        else:
            correction = None
    misspelt = [] if plan.names.drugs or plan.classes else _likely_drugs(unknown, query, snapshot)
    if misspelt:
        plan, ranking = replace(plan, required=_NOTHING), _rank(replace(plan, required=_NOTHING), wanted, snapshot)
    notes = [
        *(worded(decision, snapshot.lookalikes.described) for decision in plan.decisions),
        *advice.of_query(query, named=bool(plan.monographs)),
        *([advice.corrected(correction.term, correction.word)] if correction else []),
        *([] if misspelt else _spelling(unknown, query, snapshot, switches)),
        *(_which_drug(term, query, snapshot) for term in misspelt),
        *missing_pages(plan, snapshot),
        *not_mentioned(plan, ranking, snapshot, unknown),
        *_opposed(plan, ranking, snapshot),
        *_hints(plan, ranking, kinds, request.text),
    ]
    if ranking.all_found.partial:
        notes.append(advice.partial(ranking.all_found.missing, request.text))
    if ranking.unfiltered and not ranking.total:
        notes.append(advice.filtered(kinds, request.classes, request.text, ranking.unfiltered))
    return Answer(plan, ranking, kinds, tuple(notes))


def plan_of(query: Query, snapshot: Snapshot, switches: Switches) -> Plan:
    """The plan of a query, look-alikes of the drugs it names put last."""
    plan = expand(query, snapshot.names, snapshot.lexicon, snapshot.thesaurus, switches)
    if not plan.names.drugs:
        return plan
    return replace(plan, names=snapshot.lookalikes.last(plan.names, snapshot.names))


def _opposed(plan: Plan, ranking: Ranking, snapshot: Snapshot) -> list[Note]:
    """The pages that were left out, as they say the opposite of what is asked for."""
    titles = sorted({snapshot.names.title(number) for number in ranking.opposed.tolist()}, key=str.casefold)
    return [advice.opposed(titles, plan.asked)] if titles and plan.asked is not None else []


def _meets_all(ranking: Ranking) -> bool:
    """Whether some section meets every need, before any filter."""
    return ranking.unfiltered > 0 and not ranking.all_found.partial


def _rank(plan: Plan, wanted: Wanted, snapshot: Snapshot) -> Ranking:
    return rank(plan, wanted, snapshot.postings, snapshot.need_cache, snapshot.pages)


def _is_unknown(term: Term, snapshot: Snapshot) -> bool:
    """Whether a word may be misspelt: rare, in no name, and known to no table."""
    word = term.surfaces[0]
    if term.kind != "word" or snapshot.thesaurus.is_name_word(word) or word in function_words():
        return False
    if snapshot.names.resembles(word) and not snapshot.lexicon.has_surface(word):
        return True
    return not (
        snapshot.lexicon.forms_with(word) >= COMMON_FROM
        or snapshot.names.has_word(word)
        or word in snapshot.thesaurus.vocabulary_words()
    )


def _correction(query: Query, unknown: Sequence[Term], snapshot: Snapshot, switches: Switches) -> _Correction | None:
    """The query with an ordinary word corrected, if one may be.

    Never where it is all that was asked: a word alone may be a name that no table has (benchmarks.spelling: of 500 real names held
    apart, four would have been searched as "vision", "tested" and the like).
    """
    for term in unknown if len(query.terms) > 1 else ():
        best = snapshot.speller.applicable(term.surfaces[0])
        if best is not None and switches.allow("spelling", term.surfaces):
            mended = replace(term, surfaces=(best.word,), corrected=True)
            terms = tuple(mended if other == term else other for other in query.terms)
            return _Correction(term, best.word, replace(query, terms=terms))
    return None


def _likely_drugs(unknown: Iterable[Term], query: Query, snapshot: Snapshot) -> list[Term]:
    """Words of several that nothing knows and that are most likely the misspelt name of a drug.

    Pages of other drugs would answer in its place ("metformen and alcohol": amoxicillin), so nothing is shown until it is chosen
    (docs/safety-rules.md#rule-5). A word alone finds nothing else, and is offered as ever.
    """
    return [term for term in unknown if len(query.terms) > 1 and _is_likely_drug(term, snapshot)]


def _is_likely_drug(term: Term, snapshot: Snapshot) -> bool:
    candidates = snapshot.speller.candidates(term.surfaces[0])
    return bool(candidates) and candidates[0].drug and not snapshot.lexicon.has_surface(term.surfaces[0])


def _spelling(unknown: Iterable[Term], query: Query, snapshot: Snapshot, switches: Switches) -> list[Note]:
    """Notes that offer what may have been meant by words that nothing knows."""
    notes = []
    for term in unknown:
        candidates = snapshot.speller.candidates(term.surfaces[0])
        if candidates:
            options = [_option(candidate, term, query, snapshot) for candidate in candidates]
            notes.append(advice.spelling(term.typed, term.surfaces, options))
    return [note for note in notes if note.id not in switches.without]


def _which_drug(term: Term, query: Query, snapshot: Snapshot) -> Note:
    candidates = snapshot.speller.candidates(term.surfaces[0])
    return advice.which_drug(term.typed, term.surfaces, [_option(one, term, query, snapshot) for one in candidates])


def _option(candidate: Candidate, term: Term, query: Query, snapshot: Snapshot) -> NoteOption:
    label = snapshot.lookalikes.described(candidate.word) if candidate.drug else candidate.word
    return NoteOption(label, query.text.replace(term.typed, candidate.word, 1).strip())


def _hints(plan: Plan, ranking: Ranking, kinds: Sequence[str], text: str) -> list[Note]:
    """The section that a question means, offered as a filter where there is one."""
    if kinds or not ranking.unfiltered:
        return []
    counted = {count.kind for count in ranking.counts}
    by_kind: dict[int, Note] = {}
    for hint in plan.hints:
        kind = next((kind for kind in hint.kinds if KINDS[kind] in counted), None)
        if kind is not None:
            by_kind.setdefault(kind, advice.section_hint(hint.typed, hint.key, kind, text))
    return list(by_kind.values())
