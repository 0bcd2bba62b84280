"""Measures the share of the bullets under side effects that hold a finding the vocabulary knows, by any of its names.

    python -m benchmarks.known_findings [--missed 50] [--corpus starter]

A bullet is an item of a list, or a line of a section without lists. It holds a finding where the words of a name stand side by side
in it, compared by their stems as the thesaurus does, and not behind a word of the name's guard. Rows are made from the pages whose
hash is even; those whose hash is odd are put aside, and figures are given for both. Organs, groups of people and the topics of
questions, which the same tables hold, do not count; `--missed` prints what is unknown in the half that rows are made from.
"""

import argparse
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from search import Section, read_corpus
from search.analysis import Key, Token, analyse, codes_for_parts, function_words, stem, term_key
from search.vocabulary import load_vocabulary, stems
from search.vocabulary.concepts import Vocabulary

ROOT: Final = Path(__file__).parent.parent
CORPORA: Final = {"starter": ROOT / "corpus", "shared": ROOT.parent / "shared" / "data" / "monographs"}
KINDS: Final = ("side-effects", "serious-side-effects")
NO_FINDINGS: Final = frozenset({
    "breastfeeding", "children", "contraception", "driving", "duration of action", "emergency contraception", "exercise", "heart",
    "injection", "kidney", "liver", "lung", "older people", "oral contraceptive", "smoking cessation", "stopping treatment",
    "storage", "stroke prevention", "time to work", "with food",
})  # fmt: skip
"""Rows of findings.tsv that name no finding of a patient."""

Guard = frozenset[str]


class KnownFindings:
    """Finds the names of findings in texts.

    Args:
        vocabulary: its findings, their abbreviations, and the one-way phrases that lead to one.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._guards: dict[Key, Guard] = {}
        for term in vocabulary.terms:
            if term.kind == "finding" and term.name not in NO_FINDINGS:
                for name in term.names:
                    guard = term.guard if name == term.name else ()
                    self._guards[stems(term_key(name))] = frozenset(map(stem, guard))
        findings = frozenset(self._guards)
        for row in vocabulary.one_way:
            if any(stems(term_key(text)) in findings for text in row.means):
                self._guards.setdefault(stems(term_key(row.typed)), frozenset())
        self._letters: dict[str, bool] = {
            term_key(row.letters)[0]: row.word
            for row in vocabulary.abbreviations
            if any(stems(term_key(text)) in findings for text in row.means)
        }
        self._lengths: dict[str, set[int]] = defaultdict(set)
        for key in self._guards:
            self._lengths[key[0]].add(len(key))

    def holds(self, text: str) -> bool:
        """Whether a text names a finding."""
        tokens = codes_for_parts(analyse(text))
        return any(self._starts(text, tokens, number) for number in range(len(tokens)))

    def _starts(self, text: str, tokens: list[Token], number: int) -> bool:
        """Whether a name begins at a token."""
        token = tokens[number]
        if token.surface in self._letters:
            return not self._letters[token.surface] or text[token.start : token.end].isupper()
        for length in self._lengths.get(stem(token.surface), ()):
            run = tokens[number : number + length]
            guard = self._guards.get(tuple(stem(one.surface) for one in run))
            if guard is not None and run[-1].position - token.position == length - 1:
                before = stem(tokens[number - 1].surface) if number else ""
                if before not in guard:
                    return True
        return False


class _Items(HTMLParser):
    """Collects the texts of the items of lists; an item that holds a list ends where that begins."""

    def __init__(self) -> None:
        super().__init__()
        self.items: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        if tag == "li":
            self.items.append("")
        self._inside = tag == "li" or (self._inside and tag not in ("ul", "ol"))

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "li"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.items[-1] += data


def bullets(section: Section) -> list[str]:
    """The items of a section's lists; its lines where it has none."""
    parser = _Items()
    parser.feed(section.html)
    texts = parser.items or section.text.split("\n")
    return [text.strip() for text in texts if text.strip()]


def is_put_aside(page: str) -> bool:
    """Whether no rows are made from a page."""
    return hashlib.sha256(page.encode()).digest()[0] % 2 == 1


def halves(corpus: Path) -> dict[str, list[str]]:
    """All bullets under side effects: of the pages that rows are made from, and of those put aside."""
    found: dict[str, list[str]] = {"made from": [], "put aside": []}
    for page in read_corpus(corpus):
        for section in page.sections:
            if section.kind in KINDS:
                found["put aside" if is_put_aside(page.id) else "made from"] += bullets(section)
    return found


def _phrases(texts: Iterable[str]) -> Iterator[str]:
    """Runs of at most three words between function words and the ends of clauses."""
    for text in texts:
        words = [token for token in codes_for_parts(analyse(text)) if token.surface not in function_words()]
        for length in (1, 2, 3):
            for start in range(len(words) - length + 1):
                run = words[start : start + length]
                if run[-1].position - run[0].position == length - 1:
                    yield " ".join(token.written for token in run)


def _print_missed(missed: list[str], count: int) -> None:
    for heading, counted in (("phrases", Counter(_phrases(missed))), ("bullets", Counter(missed))):
        print(f"  commonest {heading} of what is unknown:")
        for text, times in counted.most_common(count):
            print(f"    {times:5} {text[:150]}")


def main() -> None:
    """Print the shares of both halves of each corpus, and with --missed what is unknown in the half that rows are made from."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--missed", type=int, default=0, metavar="N", help="print so many unknown phrases and bullets")
    parser.add_argument("--corpus", choices=tuple(CORPORA), help="measure this one only")
    options = parser.parse_args()
    known = KnownFindings(load_vocabulary())
    for name, folder in CORPORA.items():
        if folder.is_dir() and options.corpus in (None, name):
            for half, texts in halves(folder).items():
                missed = [text for text in texts if not known.holds(text)]
                share = 1 - len(missed) / max(1, len(texts))
                print(f"{name}, {half}: {len(texts)} bullets, {share:.3f} hold a known finding")
                if options.missed and half == "made from":
                    _print_missed(missed, options.missed)


if __name__ == "__main__":
    main()
