"""Which pages a generation was made of, as a file in it: what a later build need not read again. Knows nothing of their words."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

PAGES_FILE: Final = "pages.json"


@dataclass(frozen=True, slots=True)
class IndexedPage:
    """A page: the id of its monograph, its path under the corpus root, the sha256 of its bytes, and that of all it says."""

    id: str
    source: str
    sha256: str
    digest: str
    no_such_product: bool


def write_page_list(pages: Iterable[IndexedPage], generation: Path) -> None:
    """Write the list into a generation that is being built."""
    listed = [asdict(page) for page in sorted(pages, key=lambda page: page.id)]
    (generation / PAGES_FILE).write_text(json.dumps(listed, indent=0), encoding="utf-8")


def read_page_list(generation: Path) -> tuple[IndexedPage, ...]:
    """The pages of a generation that was verified, in the order of their ids."""
    return tuple(IndexedPage(**page) for page in json.loads((generation / PAGES_FILE).read_text(encoding="utf-8")))


def content_hash(pages: Iterable[IndexedPage]) -> str:
    """Hash over what all pages say, in the order of their ids: the same content, the same hash."""
    digests = "".join(page.digest for page in sorted(pages, key=lambda page: page.id))
    return hashlib.sha256(digests.encode()).hexdigest()
