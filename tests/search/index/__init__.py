"""Tests of search.index: monographs to an index on the disk."""
