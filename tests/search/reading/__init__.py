"""Tests of search.reading: a folder of pages to monographs."""
