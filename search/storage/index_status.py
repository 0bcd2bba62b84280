"""What is published in an index folder, by its own word: nothing is opened or checked, so looking costs next to nothing."""

from dataclasses import dataclass
from pathlib import Path

from search.model import IndexInfo
from search.storage.build_status import BuildStatus
from search.storage.files import system_errors
from search.storage.generations import current_name
from search.storage.manifest import read_manifest


@dataclass(frozen=True, slots=True)
class IndexState:
    """What the live generation says of itself, and its size on the disk in bytes."""

    info: IndexInfo
    bytes: int


def index_state(index_root: Path) -> IndexState:
    """The live generation of an index folder.

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
