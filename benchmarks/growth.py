"""Makes a larger corpus out of real pages: recombines their sections, with new drug names and a slowly growing vocabulary.

Copies of the pages would not do, because the same words would find all copies of one. A new page takes each section from
another real page. It is named for a new combination of drugs, or with syllables of real names. One word in `NEW_WORD_EVERY` of
its text is a word that no other page has, or few have, so that the vocabulary goes on growing as it does in real text (Heaps'
law).
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from search.model import KIND_LABELS, Monograph, Section

NEW_WORD_EVERY: Final = 400
"""Among the real pages, about one word in 380 of the second thousand pages is new."""

_WORD: Final = re.compile(r"[a-z]{6,}")


def grow(real: list[Monograph], pages: int, folder: Path, seed: int) -> None:
    """Write new Markdown pages to a folder, so many that there are `pages` together with the real ones, which are not written.

    The same pages and seed give the same new pages.
    """
    maker = _Maker(real, random.Random(seed))
    for number in range(len(real), pages):
        title, text = maker.page(real[number % len(real)])
        path = folder / f"{number // 1000:03}" / f"{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {title}\n\n{text}\n", encoding="utf-8")


class _Maker:
    def __init__(self, real: list[Monograph], rng: random.Random) -> None:
        self._rng = rng
        self._by_kind: dict[str, list[Section]] = defaultdict(list)
        for monograph in real:
            for section in monograph.sections:
                self._by_kind[section.kind].append(section)
        self._syllables = sorted({part for monograph in real for part in _syllables(monograph.title)})
        self._first = sorted({monograph.title.split()[0] for monograph in real if monograph.title})

    def page(self, like: Monograph) -> tuple[str, str]:
        """(title, Markdown) of a page with the same kinds of sections as `like`, each section of another page."""
        if "+" in like.title:  # two pages in three of the real ones are combinations, and bring no new name
            title = " + ".join(self._rng.sample(self._first, 1 + like.title.count("+")))
        else:
            title = self._name().capitalize()
        parts = [self._section(section.kind) for section in like.sections]
        return title, "\n\n".join(parts)

    def _section(self, kind: str) -> str:
        section = self._rng.choice(self._by_kind[kind])
        text = _WORD.sub(self._sometimes_new, section.text)
        heading = section.heading if kind == "faqs" else KIND_LABELS[kind]
        return f"## {heading}\n\n{text}"

    def _sometimes_new(self, match: re.Match[str]) -> str:
        return self._name() if self._rng.randrange(NEW_WORD_EVERY) == 0 else match[0]

    def _name(self) -> str:
        return "".join(self._rng.choice(self._syllables) for _ in range(self._rng.choice((2, 3, 3))))


def _syllables(title: str) -> Iterable[str]:
    return re.findall(r"[bcdfghjklmnpqrstvwxyz]{1,2}[aeiou]{1,2}[lmnrst]?", title.lower())
