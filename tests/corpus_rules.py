"""What every starter monograph must hold, as pure checks over its text. `python -m tests.corpus_rules [FILE…]` lists what is amiss."""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import yaml

from search.errors import MonographError
from search.model import Monograph
from search.reading.markdown import parse_monograph
from tests.support.paths import ROOT

CORPUS: Final = ROOT / "corpus"
KEYS: Final = ["layout", "nav_exclude", "title", "generic_name", "brand_names", "aliases", "drug_class", "atc"]
LABELS: Final = (
    "Generic Name", "Usage", "Side Effects", "Rare but serious side effects", "Precautions", "Interactions",
    "How it Works", "FAQs", "Disclaimer", "Note",
)  # fmt: skip
REGIONS: Final = ("UK", "US", "Europe", "India", "Australia", "Canada", "international")
WORDS: Final = (430, 820)
QUESTIONS: Final = (5, 7)
MUST_STATE: Final = {
    "pregnancy": r"pregnan",
    "breastfeeding": r"breast-?feed|breast milk|nursing",
    "age": r"\bchild|\binfant|\bbab(?:y|ies)|\bneonat|\bolder\b|\belderly|\bteenage|years old|\bunder \d|\bage\b|\baged\b",
    "kidney": r"kidney|renal|dialysis",
    "liver": r"liver|hepat|cirrhosis",
    "contraindications": r"do not use|contraindicated|not with\b|must not",
    "form and route": r"\*\*Forms?\b",
    "how often": r"\*\*How often\b",
    "missed or late dose": r"\bmiss|forg[eo]t|\blate\b|\bskip(?:ped)?\b|left out|slipped my mind|did not inject|on time",
    "stopping": r"\bstop",
    "monitoring": r"monitor|\bcheck|\btests?\b|\bmeasure|\bwatch",
}
_DOSE: Final = re.compile(
    r"\b\d[\d.,]*\s?(?:mg|micrograms?|mcg|µg|g|ml|mL|units?|IU|mmol|mg/kg)\b(?!\s?/min| per minute)"
)
_FREQUENCY: Final = re.compile(
    r"\b(?:very common|uncommon|common(?:ly)?|rare(?:ly)?|\d+ (?:in|out of) \d+|\d+ ?%)(?=\W)", re.I
)
_LABEL: Final = re.compile(r"^\*\*([^*]+?):\*\*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Page:
    """A starter page: its text as it stands, its front matter, and what the parser reads in it."""

    path: Path
    front: dict[str, Any]
    body: str
    monograph: Monograph

    @property
    def name(self) -> str:
        """Its path under the corpus."""
        return f"{self.path.parent.name}/{self.path.name}"

    def part(self, label: str) -> str:
        """What stands under a label, without the label."""
        pieces = _LABEL.split(self.body)
        return next((text for found, text in zip(pieces[1::2], pieces[2::2], strict=True) if found == label), "")

    def sentences(self) -> Iterator[str]:
        """Every sentence outside Disclaimer and Note, folded to lower case."""
        for label in LABELS[1:-2]:
            for piece in re.split(r"(?<=[.!?])\s+|\n+", self.part(label)):
                plain = " ".join(re.findall(r"[\w'’+-]+", piece.lower()))
                if plain:
                    yield plain


def read_page(path: Path) -> Page:
    """Read one page.

    Raises:
        MonographError: no front matter, or one that is not YAML.
    """
    text = path.read_text(encoding="utf-8")
    parts = text.split("---\n", 2)
    if len(parts) != 3:
        raise MonographError("no front matter", source=path.name, line=1)
    return Page(path, yaml.safe_load(parts[1]), parts[2], parse_monograph(f"{path.parent.name}/{path.stem}", text))


def read_pages(paths: Sequence[Path] = ()) -> list[Page]:
    """All pages of the starter corpus, or those given, by path."""
    return [read_page(path) for path in sorted(paths or CORPUS.glob("*/*.md"))]


def amiss(page: Page) -> Iterator[str]:
    """What is wrong with one page by itself."""
    yield from (problem.message for problem in page.monograph.problems)
    yield from _front_matter(page)
    found = _LABEL.findall(page.body)
    if [label for label in found if label in LABELS] != list(LABELS):
        yield f"labels are {found}"
    words = len(page.body.split())
    if not WORDS[0] <= words <= WORDS[1]:
        yield f"{words} words"
    questions = re.findall(r"^\* \*\*([^*]+\?)\*\* \S", page.part("FAQs"), re.MULTILINE)
    if not QUESTIONS[0] <= len(questions) <= QUESTIONS[1] or len(questions) != page.part("FAQs").count("\n* "):
        yield f"{len(questions)} questions"
    said = page.body.partition("**Disclaimer:**")[0]
    yield from (f"nothing about {what}" for what, words in MUST_STATE.items() if not re.search(words, said, re.I))
    yield from (f"a dose: {dose}" for dose in _DOSE.findall(said))
    effects = page.part("Side Effects") + page.part("Rare but serious side effects")
    yield from (f"a frequency without a source: {word}" for word in _FREQUENCY.findall(effects))
    if "AI-generated" not in page.part("Note") or "pharmacist" not in page.part("Note"):
        yield "the Note does not say that the page is AI-generated and unreviewed"


def _front_matter(page: Page) -> Iterator[str]:
    front = page.front
    if missing := [key for key in (*KEYS, "reviewed", "updated") if key not in front]:
        yield f"front matter lacks {missing}"
        return
    if front["layout"] != "minimal-medicine" or front["nav_exclude"] is not True or front["reviewed"] is not False:
        yield "layout, nav_exclude or reviewed is not as in the sample"
    if not isinstance(front["updated"], date):
        yield "updated is no date"
    if not front["atc"] or not all(
        re.fullmatch(r"[A-Z]\d\d(?:[A-Z]{2}\d\d)?|[A-Z]\d\d[A-Z]{1,2}", str(code)) for code in front["atc"]
    ):
        yield f"atc {front['atc']}"
    for brand in front["brand_names"]:
        regions = [part.strip() for part in str(brand.get("region", "")).split(",")]
        if not brand.get("name") or not set(regions) <= set(REGIONS):
            yield f"brand {brand}"
    if page.path.parent.name != page.path.stem[0] or not re.fullmatch(r"[a-z0-9-]+", page.path.stem):
        yield "the file is not at <first letter>/<lower-case name>.md"


def shared_names(pages: Iterable[Page]) -> Iterator[str]:
    """Titles, brands and aliases that two pages claim and neither marks with `shared: true`."""
    owners: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        own = {page.front["title"], page.front["generic_name"], *page.front["aliases"]}
        own |= {brand["name"] for brand in page.front["brand_names"] if not brand.get("shared")}
        for name in {str(name).casefold() for name in own}:
            owners[name].append(page.name)
    yield from (f"{name}: {', '.join(at)}" for name, at in sorted(owners.items()) if len(at) > 1)


def repeated(pages: Iterable[Page], most: int = 10, fewest_words: int = 4) -> Iterator[str]:
    """Sentences that stand on more than `most` pages, and paragraphs of ten words and more that stand on two."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({sentence for sentence in page.sentences() if len(sentence.split()) >= fewest_words})
    yield from (f"{count} pages: {text}" for text, count in counts.most_common() if count > most)
    yield from (f"{count} pages: {text}" for text, count in counts.items() if count > 1 and len(text.split()) >= 10)


def one_sided(pages: Iterable[Page]) -> Iterator[tuple[Page, Page]]:
    """Pairs of pages of which the first names the second under Interactions, and the second says nothing of the first."""
    for one, other in combinations(list(pages), 2):
        for source, target in ((one, other), (other, one)):
            if _names(source.part("Interactions"), target) and not _answers(target, source):
                yield source, target


def _names(text: str, page: Page) -> bool:
    return any(re.search(rf"\b{re.escape(name)}\b", text, re.I) for name in _called(page))


def _called(page: Page) -> list[str]:
    return [name for name in (page.front["title"], page.front["generic_name"], *page.front["aliases"]) if len(name) > 3]


def _answers(target: Page, source: Page) -> bool:
    """Whether the target's interactions name the source, or a word of its class."""
    text = target.part("Interactions") + target.part("Precautions") + target.part("FAQs")
    classes = [
        word for word in re.findall(r"[A-Za-z0-9-]{4,}", source.front["drug_class"]) if word.lower() not in _GENERAL
    ]
    return _names(text, source) or any(re.search(rf"\b{re.escape(word.rstrip('s'))}", text, re.I) for word in classes)


_GENERAL: Final = {"with", "acting", "long", "short", "agent", "drug", "medicine", "inhibitor", "antagonist", "agonist", "receptor",
                   "blocker", "type", "selective", "combination", "generation", "first", "second", "third", "modifying"}  # fmt: skip


def main(arguments: list[str]) -> int:
    """List what is amiss, with `--pairs` also interactions that are not answered; 1 when something is amiss."""
    named = [Path(argument).resolve() for argument in arguments if not argument.startswith("--")]
    pages, every = read_pages(named), read_pages()
    found = [f"{page.name}: {what}" for page in pages for what in amiss(page)]
    found += [f"name of two pages: {what}" for what in shared_names(every)]
    found += [f"repeated on {what}" for what in repeated(every)]
    lines = found or ["nothing amiss"]
    if "--pairs" in arguments:
        asked = {page.path for page in pages}
        pairs = [pair for pair in one_sided(every) if {page.path for page in pair} & asked]
        lines = [*lines, *(f"{one.name} names {other.name}, which does not answer" for one, other in pairs)]
    sys.stdout.write("\n".join(lines) + "\n")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
