"""What matched in a text, as ranges, and which passages of a section are shown. Knows nothing of ranking; never makes HTML."""

from search.highlight.excerpts import Asks, choose_excerpts
from search.highlight.marks import Mark, Marker, matches, reasons

__all__ = ["Asks", "Mark", "Marker", "choose_excerpts", "matches", "reasons"]
