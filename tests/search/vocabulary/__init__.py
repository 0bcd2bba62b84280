"""Tests of search.vocabulary: the tables of words, and what is looked up in them."""
