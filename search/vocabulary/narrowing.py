"""One-way look-ups: a phrase → the narrower terms that are searched with it, never back.

Knows nothing of drugs or queries.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from search.analysis import Key, term_key
from search.vocabulary.checks import check_directions
from search.vocabulary.concepts import OneWay
from search.vocabulary.meanings import Target, stems, targets_of
from search.vocabulary.terms import Terms


def narrower_targets(
    rows: Iterable[OneWay], terms: Terms, letters: Mapping[Key, Iterable[Target]]
) -> dict[Key, tuple[Target, ...]]:
    """Stems of a phrase → the names that are searched with it.

    The names of a finding mean the same, so what is searched with one of them is searched with all.

    Args:
        rows: in the order of the table.
        terms: findings and classes: where a row means one of them, all its names are searched.
        letters: stems of a phrase → abbreviations of it; they come before the names of the rows.

    Raises:
        VocabularyError: a row leads from low to high or back.
    """
    narrower: dict[Key, list[Target]] = defaultdict(
        list, {phrase: list(targets) for phrase, targets in letters.items()}
    )
    for row in rows:
        check_directions((row.typed, *row.means), row)
        typed = _typed_as(row.typed, terms)
        targets = (target for text in row.means for target in terms.targets(text, row.guard))
        others = [target for target in targets if stems(target.key) not in typed]
        for stemmed in typed:
            narrower[stemmed] += others
    return {stemmed: tuple(dict.fromkeys(targets)) for stemmed, targets in narrower.items()}


def _typed_as(text: str, terms: Terms) -> frozenset[Key]:
    """The stems of a phrase; of all names of the finding that it names, if it names one."""
    term = terms.named(text)
    if term is None or term.kind != "finding":
        return frozenset((stems(term_key(text)),))
    return frozenset(stems(target.key) for target in targets_of(term))
