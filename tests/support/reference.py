"""Search once more, in plain Python over plain sections: no arrays, no NumPy sets, no Whoosh. Slow, and easy to believe.

It takes the same plan as the engine (what is to match) and answers it by reading each section: matching, BM25F, candidates,
exclusions, filter, counts and order are all done again here.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from search.analysis.stemming import stem
from search.analysis.tokens import Token, analyse
from search.model import KINDS, TIERS, Monograph, Section
from search.query.drug_names import NameLevel
from search.query.plan import AllParts, AllWords, AnyForm, Matcher, Need, OnPages, Phrase, Plan, SectionsOfKind
from search.statements.clauses import answers_no, asks, denied_ranges
from search.statements.polarity import Polarity
from search.weights import (
    FIELD_B,
    FIELD_WEIGHTS,
    FUNCTION_WORD_SHARE,
    K1,
    KIND_STEP,
    KIND_WEIGHT,
    RAISED_SHARE,
    RAISED_WITHOUT_DRUG,
)

FIELDS = range(3)


@dataclass
class Read:
    """A section as the reference sees it: the tokens of names, heading and text."""

    monograph: Monograph
    section: Section
    fields: tuple[list[Token], list[Token], list[Token]]


@dataclass
class Answer:
    """Monograph id → anchors, in order; the score of each section; counts before the filter."""

    groups: list[tuple[str, list[str]]]
    scores: dict[tuple[str, str], float]
    counts: dict[str, tuple[int, int]]


class Reference:
    """All sections of some monographs, read one by one."""

    def __init__(self, monographs: Sequence[Monograph]) -> None:
        self.monographs = sorted(monographs, key=lambda monograph: monograph.id)
        self.reads = [
            Read(monograph, section, self._fields(monograph, section))
            for monograph in self.monographs
            for section in monograph.sections
        ]
        self.numbers = {monograph.id: number for number, monograph in enumerate(self.monographs)}
        self.weights: dict[Matcher, dict[int, float]] = {}
        self.means = [max(1.0, sum(len(read.fields[f]) for read in self.reads) / len(self.reads)) for f in FIELDS]

    @staticmethod
    def _fields(monograph: Monograph, section: Section) -> tuple[list[Token], list[Token], list[Token]]:
        above = [heading for heading in (*section.heading_path, section.heading) if heading != monograph.title]
        names = "\n".join(name.text for name in monograph.names)
        return analyse(names), analyse("\n".join(above)), analyse(section.text)

    def answer(self, plan: Plan, kinds: tuple[str, ...]) -> Answer:
        """The whole answer to a plan."""
        allowed = [i for i in range(len(self.reads)) if self._allowed(i, plan)]
        met = {i: [self._meets(i, need) for need in plan.required] for i in allowed}
        found = [i for i in allowed if met[i] and all(tier is not None for tier in met[i])]
        if not found and len(plan.required) > 1:
            found = [i for i in allowed if any(tier is not None for tier in met[i])]
        elif found and len(plan.names.drugs) == 1:
            found = sorted({*found, *self._own_page(plan, allowed, found, met)})
        partial = bool(found) and not any(all(tier is not None for tier in met[i]) for i in found)
        if plan.names.whole:
            alike = NameLevel.LOOKS_ALIKE
            found = [i for i in found if plan.names.levels.get(self._number(i), NameLevel.NONE) != alike]
        scores = {i: self._score(i, plan, met[i]) for i in found}
        greatest = max(scores.values(), default=0.0)
        for i in scores:
            if plan.hints and KINDS.index(self.reads[i].section.kind) in plan.raised:
                scores[i] += (RAISED_WITHOUT_DRUG if plan.asks_which else RAISED_SHARE) * greatest
        counts = Counter(self.reads[i].section.kind for i in found)
        pages = {
            kind: len({self.reads[i].monograph.id for i in found if self.reads[i].section.kind == kind})
            for kind in counts
        }
        shown = [i for i in found if not kinds or self.reads[i].section.kind in kinds]
        return Answer(
            groups=self._groups(shown, scores, met, plan, partial),
            scores={(self.reads[i].monograph.id, self.reads[i].section.anchor): scores[i] for i in shown},
            counts={kind: (counts[kind], pages[kind]) for kind in KINDS if kind in counts},
        )

    def _own_page(
        self, plan: Plan, allowed: list[int], found: list[int], met: dict[int, list[int | None]]
    ) -> list[int]:
        """What comes nearest on the page of the one drug that is named, where nothing on it meets every need."""
        pages = plan.names.drugs[0].pages - {self._number(i) for i in found}
        near = [i for i in allowed if self._number(i) in pages and any(tier is not None for tier in met[i])]

        def lacks(i: int) -> tuple[int, int]:
            tiers = [tier for tier in met[i] if tier is not None]
            return -len(tiers), max(tiers)

        return [i for i in near if lacks(i) == min(map(lacks, near))]

    def _groups(self, shown, scores, met, plan, partial):  # type: ignore[no-untyped-def] # plain on purpose
        by_page: dict[str, list[int]] = {}
        for i in shown:
            by_page.setdefault(self.reads[i].monograph.id, []).append(i)

        def section_key(i):  # type: ignore[no-untyped-def]
            tiers = [tier for tier in met[i] if tier is not None]
            after = not partial and self._comes_after(i, plan)
            return (-len(tiers), max(tiers), after, -round(scores[i], 6), i)

        keyed = []
        for identifier, rows in by_page.items():
            level = int(plan.names.levels.get(self.numbers[identifier], NameLevel.NONE))
            best = min(map(section_key, rows))
            status = self.reads[rows[0]].monograph.status == "no-such-product"
            page_order = level < NameLevel.CONTAINS_SINGLE
            ordered = sorted(rows, key=lambda i: (section_key(i)[:3], i) if page_order else section_key(i))
            keyed.append(((level, *best[:3], status, best[3], identifier), ordered))
        return [
            (key[-1], [self.reads[i].section.anchor for i in rows]) for key, rows in sorted(keyed, key=lambda k: k[0])
        ]

    def _number(self, i: int) -> int:
        return self.numbers[self.reads[i].monograph.id]

    def _allowed(self, i: int, plan: Plan) -> bool:
        if plan.monographs is not None and self._number(i) not in plan.monographs:
            return False
        return not any(self._matches(i, matcher) for matcher in plan.excluded)

    def _meets(self, i: int, need: Need) -> int | None:
        tiers = [TIERS.index(a.tier) for a in need.alternatives if self._matches(i, a.matcher)]
        return min(tiers) if tiers else None

    def _matches(self, i: int, matcher: Matcher) -> bool:
        fields = self.reads[i].fields
        if isinstance(matcher, AnyForm):
            return any(token.surface in matcher.surfaces for field in fields for token in field)
        if isinstance(matcher, AllWords):
            return all(self._frequency(i, stem(surface)) for surface in matcher.surfaces)
        if isinstance(matcher, AllParts):
            return all(any(self._matches(i, name) for name in part) for part in matcher.parts)
        if isinstance(matcher, SectionsOfKind):
            return KINDS.index(self.reads[i].section.kind) in matcher.kinds
        if isinstance(matcher, OnPages):
            return self._number(i) in matcher.monographs and self._matches(i, matcher.words)
        return any(self._sequence(field, matcher) for field in fields)

    @staticmethod
    def _sequence(field: list[Token], words: Phrase) -> bool:
        positions: dict[str, set[int]] = {}
        for token in field:
            positions.setdefault(stem(token.surface), set()).add(token.position)
        guarded = {position + 1 for word in words.guard for position in positions.get(stem(word), ())}
        reached = positions.get(stem(words.surfaces[0]), set()) - guarded
        for n in range(1, len(words.surfaces)):
            step = words.positions[n] - words.positions[n - 1]
            standing = positions.get(stem(words.surfaces[n]), set())
            reached = {p + step + extra for p in reached for extra in range(words.slop + 1)} & standing
        return bool(reached)

    def _comes_after(self, i: int, plan: Plan) -> bool:
        """Whether a section denies what is asked, or affirms what is asked to be denied; never where a drug is named."""
        if plan.names.drugs:
            return False
        polarity = max(self._polarity_of_need(i, need) for need in plan.required)
        return polarity == (Polarity.AFFIRMED if plan.denied else Polarity.DENIED)

    def _polarity_of_need(self, i: int, need: Need) -> int:
        found = {self._polarity(i, a.matcher) for a in need.alternatives if self._matches(i, a.matcher)}
        return found.pop() if len(found) == 1 else Polarity.MIXED

    def _polarity(self, i: int, matcher: Matcher) -> int:
        if isinstance(matcher, SectionsOfKind):
            return Polarity.AFFIRMED
        if isinstance(matcher, OnPages):
            return self._polarity(i, matcher.words)
        if isinstance(matcher, AllParts):
            return max(self._joined(i, [n for n in part if self._matches(i, n)]) for part in matcher.parts)
        if isinstance(matcher, AnyForm):
            found = {self._polarity_of_word(i, lambda t, s=surface: t.surface == s) for surface in matcher.surfaces} - {
                None
            }
            return found.pop() if len(found) == 1 else Polarity.MIXED
        return max(
            self._polarity_of_word(i, lambda t, s=stem(surface): stem(t.surface) == s) or 0
            for surface in matcher.surfaces
        )

    def _joined(self, i: int, names: list[Phrase]) -> int:
        found = {self._polarity(i, name) for name in names}
        return found.pop() if len(found) == 1 else Polarity.MIXED

    def _polarity_of_word(self, i, same) -> int | None:  # type: ignore[no-untyped-def]
        """How a section speaks of a word; None where it does not."""
        read = self.reads[i]
        ranges = denied_ranges(read.section.text)
        heading = read.section.heading
        of_heading = -1 if answers_no(heading, read.section.text) else 0 if asks(heading) else 1
        signs = [1 for token in read.fields[0] if same(token)]
        signs += [of_heading for token in read.fields[1] if same(token)]
        signs += [-1 if any(a <= t.start < b for a, b in ranges) else 1 for t in read.fields[2] if same(t)]
        if not signs:
            return None
        return Polarity.AFFIRMED if -1 not in signs else Polarity.MIXED if 1 in signs else Polarity.DENIED

    def _frequency(self, i: int, stemmed: str) -> int:
        return sum(stem(token.surface) == stemmed for field in self.reads[i].fields for token in field)

    def _score(self, i: int, plan: Plan, met: list[int | None]) -> float:
        total = 0.0
        for need, tier in zip(plan.required, met, strict=True):
            if tier is not None:
                total += max(self._capped(i, need, n) for n, a in enumerate(need.alternatives) if a.tier == TIERS[tier])
        for need in plan.optional:
            if self._meets(i, need) is not None:
                total += FUNCTION_WORD_SHARE * self._weight(i, need.alternatives[0].matcher)
        return total

    def _capped(self, i: int, need: Need, number: int) -> float:
        """The weight of an alternative, where it matches; an expansion weighs at most what was typed."""
        of_all = [self._weights_of(alternative.matcher) for alternative in need.alternatives]
        most = max(of_all[0].values(), default=0.0)
        greatest = max(of_all[number].values(), default=0.0)
        weight = of_all[number].get(i, -1.0)
        return weight * most / greatest if number and most and greatest > most else weight

    def _weights_of(self, matcher: Matcher) -> dict[int, float]:
        if matcher not in self.weights:
            holders = [i for i in range(len(self.reads)) if self._matches(i, matcher)]
            self.weights[matcher] = {i: self._weight(i, matcher) for i in holders}
        return self.weights[matcher]

    def _weight(self, i: int, matcher: Matcher) -> float:
        if isinstance(matcher, AnyForm):
            return max(self._bm25f(i, lambda t, s=surface: t.surface == s) for surface in matcher.surfaces)
        if isinstance(matcher, SectionsOfKind):
            return KIND_WEIGHT * KIND_STEP ** matcher.kinds.index(KINDS.index(self.reads[i].section.kind))
        if isinstance(matcher, OnPages):
            return self._weight(i, matcher.words)
        if isinstance(matcher, AllParts):
            return sum(max(self._weight(i, n) for n in part if self._matches(i, n)) for part in matcher.parts)
        return sum(self._bm25f(i, lambda t, s=stem(surface): stem(t.surface) == s) for surface in matcher.surfaces)

    def _bm25f(self, i, same) -> float:  # type: ignore[no-untyped-def]
        holders = sum(any(same(token) for field in read.fields for token in field) for read in self.reads)
        if not any(same(token) for field in self.reads[i].fields for token in field):
            return 0.0
        idf = math.log(1 + (len(self.reads) - holders + 0.5) / (holders + 0.5))
        total = 0.0
        for f in FIELDS:
            field = self.reads[i].fields[f]
            frequency = sum(same(token) for token in field)
            total += FIELD_WEIGHTS[f] * frequency / (1 - FIELD_B[f] + FIELD_B[f] * len(field) / self.means[f])
        return idf * total * (K1 + 1) / (K1 + total)
