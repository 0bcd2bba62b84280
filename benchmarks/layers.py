"""How a search walks through the packages: how many it enters, and how often a lower one calls back into a higher one.

    python -m benchmarks.layers --index DIR [--queries TEXT ...]

The order of the packages is that of the import contract in pyproject.toml. A call from a lower package into a higher one (a
function that was handed down) is a climb: each makes the reader of the code look up. Counted with `sys.setprofile`, the index
already open, so that the figures are the same on every machine.
"""

import argparse
import statistics
import sys
import tomllib
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import Any, Final

import search
from search import SearchEngine, SearchRequest

PACKAGE: Final = Path(search.__file__).parent
CONTRACT: Final = "imports of search point one way"

QUERIES: Final = (
    "denosumab",
    "Tylenol",
    "low potassium",
    "haemorrhage",
    "brittle bones",
    "side effects of denosumab",
    "what if I miss a dose?",
    "warfarin clarithromycin",
    'nausea -vomiting "side effects" hypo*',
    "denosumabb muscle crmps",
)
"""A name, a brand, a unit, a spelling, a synonym, an intent, a question, two drugs, syntax, misspellings."""


class Walk:
    """Counts packages entered, modules of the root apart, and climbs, while it is the profiler of this thread."""

    def __init__(self, layers: list[list[str]]) -> None:
        self._of_module = {module: number for number, row in enumerate(layers) for module in row}
        self._of_file: dict[str, tuple[str, int] | None] = {}
        self.entered: set[str] = set()
        self.climbs: Counter[tuple[str, str]] = Counter()

    def __call__(self, frame: FrameType, event: str, _: Any) -> None:
        """A call of a Python function, as `sys.setprofile` tells it."""
        if event != "call" or (here := self._place(frame)) is None:
            return
        if (PACKAGE / here[0].removeprefix("search.").replace(".", "/")).is_dir():
            self.entered.add(here[0])
        caller = frame.f_back
        while caller is not None and self._place(caller) is None:
            caller = caller.f_back
        above = self._place(caller) if caller is not None else None
        if above is not None and here[1] < above[1]:
            name = frame.f_code.co_qualname
            self.climbs[above[0], f"{here[0]}.{name}"] += 1

    def _place(self, frame: FrameType) -> tuple[str, int] | None:
        """The package of a frame (of a module of the root, the module) and its layer, the highest 0; None outside."""
        file = frame.f_code.co_filename
        if file not in self._of_file:
            self._of_file[file] = self._package(Path(file))
        return self._of_file[file]

    def _package(self, file: Path) -> tuple[str, int] | None:
        if not file.is_relative_to(PACKAGE):
            return None
        parts = ("search", *file.relative_to(PACKAGE).with_suffix("").parts)
        names = (".".join(parts[:length]) for length in range(len(parts), 1, -1))
        return next(((name, self._of_module[name]) for name in names if name in self._of_module), None)


def layers() -> list[list[str]]:
    """The rows of the contract, the highest first, each with its packages."""
    settings = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    contract = next(contract for contract in contracts if contract["name"] == CONTRACT)
    rows = [[name.strip(" ()") for name in row.split("|")] for row in contract["layers"]]
    return [[name if name.startswith("search.") else f"search.{name}" for name in row] for row in rows]


def walk(engine: SearchEngine, text: str) -> Walk:
    """One search, followed."""
    follow = Walk(layers())
    sys.setprofile(follow)
    try:
        engine.search(SearchRequest(text))
    finally:
        sys.setprofile(None)
    return follow


def main() -> None:
    """Print a line a query, and the median."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--queries", nargs="+", default=QUERIES)
    parser.add_argument("--climbs", action="store_true", help="name each climb")
    chosen = parser.parse_args()
    engine = SearchEngine(chosen.index, answer_bytes=0)
    engine.search(SearchRequest("something else"))
    found = {text: walk(engine, text) for text in chosen.queries}
    print("packages  climbs  query")
    for text, one in found.items():
        print(f"{len(one.entered):8}  {one.climbs.total():6}  {text}")
        if chosen.climbs:
            print(f"{'':18}{' '.join(sorted(one.entered))}")
            for (below, above), times in one.climbs.most_common():
                print(f"{'':18}{below} → {above} × {times}")
    climbs = [one.climbs.total() for one in found.values()]
    print(f"most packages {max(len(one.entered) for one in found.values())}; ", end="")
    print(f"climbs: median {statistics.median(climbs)}, most {max(climbs)}")


if __name__ == "__main__":
    main()
