"""Errors of ours name file and line, and cross from one process to another as they are."""

import pickle

import pytest

from search.errors import CollectionError, MonographError, VocabularyError


@pytest.mark.parametrize("kind", [MonographError, VocabularyError, CollectionError])
@pytest.mark.parametrize("line", [None, 7])
def test_an_error_crosses_processes(kind: type[VocabularyError], line: int | None) -> None:
    """A reader in another process raises it, and the build says it word for word."""
    error = kind("is odd; mend it", source="a.tsv", line=line)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 # our own bytes
    assert type(again) is kind
    assert str(again) == str(error) == ("a.tsv: is odd; mend it" if line is None else "a.tsv:7: is odd; mend it")
    assert (again.reason, again.source, again.line) == (error.reason, "a.tsv", line)
