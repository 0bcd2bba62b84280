"""Generations of an index on the disk."""
