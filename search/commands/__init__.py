"""The command line. `main` is the whole program; `python -m search` and the script `monograph-search` call it."""

from search.commands.cli import main

__all__ = ["main"]
