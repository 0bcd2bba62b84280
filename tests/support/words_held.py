"""Whether a monograph holds every word of its page, each once: nothing that an author wrote is lost.

A word is a maximal run of letters and digits of the body, Markdown markup, list numbers and link targets removed.
"""

import re
from collections import Counter

from search.model import Monograph
from search.reading.markdown.front_matter import split_front_matter
from search.reading.section_kinds import label_kind

_WORD = re.compile(r"[^\W_]+")
_LIST_NUMBER = re.compile(r"^[ \t>]*\d{1,9}[.)][ \t]", re.MULTILINE)
_TARGET = re.compile(r"\]\([^()\s]*\)")
_TAG = re.compile(r"</?(?:sub|sup|b|i)>|<br\s*/?>")


def words_of_page(text: str) -> Counter[str]:
    """The words of a page's body."""
    _, body, _ = split_front_matter(text.removeprefix("\ufeff"), "page.md")
    plain = _TAG.sub("", _TARGET.sub("]", _LIST_NUMBER.sub("", body))).replace("**", "").replace("__", "")
    return Counter(_WORD.findall(plain))


def words_held(monograph: Monograph, text: str) -> Counter[str]:
    """The words that a monograph holds: title, generic name, headings, section texts, notices.

    The labels of the two fields (`Generic Name`, and a title written again as a heading) are held by being those fields.
    """
    held: Counter[str] = Counter()

    def add(part: str) -> None:
        held.update(_WORD.findall(part))

    open_paths: set[tuple[str, ...]] = set()
    for section in monograph.sections:
        whole = (*section.heading_path, section.heading)
        above = [whole[:n] for n in range(2, len(whole))]
        for path in above:
            if path not in open_paths:
                add(path[-1])  # a heading that stands over sections and has no text of its own
        open_paths = {*above, whole}
        if section.heading != monograph.title or len(section.heading_path) > 1:
            add(section.heading)
        add(section.text)
    for notice in monograph.notices:
        add(f"{notice.heading} {notice.text}")
    for label in _field_labels(text, monograph):
        add(label)
    add(monograph.generic_name)
    return held


def _field_labels(text: str, monograph: Monograph) -> list[str]:
    """Headings that repeat the title, and the `Generic Name` labels whose text is the field and no section."""
    _, body, _ = split_front_matter(text.removeprefix("\ufeff"), "page.md")
    titles, labels = [], []
    for line in body.splitlines():
        field = re.match(r"[\s*_#>+-]*([A-Za-z][^:*_#]*?)\s*(?:[:*_]+\s*(.*))?$", line)
        if line.startswith("#") and _WORD.findall(line.lower()) == _WORD.findall(monograph.title.lower()):
            titles.append(line)
        elif field and (meaning := label_kind(field[1])) and meaning.kind == "generic-name":
            labels.append(field[1])
    for section in monograph.sections:
        if section.heading in labels:
            labels.remove(section.heading)
    return titles + labels
