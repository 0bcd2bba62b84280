"""Where does an index lie on the disk? Publishes generations of it in one step, opens and checks them, and removes old ones.

Must not know what is in the files: nothing of Whoosh, NumPy, monographs or queries.
"""

from search.storage.build_status import BuildStatus, noted, without_folders
from search.storage.generations import CURRENT, Build, Generation, builder, current_name, open_generation, rollback
from search.storage.index_status import IndexState, index_state
from search.storage.manifest import verify
from search.storage.page_list import IndexedPage, content_hash, read_page_list, write_page_list

__all__ = [
    "CURRENT",
    "Build",
    "BuildStatus",
    "Generation",
    "IndexState",
    "IndexedPage",
    "builder",
    "content_hash",
    "current_name",
    "index_state",
    "noted",
    "open_generation",
    "read_page_list",
    "rollback",
    "verify",
    "without_folders",
    "write_page_list",
]
