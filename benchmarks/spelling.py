"""Measures how often the right name is suggested first for a misspelt one, and whether a real name is ever taken for another.

    python -m benchmarks.spelling [--corpus DIR] [--seed N]

Misspellings are made from the names of drugs, with one random edit: a letter added, left out or changed, two letters swapped, or
another spelling of the same sound. The real names are US brands that were taken out of the table of known names before they are
searched.
"""

import argparse
import random
import string
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from search import SearchEngine, SearchRequest, build_index, read_corpus
from search.analysis.tokens import term_key
from search.vocabulary.loading import load_vocabulary
from search.vocabulary.thesaurus import Thesaurus

ROOT = Path(__file__).parent.parent
SOUNDS = (
    ("ph", "f"), ("f", "ph"), ("c", "k"), ("k", "c"), ("y", "i"), ("i", "y"), ("z", "s"), ("s", "z"), ("x", "ks"), ("th", "t"),
    ("ll", "l"), ("l", "ll"), ("ch", "k"), ("ae", "e"), ("ine", "in"), ("ol", "all"), ("ei", "ie"),
)  # fmt: skip
KINDS = ("insert", "delete", "substitute", "transpose", "phonetic")


@dataclass(frozen=True, slots=True)
class Misspelling:
    """A name, its misspelling, and the kind of edit."""

    name: str
    typed: str
    kind: str


def misspelt(name: str, kind: str, rng: random.Random) -> str:
    """The name with one edit of a kind of `KINDS`."""
    at = rng.randrange(len(name) - 1)
    letter = rng.choice(string.ascii_lowercase)
    match kind:
        case "insert":
            return name[:at] + letter + name[at:]
        case "delete":
            return name[:at] + name[at + 1 :]
        case "substitute":
            return name[:at] + letter + name[at + 1 :]
        case "transpose":
            return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    possible = [(a, b) for a, b in SOUNDS if a in name]
    a, b = rng.choice(possible) if possible else (name[-1], name[-1] * 2)
    return name.replace(a, b, 1)


def misspellings(names: Iterable[str], known: frozenset[str], count: int, seed: int) -> list[Misspelling]:
    """Misspellings of names of one word, equally many of each kind; none of them is a known word."""
    rng = random.Random(seed)
    pool = sorted({name.lower() for name in names if name.isascii() and name.isalpha() and len(name) >= 6})
    made: list[Misspelling] = []
    while len(made) < count:
        name, kind = rng.choice(pool), KINDS[len(made) % len(KINDS)]
        typed = misspelt(name, kind, rng)
        if typed != name and typed not in known and typed not in {m.typed for m in made}:
            made.append(Misspelling(name, typed, kind))
    return made


def held_apart(vocabulary_known: Iterable[str], taken: frozenset[str], count: int, seed: int) -> list[str]:
    """Random brands of one word, of those that are only in the table of known names and not among `taken`."""
    pool = sorted(name for name in vocabulary_known if name.isalpha() and len(name) >= 4 and name.lower() not in taken)
    return random.Random(seed).sample(pool, count)


def offered_first(engine: SearchEngine, slip: Misspelling) -> bool:
    """Whether a search for the misspelling suggests the right name first, and searches for nothing else by itself."""
    page = engine.search(SearchRequest(slip.typed))
    offers = [option.query for note in page.notes if note.kind == "spelling" for option in note.options or ()]
    applied = any(note.searched for note in page.notes if note.kind == "spelling")
    return bool(offers) and offers[0].lower() == slip.name and not applied


def searched_as_another(engine: SearchEngine, name: str, ingredients: tuple[str, ...]) -> bool:
    """Whether a search for a real name also searched for anything else than the drug that it names (Frova is frovatriptan)."""
    page = engine.search(SearchRequest(name))
    read = [note.searched for note in page.notes if note.kind == "shorthand"]
    if read == [ingredients]:
        return False
    reasons = {why for item in page.items for section in item.sections for why in section.why}
    return bool(reasons & {"spelling", "synonym"}) or any(note.searched for note in page.notes)


def engine_without(index: Path, names: Iterable[str]) -> SearchEngine:
    """An engine that does not know these names."""
    vocabulary = load_vocabulary()
    apart = set(names)
    engine = SearchEngine(index)
    engine._thesaurus = Thesaurus(
        replace(vocabulary, known={name: parts for name, parts in vocabulary.known.items() if name not in apart})
    )
    return engine


def main() -> None:
    """Print both figures, and the misspellings that were missed."""
    parser = argparse.ArgumentParser(description="Misspelt names, and names held apart")
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "data" / "monographs")
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--count", type=int, default=500)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder)
        build_index(read_corpus(options.corpus), index)
        engine = SearchEngine(index)
        names = drug_names(engine)
        slips = misspellings(names, known_words(engine), options.count, options.seed)
        missed = [slip for slip in slips if not offered_first(engine, slip)]
        by_kind = Counter(slip.kind for slip in missed)
        print(
            f"right name offered first: {1 - len(missed) / len(slips):.3f} of {len(slips)}; missed by kind {dict(by_kind)}"
        )
        for slip in missed:
            print(f"  {slip.typed} (of {slip.name}, {slip.kind})")
        brands = held_apart(load_vocabulary().known, taken_names(engine), options.count, options.seed)
        apart = engine_without(index, brands)
        known = load_vocabulary().known
        wrong = [name for name in brands if searched_as_another(apart, name, known[name])]
        print(f"real names held apart, searched as another drug: {len(wrong)} of {len(brands)} {wrong}")


def drug_names(engine: SearchEngine) -> list[str]:
    """The ingredients of all monographs, and the names of drugs in the vocabulary."""
    snapshot = engine._current()
    titles = [part for monograph in snapshot.monographs for part in monograph.ingredients]
    return [*titles, *(drug.name for drug in load_vocabulary().drugs)]


def known_words(engine: SearchEngine) -> frozenset[str]:
    """All words of names in the vocabulary, and all words of the index."""
    snapshot = engine._current()
    vocabulary = load_vocabulary()
    names = [*vocabulary.known, *(n for d in vocabulary.drugs for n in d.names), *(b.name for b in vocabulary.brands)]
    return frozenset(snapshot.postings.surfaces) | {word for name in names for word in term_key(name)}


def taken_names(engine: SearchEngine) -> frozenset[str]:
    """All words of the names of drugs, brands and abbreviations that were verified, and all words of the index."""
    snapshot = engine._current()
    vocabulary = load_vocabulary()
    verified = [*(n for d in vocabulary.drugs for n in d.names), *(b.name for b in vocabulary.brands)]
    verified += [row.letters for row in vocabulary.abbreviations]
    return frozenset(snapshot.postings.surfaces) | {word for name in verified for word in term_key(name)}


if __name__ == "__main__":
    main()
