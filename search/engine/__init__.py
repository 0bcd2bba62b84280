"""How is a request answered? `SearchEngine` over a snapshot of the live generation: what was found, said and shown.

Must not know HTTP, HTML or how the arrays are laid out.
"""

from search.engine.engine import SearchEngine
from search.engine.snapshot import Snapshot

__all__ = ["SearchEngine", "Snapshot"]
