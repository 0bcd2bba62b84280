"""Tests of search.suggest: corrections and completions."""
