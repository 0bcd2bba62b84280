"""Measures precision and recall of the rules for negation, on mentions labelled by hand (`tests/data/negation_labels.tsv`).

    python -m benchmarks.negation [--missed]

About half of the labels (chosen by a hash of their place) were looked at while the rules were made ("tuned"); the others were not
("held").
"""

import argparse
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from search import read_corpus
from search.statements.clauses import denied_ranges
from search.tables import read_file

ROOT = Path(__file__).parent.parent
LABELS = ROOT / "tests" / "data" / "negation_labels.tsv"
SHARED = ROOT.parent / "shared" / "data" / "monographs"


@dataclass(frozen=True, slots=True)
class Label:
    """A mention of a finding: monograph, section, range in code points, and whether the text denies it."""

    monograph: str
    anchor: str
    start: int
    end: int
    negated: bool
    comment: str

    @property
    def held(self) -> bool:
        """Whether the label was kept out of sight while the rules were made."""
        return hashlib.sha256(f"{self.monograph}#{self.anchor}".encode()).digest()[0] % 2 == 1


@dataclass(frozen=True, slots=True)
class Figures:
    """How many mentions were rightly taken for denied, which were wrongly, and which denied ones were missed."""

    right: int
    wrong: tuple[Label, ...]
    missed: tuple[Label, ...]

    @property
    def precision(self) -> float:
        """The share that is denied, of the mentions that were taken for denied."""
        return self.right / max(1, self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        """The share that was taken for denied, of the mentions that are denied."""
        return self.right / max(1, self.right + len(self.missed))


def read_labels() -> list[Label]:
    """The labels, in the order of the file."""
    columns = ("monograph", "anchor", "start", "end", "negated", "comment")
    return [
        Label(
            row["monograph"], row["anchor"], int(row["start"]), int(row["end"]), row["negated"] == "yes", row["comment"]
        )
        for row in read_file(LABELS, columns)
    ]


def texts_of(labels: Iterable[Label]) -> dict[tuple[str, str], str]:
    """(monograph, anchor) → text, for each section that has a label, read from the shared pages."""
    wanted = {(label.monograph, label.anchor) for label in labels}
    return {
        (page.id, section.anchor): section.text
        for page in read_corpus(SHARED)
        for section in page.sections
        if (page.id, section.anchor) in wanted
    }


def measure(labels: Iterable[Label], texts: dict[tuple[str, str], str]) -> Figures:
    """The figures of the rules on some labels; `texts` has the text of their sections."""
    right, wrong, missed = 0, [], []
    for label in labels:
        ranges = denied_ranges(texts[label.monograph, label.anchor])
        said = any(start <= label.start < end for start, end in ranges)
        right += said and label.negated
        wrong += [label] if said and not label.negated else []
        missed += [label] if label.negated and not said else []
    return Figures(right, tuple(wrong), tuple(missed))


def main() -> None:
    """Print the figures of both halves, and with --missed what went wrong in the tuned half."""
    parser = argparse.ArgumentParser(description="Precision and recall of negation")
    parser.add_argument("--missed", action="store_true", help="print the mentions of the tuned half that went wrong")
    options = parser.parse_args()
    labels = read_labels()
    texts = texts_of(labels)
    halves = {"tuned": [x for x in labels if not x.held], "held": [x for x in labels if x.held], "all": labels}
    for name, half in halves.items():
        found = measure(half, texts)
        denied = sum(label.negated for label in half)
        print(
            f"{name}: {len(half)} mentions, {denied} denied; precision {found.precision:.3f}, recall {found.recall:.3f}"
        )
    if options.missed:
        found = measure(halves["tuned"], texts)
        for sort, those in (("wrong", found.wrong), ("missed", found.missed)):
            for label in those:
                text = texts[label.monograph, label.anchor]
                print(f"{sort} [{label.comment}] {text[max(0, label.start - 110) : label.start]}>>{text[label.start : label.end]}<<"
                      f"{text[label.end : label.end + 60]}".replace("\n", " / "))  # fmt: skip


if __name__ == "__main__":
    main()
