"""Small monographs made in place, for tests that mean one thing; pages as files are in tests/fixtures/corpus."""

from pathlib import Path

from search.engine.engine import SearchEngine
from search.index.build import build_index
from search.model.results import Monograph, Name, NameKind, Section


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
