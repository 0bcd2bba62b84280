"""A row of a table of words that says what nobody knows is refused, with file and line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from search import tables
from search.analysis.word_lists import fold_rules, function_words, token_words, word_families
from search.errors import VocabularyError
from search.vocabulary.directions import directions


@pytest.mark.parametrize(
    ("load", "table", "content", "reason"),
    [
        (token_words, "analysis/tables/token_words.tsv", "word\trole\tsource\nx\tverb\town", "unknown role 'verb'"),
        (fold_rules, "analysis/tables/uk_us_folds.tsv", "where\tuk\tus\tsource\nend\ta\tb\town", "unknown place 'end'"),
        (word_families, "analysis/tables/word_families.tsv", "where\tword\tbecomes\tsource\nend\ta\tb\town", "'end'"),
        (directions, "vocabulary/tables/directions.tsv", "where\tword\tdirection\tsource\nword\ta\tup\town", "'up'"),
        (directions, "vocabulary/tables/directions.tsv", "where\tword\tdirection\tsource\nend\ta\tlow\town", "'end'"),
    ],
)
def test_a_row_that_nobody_knows_is_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    load: Callable[[], object],
    table: str,
    content: str,
    reason: str,
) -> None:
    """The message names the value, the file and the line."""
    (tmp_path / table).parent.mkdir(parents=True)
    (tmp_path / table).write_text(content, encoding="utf-8")
    monkeypatch.setattr(tables, "files", lambda _: tmp_path)
    with pytest.raises(VocabularyError, match=reason) as caught:
        load.__wrapped__()  # type: ignore[attr-defined] # past the cache
    assert (caught.value.source, caught.value.line) == (f"search/{table}", 2)


def test_a_word_may_have_several_roles() -> None:
    """The word "may" is a month behind a number and before one; "no" is a function word and, with a full stop, an abbreviation."""
    words = token_words()
    assert "may" in words.measures & words.amounts
    assert "no" in words.abbreviations & function_words()
