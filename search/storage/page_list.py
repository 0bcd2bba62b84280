"""The list of the pages that a generation was built from, a file in it, so that a later build reads only what changed.

Knows nothing of what the pages say.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

PAGES_FILE: Final = "pages.json"
"""Name of the file in the folder of a generation."""


@dataclass(frozen=True, slots=True)
class IndexedPage:
    """One page as it was indexed.

    Attributes:
        id: of its monograph.
        source: its path under the corpus root.
        sha256: of its bytes, in hexadecimal.
        digest: sha256 of all that its monograph says, in hexadecimal.
        no_such_product: whether the page says that its product does not exist.
    """

    id: str
    source: str
    sha256: str
    digest: str
    no_such_product: bool


def write_page_list(pages: Iterable[IndexedPage], generation: Path) -> None:
    """Write the list into the folder of a generation that is being built."""
    rows = [asdict(page) for page in sorted(pages, key=lambda page: page.id)]
    (generation / PAGES_FILE).write_text(json.dumps(rows, indent=0), encoding="utf-8")


def read_page_list(generation: Path) -> tuple[IndexedPage, ...]:
    """The pages of a generation, in the order of their ids; only for a generation that `verify` passed."""
    return tuple(IndexedPage(**page) for page in json.loads((generation / PAGES_FILE).read_text(encoding="utf-8")))


def content_hash(pages: Iterable[IndexedPage]) -> str:
    """One sha256 over what all pages say, in hexadecimal: the same content gives the same hash, in whatever order it comes."""
    digests = "".join(page.digest for page in sorted(pages, key=lambda page: page.id))
    return hashlib.sha256(digests.encode()).hexdigest()
