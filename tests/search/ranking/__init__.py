"""Tests of search.ranking: a plan to sections in order."""
