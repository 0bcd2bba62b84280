"""What matched, as ranges and excerpts."""
