"""Tests of search.query: typed text to a plan."""
