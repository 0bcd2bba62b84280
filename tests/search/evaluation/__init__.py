"""Tests of search.evaluation: measures of a ranking over judged collections."""
