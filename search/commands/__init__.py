"""The command line."""

from search.commands.cli import main

__all__ = ["main"]
