"""Chooses the setting of pseudo-relevance feedback: tries a grid of settings on four judged collections.

python -m benchmarks.tuning

Each collection is held out in turn: the setting that is best on the other three is measured on it, which shows what the setting
is worth on documents that had no part in the choice.
"""

import itertools
import statistics
import tempfile
from pathlib import Path

from search import SearchEngine, build_index
from search.evaluation.feedback import FEEDBACK, Feedback
from search.evaluation.judged_files import Collection, read_collection, read_documents
from search.evaluation.measures import measure
from search.evaluation.ranker import Ranker, Setting, run_collection

ROOT = Path(__file__).parent.parent
COLLECTIONS = ROOT.parent / "shared" / "data" / "collections"
NAMES = ("med", "cranfield", "cisi", "cacm")
GRID = [
    Feedback(sections, terms, share)
    for sections, terms, share in itertools.product((5, 10, 15), (20, 40, 60), (0.4, 0.5, 0.6))
]


def main() -> None:
    """Print the choice for each held-out collection, the best settings, and what each part of the ranking adds."""
    with tempfile.TemporaryDirectory() as folder:
        opened = {name: _opened(name, Path(folder) / name) for name in NAMES}
        table = {setting: _row(Setting(feedback=setting), opened) for setting in GRID}
        for name in NAMES:
            others = [other for other in NAMES if other != name]
            best = max(GRID, key=lambda setting: statistics.mean(table[setting][other] for other in others))
            print(
                f"{name} held out: sections {best.sections}, terms {best.terms}, share {best.share}: MAP {table[best][name]:.4f}"
            )
        ranked = sorted(GRID, key=lambda setting: -statistics.mean(table[setting].values()))
        for setting in [*ranked[:5], *([] if FEEDBACK in ranked[:5] else [FEEDBACK])]:
            used = " (in use)" if setting == FEEDBACK else ""
            _print(f"sections {setting.sections}, terms {setting.terms}, share {setting.share}{used}", table[setting])
        for text, setting in (
            ("BM25F alone", Setting(feedback=None, synonym_share=0.0, spelling=False)),
            ("no synonyms, no spelling", Setting(synonym_share=0.0, spelling=False)),
            ("no spelling", Setting(spelling=False)),
            ("all", Setting()),
        ):
            _print(text, _row(setting, opened))


def _opened(name: str, folder: Path) -> tuple[Collection, SearchEngine]:
    collection = read_collection(COLLECTIONS / name)
    build_index(read_documents(COLLECTIONS / name / "corpus.jsonl"), folder)
    return collection, SearchEngine(folder)


def _row(setting: Setting, opened: dict[str, tuple[Collection, SearchEngine]]) -> dict[str, float]:
    """Name of each collection → MAP."""
    return {
        name: measure(collection, run_collection(collection, Ranker(engine.snapshot(), setting).rank)).means["MAP"]
        for name, (collection, engine) in opened.items()
    }


def _print(text: str, row: dict[str, float]) -> None:
    print(
        f"{text}: "
        + ", ".join(f"{name} {value:.4f}" for name, value in row.items())
        + f"; mean {statistics.mean(row.values()):.4f}"
    )


if __name__ == "__main__":
    main()
