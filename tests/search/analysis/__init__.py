"""Tests of search.analysis: text to tokens."""
