"""Generations of an index on the disk."""

from search.storage.build_status import LastBuild, noted, without_folders
from search.storage.generations import (
    CURRENT,
    Build,
    Generation,
    builder,
    current_name,
    open_generation,
    rollback,
    verify,
)
from search.storage.index_status import IndexState, index_state
from search.storage.page_list import Listed, content_hash, read_ledger, write_ledger

__all__ = [
    "CURRENT",
    "Build",
    "Generation",
    "IndexState",
    "LastBuild",
    "Listed",
    "builder",
    "content_hash",
    "current_name",
    "index_state",
    "noted",
    "open_generation",
    "read_ledger",
    "rollback",
    "verify",
    "without_folders",
    "write_ledger",
]
