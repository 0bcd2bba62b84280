"""Requests answered from the live generation."""

from search.engine.engine import SearchEngine
from search.engine.snapshot import Snapshot

__all__ = ["SearchEngine", "Snapshot"]
