"""Reads the live index's manifest without opening or verifying the index: cheap enough for every scrape of the metrics.

Knows nothing of what is in the index.
"""

from dataclasses import dataclass
from pathlib import Path

from search.model import IndexInfo
from search.storage.build_status import BuildStatus
from search.storage.files import system_errors
from search.storage.generations import current_name
from search.storage.manifest import read_manifest


@dataclass(frozen=True, slots=True)
class IndexState:
    """What the manifest of the live generation says, and `bytes`, the size of all its files."""

    info: IndexInfo
    bytes: int


def index_state(index_root: Path) -> IndexState:
    """The state of the live generation of an index folder, by its manifest.

    Args:
        index_root: the folder of generations.

    Raises:
        IndexMissingError: nothing is published.
        IndexDamagedError: its manifest cannot be trusted.
    """
    name = current_name(index_root)
    with system_errors(index_root):
        manifest = read_manifest(index_root / name)
        size = sum(path.stat().st_size for path in (index_root / name).rglob("*") if path.is_file())
    failing = BuildStatus(index_root).failure()
    info = IndexInfo(name, manifest.built_at, manifest.monographs, manifest.sections, failing=failing)
    return IndexState(info, size)
