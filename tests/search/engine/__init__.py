"""Tests of search.engine: requests answered from the live index."""
