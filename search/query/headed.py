"""Findings with a word beside them that makes another thing of them: "scarlet fever" is no fever, "bladder cancer" not any cancer.

Where the pages have such words side by side, they are searched so. Words that say how bad or how long something is make nothing
else of it (tables/qualifiers.tsv). Knows nothing of needs or pages.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from search.analysis import function_words, stem
from search.query.entities import Entity
from search.query.parser import Term
from search.query.plan import Lexicon
from search.query.populations import is_population
from search.tables import read_table

_SHORTEST: Final = 3
"""Letters of a word that makes another thing of a finding."""


def with_heads(terms: Sequence[Term], entities: Sequence[Entity], lexicon: Lexicon) -> list[Entity]:
    """The entities of a query, findings joined with the word that makes another thing of them.

    Args:
        terms: of the query.
        entities: what is known in it, in order.
        lexicon: the words of the index.
    """
    taken = {number for entity in entities for number in range(entity.start, entity.end)}
    joined: list[Entity] = []
    for entity in entities:
        can_be_joined = entity.kind == "term" and entity.intent is None and not is_population(entity.key)
        whole = next(_joined(terms, entity, taken, lexicon), entity) if can_be_joined else entity
        taken |= set(range(whole.start, whole.end))
        joined.append(whole)
    return joined


def _joined(terms: Sequence[Term], entity: Entity, taken: set[int], lexicon: Lexicon) -> Iterator[Entity]:
    """A finding with the word before it, or the one behind it, where pages have them side by side."""
    for at, start, end in (
        (entity.start - 1, entity.start - 1, entity.end),
        (entity.end, entity.start, entity.end + 1),
    ):
        if not 0 <= at < len(terms) or at in taken or not _can_be_head(terms[at]):
            continue
        key = tuple(surface for term in terms[start:end] for surface in term.surfaces)
        if lexicon.side_by_side(key):
            typed = " ".join(term.typed for term in terms[start:end])
            yield replace(entity, start=start, end=end, key=key, typed=typed, meaning=None)


def _can_be_head(term: Term) -> bool:
    if term.kind != "word" or term.quoted or len(term.surfaces) != 1:
        return False
    word = term.surfaces[0]
    return (
        len(word) >= _SHORTEST and word.isalpha() and word not in function_words() and stem(word) not in _qualifiers()
    )


@cache
def _qualifiers() -> frozenset[str]:
    return frozenset(stem(row["word"]) for row in read_table("query/tables/qualifiers.tsv", ("word", "source")))
