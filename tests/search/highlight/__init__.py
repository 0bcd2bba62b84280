"""Tests of search.highlight: marks and excerpts."""
