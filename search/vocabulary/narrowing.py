"""One-way look-ups: a phrase → the narrower terms that are searched with it, never back.

Knows nothing of drugs or queries.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from search.analysis import Key, term_key
from search.vocabulary.checks import check_directions
from search.vocabulary.concepts import OneWay
from search.vocabulary.meanings import Target, stems
from search.vocabulary.terms import Terms


def narrower_targets(
    rows: Iterable[OneWay], terms: Terms, letters: Mapping[Key, Iterable[Target]]
) -> dict[Key, tuple[Target, ...]]:
    """Stems of a phrase → the names that are searched with it.

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
        stemmed = stems(term_key(row.typed))
        targets = (target for text in row.means for target in terms.targets(text, row.guard))
        narrower[stemmed] += [target for target in targets if stems(target.key) != stemmed]
    return {stemmed: tuple(targets) for stemmed, targets in narrower.items()}
