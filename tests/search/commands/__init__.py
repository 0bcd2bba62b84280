"""Tests of search.commands: the command line."""
