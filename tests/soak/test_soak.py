"""The soaks of `make soak`, shortened: what they find in a second or two must hold as well."""

from pathlib import Path

import pytest

from search import SearchEngine, SearchRequest
from tests.soak.hostile import hostile, texts_for
from tests.soak.kills import kill_builds
from tests.soak.overload import overload
from tests.soak.rebuilds import rebuild_under_load

pytestmark = pytest.mark.serial


def test_killed_builds_leave_the_old_index_or_the_new(tmp_path: Path) -> None:
    """Under queries from two workers: no answer is an error, short, mixed or older than one before; nothing is left over."""
    found = kill_builds(tmp_path, times=8)
    assert found.killed == 8
    assert found.answers > 100
    assert found.wrong == ()
    assert found.left_over == ()


def test_rebuilds_disturb_no_search(tmp_path: Path, fixture_corpus: Path) -> None:
    """Each search of eight threads in two processes gives what the quiet index gives."""
    found = rebuild_under_load(tmp_path, searches=400, rebuilds=3, corpus=fixture_corpus)
    assert found.rebuilds >= 3
    assert found.searches >= 400
    assert found.wrong == ()


def test_what_waited_too_long_is_refused_and_the_rest_is_served(tmp_path: Path, fixture_corpus: Path) -> None:
    """Far over what can be borne: answers are 200, or 503 with Retry-After; afterwards few or none are refused."""
    found = overload(tmp_path, connections=600, seconds=2, corpus=fixture_corpus, max_wait=100)
    assert set(found.overloaded.statuses) == {200, 503}
    assert found.overloaded.statuses[200] > 100
    assert found.overloaded.without_retry == 0
    assert found.after.refused < found.overloaded.refused / 2


def test_any_text_is_answered(index_root: Path) -> None:
    """Characters, marks and words in any order: each is answered, and the slowest are found."""
    engine = SearchEngine(index_root, answer_bytes=0)
    texts = list(texts_for(engine, 600))
    found = hostile(engine, texts, lambda text: engine.search(SearchRequest(text)).to_dict())
    assert found.failed == ()
    assert found.texts == len(texts) > 600
    assert found.worst in texts
