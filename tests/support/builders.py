"""Small monographs made in place, for tests that mean one thing; pages as files are in tests/data/fixtures/corpus."""

import random
from pathlib import Path

from search.engine.engine import SearchEngine
from search.index.build import build_index
from search.model import Monograph, Name, NameKind, Section

GOOD_PAGE = "---\ntitle: {0}\n---\n# {0}\n\n**Usage:** pain\n"
"""A page that is read without a problem; `{0}` is its title."""

SEEDED_WORDS = (
    "nausea vomiting low high calcium potassium blood pressure pain fever rash dose missed miss liver kidney bleeding the of "
    "not and folic acid warfarin aspirin haemorrhage hemorrhage COX-2 B12 2.5 mg"
).split()
"""The words of seeded pages and queries: some that fold or stem together, names of drugs, codes, an amount."""


def monograph(
    title: str,
    *sections: tuple[str, str, str],
    brands: tuple[str, ...] = (),
    aliases: tuple[str, ...] = (),
    status: str | None = None,
    drug_class: str | None = None,
) -> Monograph:
    """A monograph of (kind, heading, text) sections; a title with " + " is a combination."""
    named: list[tuple[str, NameKind]] = [(title, "title")]
    named += [(brand, "brand") for brand in brands]
    named += [(alias, "alias") for alias in aliases]
    slug = title.lower().replace(" + ", "-").replace(" ", "-")
    return Monograph(
        id=f"{slug[0]}/{slug}",
        title=title,
        generic_name=title,
        names=tuple(Name(text, kind, "UK" if kind == "brand" else "") for text, kind in named),
        ingredients=tuple(part.lower() for part in title.split(" + ")),
        sections=tuple(
            Section(f"s-{order}", kind, heading, (title,), 2, text, f"<p>{text}</p>", order)
            for order, (kind, heading, text) in enumerate(sections)
        ),
        notices=(),
        problems=(),
        source=f"{slug[0]}/{slug}.md",
        sha256="",
        status=status,
        drug_class=drug_class,
    )


def engine_over(folder: Path, *monographs: Monograph) -> SearchEngine:
    """The real engine over a real index of these monographs."""
    build_index(monographs, folder)
    return SearchEngine(folder)


def seeded_monographs(seed: int, count: int) -> list[Monograph]:
    """Seeded monographs of seeded words: names that share words, a combination, a product that does not exist."""
    rng = random.Random(seed)
    kinds = ("uses", "side-effects", "faqs", "precautions")
    titles = [
        "Warfarin",
        "Aspirin",
        "Folic Acid",
        "Aspirin + Warfarin",
        "Iron + Folic Acid",
        *(f"Drug{n}" for n in range(count - 5)),
    ]
    monographs = []
    for number, title in enumerate(titles):
        sections = []
        for order in range(rng.randint(1, 5)):
            sentences = [" ".join(rng.choices(SEEDED_WORDS, k=rng.randint(1, 9))) for _ in range(rng.randint(1, 4))]
            text = "".join(s + rng.choice([". ", ", ", "\n"]) for s in sentences).strip()
            sections.append((rng.choice(kinds), f"{rng.choice(SEEDED_WORDS)} {order}", text))
        status = "no-such-product" if number % 7 == 6 else None
        monographs.append(monograph(title, *sections, status=status))
    return monographs


def page_folder(folder: Path, *names: str) -> Path:
    """A folder with good pages of these names."""
    for name in names:
        page = folder / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(GOOD_PAGE.format(page.stem.title()), encoding="utf-8")
    return folder
