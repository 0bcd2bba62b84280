"""What the commands print: progress, reports and results, for people (with rich) or as JSON.

Knows nothing of how what it prints was found.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any, Final

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from search.index import IndexReport
from search.model import KIND_LABELS, KINDS, STATUS_LABELS, Finding, Match, MonographHit, Problem, ResultPage
from search.storage import Generation

_STYLES: Final = {"exact": "bold green", "form": "green", "prefix": "green", "name": "bold green"}
"""Why a word matched → how it is coloured; every other reason has `_OTHER_STYLE`."""

_OTHER_STYLE: Final = "bold yellow"
_PLAIN_STEPS: Final = 10
"""Lines of progress where there is no terminal to draw a bar on."""

_DIFFERENCES_SHOWN: Final = 20

_FINDING_WORDS: Final = {
    "causes": "list it as a side effect",
    "treats": "list it as a use",
    "do_not_use": "say do not use in it",
    "take_care": "say take care in it",
    "denies": "say it does not happen or help",
    "mentions": "mention it otherwise",
    "no_such_product": "are of no real product",
}
"""What pages say of a finding → in words."""


def print_message(message: str, *, as_json: bool) -> None:
    """Print a line, or as JSON an object with a `message`."""
    click.echo(json.dumps({"message": message}) if as_json else message)


def print_json(value: Any) -> None:
    """Print a value as indented JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


@contextmanager
def progress(total: int, *, quiet: bool) -> Iterator[Callable[[], None]]:
    """Show on standard error how many pages are done: a bar on a terminal, elsewhere a line at each tenth.

    Args:
        total: pages that are to be indexed.
        quiet: show nothing.

    Yields:
        A function to call after each page.
    """
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield _plain_steps(total, quiet=quiet)
        return
    columns = (TextColumn("Indexing"), BarColumn(), MofNCompleteColumn(), TextColumn("pages"), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("index", total=total)
        yield lambda: bar.advance(task)


def _plain_steps(total: int, *, quiet: bool) -> Callable[[], None]:
    done = 0

    def advance() -> None:
        nonlocal done
        done += 1
        if not quiet and total and done * _PLAIN_STEPS // total > (done - 1) * _PLAIN_STEPS // total:
            click.echo(f"Indexing: {done} of {total} pages", err=True)

    return advance


def print_index_report(
    report: IndexReport, skipped: Sequence[Problem], *, pages: int, seconds: float, as_json: bool
) -> None:
    """Print what was indexed, which pages were skipped, and why; `seconds` is how long it took."""
    if as_json:
        print_json(
            asdict(report) | {"pages": pages, "seconds": round(seconds, 2), "skipped": [asdict(p) for p in skipped]}
        )
        return
    console = Console(soft_wrap=True)
    console.print(
        f"Indexed [bold]{report.monographs}[/bold] of {pages} pages, {report.sections} sections, "
        f"{report.bytes / 1e6:.1f} MB, in {seconds:.1f} s: {report.generation}"
    )
    table = Table("section kind", "sections", box=None, header_style="dim")
    table.columns[1].justify = "right"
    for kind in KINDS:
        if kind in report.sections_by_kind:
            table.add_row(KIND_LABELS[kind], str(report.sections_by_kind[kind]))
    console.print(table)
    if report.no_such_product:
        console.print(f"{report.no_such_product} pages say that their product does not exist; they rank last.")
    if skipped:
        console.print(f"[red]{len(skipped)} pages could not be read and are not in the index:[/red]")
        for problem in skipped:
            console.print(f"  {escape(_where(problem))}: {escape(problem.message)}", highlight=False)


def print_problems(problems: Sequence[Problem], *, pages: int, read: int, as_json: bool) -> None:
    """Print problems by file and line, and how many there are of each kind.

    Args:
        problems: what is odd about the pages.
        pages: how many pages there are.
        read: how many of them could be read.
        as_json: print one JSON object.
    """
    kinds = Counter(problem.kind for problem in problems)
    if as_json:
        listed = [asdict(problem) for problem in problems]
        print_json({"pages": pages, "read": read, "kinds": dict(sorted(kinds.items())), "problems": listed})
        return
    console = Console(soft_wrap=True, highlight=False)
    for problem in problems:
        style = "red" if problem.fatal else "yellow"
        console.print(f"{escape(_where(problem))}: [{style}]{problem.kind}[/{style}] {escape(problem.message)}")
    console.print(f"{read} of {pages} pages read, {len(problems)} problems" + (":" if problems else "."))
    for kind, count in sorted(kinds.items(), key=lambda item: (-item[1], item[0])):
        console.print(f"  {count:6} {kind}")


def _where(problem: Problem) -> str:
    return problem.source if problem.line is None else f"{problem.source}:{problem.line}"


def print_results(page: ResultPage) -> None:
    """Print a page of results as a readable list."""
    console = Console(highlight=False)
    console.print(f"[bold]{page.total_monographs}[/bold] monographs · {page.total_sections} sections")
    if page.finding:
        console.print(_answer_line(page.finding))
    for note in page.notes:
        console.print(f"[cyan]{escape(note.message)}[/cyan]")
    for item in page.items:
        console.print()
        _print_monograph(console, item)
    if page.pages > 1:
        console.print(f"\nPage {page.request.page} of {page.pages} (--page N)")


def _answer_line(found: Finding) -> str:
    counts = {words: getattr(found, role) for role, words in _FINDING_WORDS.items()}
    return "Pages that " + " · ".join(f"{words} {n}" for words, n in counts.items() if n) + " (not how likely)"


def _print_monograph(console: Console, item: MonographHit) -> None:
    title = _marked(item.title, item.title_matches)
    title.stylize("bold")
    details = [item.drug_class] if item.drug_class else []
    if item.matched_name:
        details.append(f"matched: {item.matched_name}")
    console.print(title, Text(" · ".join([item.id, *details]), style="dim"))
    if item.status:
        console.print(f"  [red]{STATUS_LABELS.get(item.status, item.status)}[/red]")
    for section in item.sections:
        heading = Text(f"  [{KIND_LABELS[section.kind]}] ", style="blue") + _marked(
            section.heading, section.heading_matches
        )
        if section.tier != "typed":
            heading.append(f" ({'words apart' if section.tier == 'scattered' else section.tier})", style=_OTHER_STYLE)
        console.print(heading)
        for excerpt in section.excerpts:
            console.print(Text("    ") + _marked(excerpt.text, excerpt.matches))
    if item.more_sections:
        console.print(f"  [dim]and {item.more_sections} more section{'s' if item.more_sections > 1 else ''}[/dim]")


def _marked(text: str, matches: tuple[Match, ...]) -> Text:
    """Text with its matches coloured; control characters, which could steer a terminal, become spaces."""
    shown = Text("".join(char if char.isprintable() else " " for char in text))
    for start, end, why in matches:
        shown.stylize(_STYLES.get(why, _OTHER_STYLE), start, end)
    return shown


def print_verification(generation: str, files: int, differences: Sequence[str], *, as_json: bool) -> None:
    """Print whether an index is intact.

    Args:
        generation: name of the index.
        files: how many files were compared with the manifest.
        differences: a line for each word that the arrays and Whoosh hold differently; none where all is well.
        as_json: print one JSON object.
    """
    if as_json:
        print_json({"generation": generation, "files": files, "differences": list(differences)})
        return
    console = Console(soft_wrap=True)
    if not differences:
        console.print(
            f"{generation} is whole: {files} files as written, arrays and Whoosh say the same.", highlight=False
        )
        return
    console.print(
        f"[red]{generation}: arrays and Whoosh differ in {len(differences)} words; mend by `index --full`[/red]"
    )
    for difference in differences[:_DIFFERENCES_SHOWN]:
        console.print(f"  {escape(difference)}", highlight=False)


def print_rollback(generation: Generation, *, as_json: bool) -> None:
    """Print which index is served after a rollback."""
    if as_json:
        print_json({"generation": generation.name, "built_at": generation.manifest.built_at})
    else:
        click.echo(f"Serving {generation.name} of {generation.manifest.built_at}.")
