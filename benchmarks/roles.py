"""Measures what the search says that a page says of a finding, on labels by readers who saw the text alone (docs/labelling.md).

    python -m benchmarks.roles [--missed]

A label is a role that a page gives a finding: causes, treats, warns, denies. The finding is searched as a reader would, and what
its overview says of that page is compared. Labels with the source "put aside" are on pages of their own, with every role of each
finding, and are not looked at but for figures; rules are made on the others.
"""

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from search import FindingRow, SearchEngine, SearchRequest, build_index, read_corpus
from search.tables import read_file

ROOT: Final = Path(__file__).parent.parent
LABELS: Final = ROOT / "tests" / "data" / "role_labels.tsv"
CORPORA: Final = {"starter": ROOT / "corpus", "shared": ROOT.parent / "shared" / "data" / "monographs"}
ROLES: Final = ("causes", "treats", "warns", "denies")
COLUMNS: Final = (
    "corpus", "page", "anchor", "start", "end", "finding", "role", "qualifier", "quote", "comment", "source",
)  # fmt: skip

PUT_ASIDE: Final = "put aside"
"""The source of the labels and queries that nobody looks at who makes rules."""

_LABELLED: Final = {"do-not-use": "warns", "take-care": "warns"}
"""Labels do not tell these two apart."""

Key = tuple[str, str, str]
"""Corpus, page, finding."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one role: how many labels, how many of them were seen, and how many that were seen are no labels."""

    labels: int
    right: int
    wrong: int

    @property
    def precision(self) -> float:
        """The share that is labelled so, of what was seen so."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share that was seen, of what is labelled."""
        return self.right / max(1, self.labels)

    @property
    def f(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)


def read_labels(*, put_aside: bool) -> dict[Key, frozenset[str]]:
    """The roles of each page and finding of labels that are put aside, or of the others; only those of corpora that are here."""
    roles: dict[Key, set[str]] = defaultdict(set)
    for row in read_file(LABELS, COLUMNS):
        if CORPORA[row["corpus"]].is_dir() and (row["source"] == PUT_ASIDE) == put_aside:
            roles[row["corpus"], row["page"], row["finding"]].add(row["role"])
    return {key: frozenset(found) for key, found in roles.items()}


def seen_roles(keys: Iterable[Key]) -> dict[Key, frozenset[str]]:
    """What the search says of each page and finding."""
    by_corpus: dict[str, list[Key]] = defaultdict(list)
    for key in keys:
        by_corpus[key[0]].append(key)
    seen: dict[Key, frozenset[str]] = {}
    for corpus, wanted in by_corpus.items():
        with tempfile.TemporaryDirectory() as folder:
            build_index(read_corpus(CORPORA[corpus]), Path(folder))
            engine = SearchEngine(Path(folder))
            tables: dict[str, Mapping[str, FindingRow]] = {}
            for key in wanted:
                if key[2] not in tables:
                    tables[key[2]] = {row.id: row for row in engine.overview(SearchRequest(key[2][:200]))}
                row = tables[key[2]].get(key[1])
                seen[key] = frozenset(_LABELLED.get(role, role) for role in row.roles) if row else frozenset()
    return seen


def measure(labels: Mapping[Key, frozenset[str]], seen: Mapping[Key, frozenset[str]]) -> dict[str, Figures]:
    """The figures of each role over the labelled pages and findings."""
    return {
        role: Figures(
            labels=sum(role in roles for roles in labels.values()),
            right=sum(role in roles and role in seen[key] for key, roles in labels.items()),
            wrong=sum(role not in roles and role in seen[key] for key, roles in labels.items()),
        )
        for role in ROLES
    }


def main() -> None:
    """Print the figures of both halves, and with --missed what went wrong in the half that rules are made on."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--missed", action="store_true", help="print what went wrong in the half that rules are made on"
    )
    options = parser.parse_args()
    halves = {"made on": read_labels(put_aside=False), "put aside": read_labels(put_aside=True)}
    seen = seen_roles({**halves["made on"], **halves["put aside"]})
    for name, half in halves.items():
        print(f"{name}: {len(half)} pages and findings")
        for role, figures in measure(half, seen).items():
            print(
                f"  {role:8} {figures.labels:4} labels  P {figures.precision:.3f}  R {figures.recall:.3f}  F {figures.f:.3f}"
            )
    if options.missed:
        for key, roles in sorted(halves["made on"].items()):
            if roles - {"mentions"} != seen[key]:
                print(
                    f"{key[1]}  {key[2]}: {', '.join(sorted(roles))}; seen: {', '.join(sorted(seen[key])) or 'nothing'}"
                )


if __name__ == "__main__":
    main()
