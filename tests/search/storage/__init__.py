"""Tests of search.storage: generations of an index on the disk."""
