"""What a page of results shows beside the texts of its hits: headings, legend, notices, words to try.

The template `results.html` has this module as `present`. Knows nothing of requests or the index.
"""

from collections.abc import Iterable

from search import KIND_LABELS, MonographHit, Section, SectionHit
from web.labels import REASON_LABELS


def section_heading(section: Section | SectionHit, title: str) -> str:
    """What a section is called: its heading, or the label of its kind for text right under the title, which has no heading."""
    return section.heading if section.heading not in ("", title) else KIND_LABELS[section.kind]


def path_above(hit: SectionHit, title: str) -> list[str]:
    """The headings above a hit, except those that its card shows already: the title, and the label of its kind."""
    shown = {title.casefold(), KIND_LABELS[hit.kind].casefold()}
    return [above for above in hit.heading_path if above.casefold() not in shown]


def legend(items: Iterable[MonographHit]) -> list[tuple[str, str]]:
    """(CSS class, meaning) of each kind of mark in these hits; empty where all are of words as typed."""
    matches = (m for item in items for hit in item.sections for excerpt in hit.excerpts for m in excerpt.matches)
    reasons = {REASON_LABELS.get(why, why): why for _, _, why in matches}
    if reasons.keys() <= {"as typed"}:
        return []
    return sorted(((why, words) for words, why in reasons.items()), key=lambda pair: list(REASON_LABELS).index(pair[0]))


def notices(items: Iterable[MonographHit]) -> list[str]:
    """What the monographs say of their own origin, each notice once."""
    return list(dict.fromkeys(item.notice for item in items if item.notice))


def single_words(text: str) -> list[str]:
    """The words of a query that a reader may try one at a time, without its syntax; empty where there is only one."""
    words = [word for word in text.split() if word[0] not in '-"*' and ":" not in word]
    return list(dict.fromkeys(words)) if len(words) > 1 else []
