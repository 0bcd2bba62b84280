"""What matched, as ranges and excerpts."""

from search.highlight.marks import Marker, excerpts, matches, reasons

__all__ = ["Marker", "excerpts", "matches", "reasons"]
