"""What the words of a question say of the section that is meant."""

import pytest

from search.analysis.tokens import term_key
from search.model import KINDS
from search.query.intents import intent


@pytest.mark.parametrize(
    ("words", "role", "kind"),
    [
        ("side effects", "section", "side-effects"),
        ("side effect", "section", "side-effects"),
        ("mechanism of action", "section", "how-it-works"),
        ("interactions", "section", "interactions"),
        ("causes", "verb", "side-effects"),
        ("used for", "verb", "uses"),
        ("pregnant", "topic", "pregnancy"),
        ("miss a dose", "topic", "faqs"),
    ],
)
def test_words_mean_a_section(words: str, role: str, kind: str) -> None:
    """Words are known in all their forms; the first kind is the likeliest."""
    found = intent(term_key(words))
    assert found is not None
    assert (found.role, KINDS[found.kinds[0]]) == (role, kind)


def test_other_words_mean_none() -> None:
    """A finding is no intent, nor half of one."""
    assert intent(term_key("nausea")) is None
    assert intent(term_key("side")) is None
