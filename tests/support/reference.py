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
from search.query.named import NameLevel
from search.query.plan import (
    AllParts,
    AllWords,
    Alternative,
    AnyForm,
    Matcher,
    Need,
    OnPages,
    Phrase,
    Plan,
    SectionsOfKind,
    SectionsOfPages,
)
from search.ranking.nearest import COMMON_SHARE, FEW_MONOGRAPHS
from search.statements import WARNINGS, StatementRole
from search.statements.roles import heading_role, role_ranges
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
        self._loose = [self._is_loose(need, plan) for need in plan.required]
        full = set(found)
        if not found and len(plan.required) > 1:
            found = self._of_drugs([i for i in allowed if any(tier is not None for tier in met[i])], plan)
        elif found:
            found = sorted({*found, *self._nearest(plan, allowed, found, met)})
            found = sorted({*found, *self._looser(plan, allowed, found, met)})
        if plan.names.whole:
            alike = NameLevel.LOOKS_ALIKE
            found = [i for i in found if plan.names.levels.get(self._number(i), NameLevel.NONE) != alike]
        self._found = found
        scores = {i: self._score(i, plan, met[i]) for i in found}
        greatest = max(scores.values(), default=0.0)
        for i in scores:
            if plan.hints and KINDS.index(self.reads[i].section.kind) in plan.raised:
                scores[i] += (RAISED_WITHOUT_DRUG if plan.asks_which else RAISED_SHARE) * greatest
        opposed = self._opposed(found, full, plan)
        found = [i for i in found if self._number(i) not in opposed]
        counts = Counter(self.reads[i].section.kind for i in found)
        pages = {
            kind: len({self.reads[i].monograph.id for i in found if self.reads[i].section.kind == kind})
            for kind in counts
        }
        shown = [i for i in found if not kinds or self.reads[i].section.kind in kinds]
        return Answer(
            groups=self._groups(shown, scores, met, plan),
            scores={(self.reads[i].monograph.id, self.reads[i].section.anchor): scores[i] for i in shown},
            counts={kind: (counts[kind], pages[kind]) for kind in KINDS if kind in counts},
        )

    def _is_loose(self, need: Need, plan: Plan) -> bool:
        """Whether a need says little of what is asked."""
        if need in plan.loose:
            return True
        met = sum(self._meets(i, need) is not None for i in range(len(self.reads)))
        return need.is_plain and (any(map(str.isdigit, need.typed)) or met > COMMON_SHARE * len(self.reads))

    def _missing(self, tiers: list[int | None]) -> int:
        """What a section lacks: two for each need, one for those that say little."""
        return sum(1 if loose else 2 for tier, loose in zip(tiers, self._loose, strict=True) if tier is None)

    def _of_drugs(self, found: list[int], plan: Plan) -> list[int]:
        """Only sections that speak of a drug that is named, if one is."""
        needs = [need for need in plan.required if need.about == "drug"]
        return [i for i in found if not needs or any(self._meets(i, need) is not None for need in needs)]

    def _looser(self, plan: Plan, allowed: list[int], found: list[int], met: dict[int, list[int | None]]) -> list[int]:
        """Where few pages answer, what others say of the findings without the words around them."""
        pages = {self._number(i) for i in found}
        known = [n for n, need in enumerate(plan.required) if not need.is_plain and not self._loose[n]]
        core = known or [n for n, loose in enumerate(self._loose) if not loose]
        if plan.asked == "denies" or plan.exact or len(pages) >= FEW_MONOGRAPHS or not core:
            return []
        if len(core) == len(plan.required) or any(plan.required[n].about != "finding" for n in core):
            return []
        return [i for i in allowed if self._number(i) not in pages and all(met[i][n] is not None for n in core)]

    def _opposed(self, found: list[int], full: set[int], plan: Plan) -> set[int]:
        """The pages that say the opposite of what is asked for, where others say it."""
        if plan.asked is None or plan.names.drugs or plan.compares or plan.with_opposed:
            return set()
        said: dict[int, set[str]] = {}
        for i in found:
            said.setdefault(self._number(i), set()).update(self._said(i, plan))
        ranks = {page: page_rank(roles, plan.asked) for page, roles in said.items()}
        if not any(ranks[self._number(i)] <= 1 for i in full):
            return set()
        return {page for page, rank in ranks.items() if rank >= {"treats": 3, "denies": 5}.get(plan.asked, 4)}

    def _rank(self, i: int, plan: Plan) -> int:
        """How near a section comes to what is asked; of interactions it takes another drug."""
        rank = section_rank(
            self._said(i, plan),
            plan.asked,
            of_drug=bool(plan.names.drugs and plan.names.levels),
            of_class=bool(plan.classes),
            compares=plan.compares,
        )
        together = len(plan.names.drugs) + len(plan.classes) > 1 and not plan.compares
        rank += bool(plan.findings) and not together and self.reads[i].section.kind == "interactions"
        for need in plan.required:
            if need.about == "aside":
                rank = 0 if self._meets(i, need) == 0 else min(rank + 1, 7)
        return rank

    def _nearest(self, plan: Plan, allowed: list[int], found: list[int], met: dict[int, list[int | None]]) -> list[int]:
        """What comes nearest on the page of the one drug, or of each of the drugs or members, that nothing found is of."""
        drugs = plan.names.drugs
        meant: set[int] = set()
        if len(drugs) == 1 or plan.compares or plan.findings:
            meant = {page for drug in drugs for page in drug.pages}
        if plan.classes and not drugs:
            meant = set.intersection(*(set(asked.members) for asked in plan.classes))
        pages = meant - {self._number(i) for i in found}
        near = [i for i in allowed if self._number(i) in pages and any(tier is not None for tier in met[i])]

        def lacks(i: int) -> tuple[int, int]:
            return self._missing(met[i]), max(tier for tier in met[i] if tier is not None)

        if len(drugs) == 1:
            return [i for i in near if lacks(i) == min(map(lacks, near))]

        def rank(i: int) -> tuple[int, ...]:
            of_drug = bool(drugs and plan.names.levels)
            after = not of_drug and plan.asked != "denies" and self._only_denies(i, plan)
            return lacks(i)[0], self._rank(i, plan), lacks(i)[1], int(after), i

        return [
            min((i for i in near if self._number(i) == page), key=rank)
            for page in pages
            if any(self._number(i) == page for i in near)
        ]

    def _groups(self, shown, scores, met, plan):  # type: ignore[no-untyped-def] # plain on purpose
        by_page: dict[str, list[int]] = {}
        for i in shown:
            by_page.setdefault(self.reads[i].monograph.id, []).append(i)

        of_drug = bool(plan.names.drugs and plan.names.levels)
        in_alphabet = plan.in_alphabet
        keep_role = plan.asked not in (None, "denies")

        def section_key(i):  # type: ignore[no-untyped-def]
            tiers = [tier for tier in met[i] if tier is not None]
            after = not of_drug and plan.asked != "denies" and self._only_denies(i, plan)
            return (self._missing(met[i]), self._rank(i, plan), max(tiers), after, -round(scores[i], 6), i)

        keyed = []
        for identifier, rows in by_page.items():
            level = int(plan.names.levels.get(self.numbers[identifier], NameLevel.NONE))
            every = [i for i in self._found if self.reads[i].monograph.id == identifier]
            union = set().union(*(self._said(i, plan) for i in every))
            of_page = page_rank(union, plan.asked) if plan.asked and not of_drug else 0
            best = min(map(section_key, rows))
            status = self.reads[rows[0]].monograph.status == "no-such-product"
            alone = len(plan.required) == len(plan.classes) and not plan.compares
            page_order = level < NameLevel.CONTAINS_SINGLE or (level == NameLevel.MEMBER and alone)
            ordered = sorted(rows, key=lambda i: (section_key(i)[:4], i) if page_order else section_key(i))
            key = (level, best[0], of_page, *best[1:4], status, best[4], identifier)
            if in_alphabet and level < NameLevel.NONE:
                key = (level, best[0], of_page if keep_role else 0, 0, 0, 0, status, 0, identifier)
            elif plan.compares:
                key = (*key[:7], 0, identifier)
            keyed.append((key, ordered))
        in_order = sorted(keyed, key=lambda k: k[0])
        placed = in_order if in_alphabet else self._plain_first(in_order)
        return [(key[-1], [self.reads[i].section.anchor for i in rows]) for key, rows in placed]

    def _plain_first(self, keyed):  # type: ignore[no-untyped-def] # plain on purpose
        """Each plain drug before the strengths and combinations of it that have the same key but for the score."""
        by_id = {monograph.id: monograph for monograph in self.monographs}
        placed: list = []
        for key, rows in keyed:
            page = by_id[key[-1]]
            plain = [
                other
                for other in keyed
                if other[0][:7] == key[:7]
                and _is_plain(by_id[other[0][-1]])
                and not _is_plain(page)
                and by_id[other[0][-1]].ingredients[0] in page.ingredients
            ]
            if plain and (key, rows) not in placed:
                best = min(plain, key=keyed.index)
                placed += [best] if best not in placed else []
            placed += [(key, rows)] if (key, rows) not in placed else []
        return placed

    def _number(self, i: int) -> int:
        return self.numbers[self.reads[i].monograph.id]

    def _allowed(self, i: int, plan: Plan) -> bool:
        if plan.monographs is not None and self._number(i) not in plan.monographs:
            return False
        if self._number(i) in plan.left_out:
            return False
        if not all(self._number(i) in self._pages_that_treat(need) for need in plan.of_page):
            return False
        return not any(self._matches(i, matcher) for matcher in plan.excluded)

    def _pages_that_treat(self, need: Need) -> set[int]:
        """The monographs that treat something, or, where none does, those that name it."""
        met = [i for i in range(len(self.reads)) if self._meets(i, need) is not None]
        treating = [i for i in met if "treats" in self._roles_of(i, need)]
        return {self._number(i) for i in treating or met}

    def _meets(self, i: int, need: Need) -> int | None:
        tiers = [TIERS.index(a.tier) for a in self._alternatives(need) if self._matches(i, a.matcher)]
        return min(tiers) if tiers else None

    def _alternatives(self, need: Need) -> list[Alternative]:
        """Words apart stand in only for a unit that no page has."""
        whole = [a for a in need.alternatives if a.tier != "scattered"]
        found = any(self._matches(i, a.matcher) for a in whole for i in range(len(self.reads)))
        return whole if found else list(need.alternatives)

    def _matches(self, i: int, matcher: Matcher) -> bool:  # noqa: PLR0911 # one a matcher
        fields = self.reads[i].fields
        if isinstance(matcher, AnyForm):
            return any(token.surface in matcher.surfaces for field in fields for token in field)
        if isinstance(matcher, AllWords):
            return all(self._frequency(i, stem(surface)) for surface in matcher.surfaces)
        if isinstance(matcher, AllParts):
            return all(any(self._matches(i, name) for name in part) for part in matcher.parts)
        if isinstance(matcher, SectionsOfKind):
            return KINDS.index(self.reads[i].section.kind) in matcher.kinds
        if isinstance(matcher, SectionsOfPages):
            return self._number(i) in matcher.monographs
        if isinstance(matcher, OnPages):
            return self._number(i) in matcher.monographs and self._matches(i, matcher.words)
        return any(self._sequence(field, matcher) for field in fields)

    @classmethod
    def _sequence(cls, field: list[Token], words: Phrase) -> bool:
        return bool(cls._reached(field, words))

    @staticmethod
    def _reached(field: list[Token], words: Phrase) -> set[int]:
        """The positions of the last word of a phrase where it stands."""
        positions: dict[str, set[int]] = {}
        for token in field:
            positions.setdefault(stem(token.surface), set()).add(token.position)
        guarded = {position + 1 for word in words.guard for position in positions.get(stem(word), ())}
        reached = positions.get(stem(words.surfaces[0]), set()) - guarded
        for n in range(1, len(words.surfaces)):
            step = words.positions[n] - words.positions[n - 1]
            standing = positions.get(stem(words.surfaces[n]), set())
            reached = {p + step + extra for p in reached for extra in range(words.slop + 1)} & standing
        return reached

    def _said(self, i: int, plan: Plan) -> set[str]:
        """What a section says of what is asked about drugs; parts of the question of which it says nothing do not count."""
        parts = [said for need in plan.told if (said := self._roles_of(i, need))]
        of_findings = set.intersection(*parts) if parts else set()
        together = len(plan.names.drugs) + len(plan.classes) > 1
        if plan.findings and (not together or plan.compares):
            return of_findings
        if plan.compares:
            return {"warns"} if self.reads[i].section.kind in ("contraindications", "precautions") else set()
        if not together or any(need.about == "topic" for need in plan.required):
            return of_findings
        said = set().union(*(self._roles_of(i, need) for need in plan.required if need.about in ("drug", "class")))
        warned = {"warns"} if self.reads[i].section.kind == "interactions" else set()
        return said & {"warns"} | warned | of_findings

    def _only_denies(self, i: int, plan: Plan) -> bool:
        return any(self._roles_of(i, need) == {"denies"} for need in plan.told)

    def _roles_of(self, i: int, need: Need) -> set[str]:
        return set().union(*(self._roles(i, one.matcher) for one in need.alternatives if self._matches(i, one.matcher)))

    def _roles(self, i: int, matcher: Matcher) -> set[str]:
        if isinstance(matcher, SectionsOfKind | SectionsOfPages):
            return set()
        if isinstance(matcher, OnPages):
            return self._roles(i, matcher.words)
        if isinstance(matcher, AllParts):
            parts = [[self._roles(i, n) for n in part if self._matches(i, n)] for part in matcher.parts]
            return set.intersection(*(set().union(*part) for part in parts))
        if isinstance(matcher, AnyForm):
            return self._roles_at(i, lambda field: {t.position for t in field if t.surface in matcher.surfaces})
        if isinstance(matcher, AllWords) and len(matcher.surfaces) > 1:
            return set()
        words = matcher if isinstance(matcher, Phrase) else Phrase(matcher.surfaces)
        return self._roles_at(i, lambda field: self._reached(field, words))

    def _roles_at(self, i, positions) -> set[str]:  # type: ignore[no-untyped-def]
        """The roles of the places of a section's heading and text."""
        read = self.reads[i]
        section = read.section
        found = set()
        if positions(read.fields[1]):
            found.add(heading_role(section.kind, section.heading, section.text))
        ranges = role_ranges(section.kind, section.heading, section.text)
        at = positions(read.fields[2])
        for token in (token for token in read.fields[2] if token.position in at):
            found.add(next(role for start, end, role in ranges if start <= token.start < end))
        names = {
            "causes": StatementRole.CAUSES,
            "treats": StatementRole.TREATS,
            "warns": WARNINGS,
            "denies": StatementRole.DENIES,
        }
        return {name for name, bits in names.items() for role in found if role & bits}

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
        if isinstance(matcher, SectionsOfPages):
            return 0.0
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


def _is_plain(monograph: Monograph) -> bool:
    """Whether a page is about one drug and is called so."""
    return len(monograph.ingredients) == 1 and monograph.title.casefold() == monograph.ingredients[0].casefold()


ORDERS = {
    "causes": ["causes", "warns", "", "treats", "denies"],
    "treats": ["treats", "", "causes warns", "denies"],
    "warns": ["warns", "causes", "", "treats", "denies"],
    "denies": ["denies", "", "treats", "warns", "causes"],
}
ANSWERS = {
    "causes": ["causes denies", "warns", "treats", ""],
    "treats": ["treats denies", "warns", "causes", ""],
    "warns": ["warns denies", "causes", "treats", ""],
    "denies": ["denies causes", "warns", "treats", ""],
}


def rank_of(said: set[str], order: list[str]) -> int:
    """The first place of an order that has one of these roles; "" is for none."""
    for rank, roles in enumerate(order):
        if set(roles.split()) & said or (not said and roles[:1] in ("", " ")):
            return rank
    return len(order)


def section_rank(said: set[str], asked: str | None, *, of_drug: bool, of_class: bool, compares: bool) -> int:
    """How near a section comes to what is asked."""
    if asked is not None:
        grave = ["denies", "causes", "warns", " treats"]
        order = ORDERS[asked]
        if asked == "denies" and not of_drug:
            order = grave
        elif of_drug or of_class:
            order = ANSWERS[asked]
        return rank_of(said, order)
    if compares:
        return rank_of(said, ["warns", "causes", "treats", "", "denies"])
    if of_drug:
        return rank_of(said, ["warns causes", "treats denies", ""])
    return rank_of(said, ["causes", "treats warns denies", ""] if of_class else ["causes treats warns", "", "denies"])


def page_rank(said: set[str], asked: str) -> int:
    """How near a page comes to what is asked, one that says the opposite as well after those that do not."""
    opposite = {"causes": "treats", "treats": "denies", "warns": "treats", "denies": "causes"}[asked]
    rank = rank_of(said, ORDERS[asked])
    if rank == 0:
        return int(opposite in said)
    return len(ORDERS[asked]) if opposite in said else rank + 1
