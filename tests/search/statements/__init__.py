"""Tests of search.statements: what a text claims, denies and asks."""
