"""The command `monograph-search`: the click group, to which each command of this package is added.

What a command does is in its own module; this one knows only their names. Exit codes: docs/operations.md.
"""

import click

from search.commands.evaluate import evaluate
from search.commands.index import index
from search.commands.maintenance import check, rollback_command, verify
from search.commands.query import query
from search.commands.serve import serve


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="monograph-search")
def main() -> None:
    """Search drug monographs by section.

    Start with `monograph-search index`, then `monograph-search serve`, and open the address it prints. Every command takes
    --corpus DIR (the folder of monographs) and --index DIR (the folder of the index).
    """


for command in (index, query, serve, evaluate, check, verify, rollback_command):
    main.add_command(command)
