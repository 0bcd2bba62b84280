"""Measures whether "which drugs cause X" finds monographs that list X as a side effect, and "drugs used to treat X" as a use.

python -m benchmarks.findings

The figure is the share of the first ten monographs (of as many as list X, if they are fewer) whose first section is of the kind
that the question asks for.
"""

import tempfile
from pathlib import Path
from typing import Final

from benchmarks.sections import FOLDERS
from search import SearchEngine, SearchRequest, build_index, read_corpus

FINDINGS: Final = (
    "nausea", "tinnitus", "gout", "hair loss", "constipation", "low sodium", "weight gain", "dry mouth", "headache", "rash",
    "drowsiness", "diarrhoea", "insomnia", "cough", "seizures", "hypertension", "depression", "anxiety", "asthma", "migraine",
    "osteoporosis", "heart failure", "acne", "psoriasis", "fever", "muscle pain", "dizziness", "itching", "vomiting",
    "high potassium",
)  # fmt: skip
"""Findings that are side effects of some drugs and uses of others. They were chosen before anything was measured."""

QUESTIONS: Final = {
    "which drugs cause {}": ("side-effects", "serious-side-effects"),
    "what medicines can cause {}": ("side-effects", "serious-side-effects"),
    "drugs used to treat {}": ("uses",),
    "treatment of {}": ("uses",),
}


def answered(engine: SearchEngine, question: str, kinds: tuple[str, ...]) -> float:
    """The share over all findings; `kinds` are the kinds of section that answer the question."""
    right = possible = 0
    for finding in FINDINGS:
        page = engine.search(SearchRequest(question.format(finding)))
        listed = max((count.monographs for count in page.section_counts if count.kind in kinds), default=0)
        first = page.items[: min(10, listed)]
        possible += len(first)
        right += sum(item.sections[0].kind in kinds for item in first)
    return right / max(1, possible)


def main() -> None:
    """Print the shares of each corpus and question."""
    for name, folder in FOLDERS.items():
        if folder.is_dir():
            with tempfile.TemporaryDirectory() as work:
                build_index(read_corpus(folder), Path(work))
                engine = SearchEngine(Path(work))
                for question, kinds in QUESTIONS.items():
                    print(f"{name}: {question}: {answered(engine, question, kinds):.3f}")


if __name__ == "__main__":
    main()
