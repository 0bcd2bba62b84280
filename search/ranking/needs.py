"""A need of the plan → the sections that meet it by any of its alternatives, and the tier by which they do.

What the vocabulary knows in several ways (a drug by all its names) is looked for once and then held: it is asked again and again.
Knows nothing of whole queries, scores or order.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.cache import BoundedCache
from search.index import Postings
from search.model import TIERS
from search.query import Alternative, Need, Phrase
from search.ranking.matches import Matches, Tiers, Weights, union_by_tier
from search.ranking.matching import match
from search.ranking.sorted_arrays import Flags, Rows, Sections

MATCHES_BYTES: Final = 6_000_000
"""A known term takes 13 bytes for each section that meets it: four hundred terms of a thousand sections."""

FLAGS_BYTES: Final = 2_000_000
"""And one byte for each section, whether it meets the need by more than the names of its page; another, in which roles."""

_TIER_NUMBERS: Final = {tier: number for number, tier in enumerate(TIERS)}

Alternatives = tuple[Alternative, ...]

_NOWHERE: Final = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class NeedMatches:
    """Sections that meet a need, ascending, with weights as of `Matches`; `tiers` None where all meet it as typed.

    `places`: of each phrase of several words that was looked for, where it stands.
    """

    sections: Sections
    weights: Weights
    tiers: Tiers | None = None
    places: Mapping[Phrase, Rows] | None = None

    @property
    def bytes(self) -> int:
        """The size of the arrays."""
        return sum(array.nbytes for array in self._arrays())

    def only(self, wanted: Flags) -> "NeedMatches":
        """Those of a (sections,) bool."""
        tiers = None if self.tiers is None else self.tiers[wanted]
        return NeedMatches(self.sections[wanted], self.weights[wanted], tiers)

    def locked(self) -> "NeedMatches":
        """The same, read-only, to be shared by requests."""
        for array in self._arrays():
            array.flags.writeable = False
        return self

    def _arrays(self) -> list[Any]:
        return [
            self.sections,
            self.weights,
            *([] if self.tiers is None else [self.tiers]),
            *(self.places or {}).values(),
        ]


class NeedCache:
    """What was found for needs with several alternatives, on one generation: bounded, shared by threads."""

    __slots__ = ("matches", "outside_names", "roles")

    def __init__(self) -> None:
        self.matches = BoundedCache[Alternatives, NeedMatches](MATCHES_BYTES)
        self.outside_names = BoundedCache[Alternatives, Flags](FLAGS_BYTES)
        self.roles = BoundedCache[Alternatives, npt.NDArray[np.uint8]](FLAGS_BYTES)


def match_need(need: Need, postings: Postings, cache: NeedCache) -> NeedMatches:
    """Sections that meet a need by any alternative."""
    if len(need.alternatives) == 1:
        matches = match(need.alternatives[0].matcher, postings)
        return NeedMatches(matches.sections, matches.weights, None, _places(need.alternatives, [matches]))
    held = cache.matches.get(need.alternatives)
    if held is None:
        held = _match_alternatives(need.alternatives, postings).locked()
        cache.matches.put(need.alternatives, held, held.bytes)
    return held


def _match_alternatives(alternatives: Sequence[Alternative], postings: Postings) -> NeedMatches:
    """Each section by its alternatives of the best tier alone: the greatest weight of those counts, other tiers add nothing."""
    first, *others = alternatives
    typed = match(first.matcher, postings)
    looked_for, every = [first], [typed]
    parts, tiers = [typed], [_TIER_NUMBERS[first.tier]]
    greatest = typed.weights.max(initial=0.0)
    for alternative in others:
        if alternative.tier == "scattered" and any(len(part.sections) for part in parts):
            continue  # words apart stand in only for a unit that no page has
        matches = match(alternative.matcher, postings)
        looked_for.append(alternative)
        every.append(matches)
        if len(matches.sections):
            parts.append(_capped(matches, greatest))
            tiers.append(_TIER_NUMBERS[alternative.tier])
    joined, tier_of = union_by_tier(parts, tiers)
    return NeedMatches(joined.sections, joined.weights, tier_of, _places(looked_for, every))


def _places(alternatives: Iterable[Alternative], matches: Iterable[Matches]) -> Mapping[Phrase, Rows]:
    """Of each phrase of several words where it stands."""
    return {
        alternative.matcher: _NOWHERE if of.places is None else of.places
        for alternative, of in zip(alternatives, matches, strict=True)
        if isinstance(alternative.matcher, Phrase) and (of.places is not None or not len(of.sections))
    }


def _capped(matches: Matches, greatest: float) -> Matches:
    """An expansion never outweighs what was typed, though the weights of several words sum to more than that of one."""
    heaviest = float(matches.weights.max())
    if not greatest or heaviest <= greatest:
        return matches
    return Matches(matches.sections, matches.weights * (greatest / heaviest))
