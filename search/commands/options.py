"""What all commands share: options made of settings, and errors of this program as a line and an exit code.

The exit codes are explained in docs/operations.md. Knows nothing of what any command does.
"""

import os
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar

import click
from rich.console import Console
from rich.markup import escape

from search.errors import CollectionError, MonographError, QueryError, SearchError, SettingError, VocabularyError
from search.settings import SETTINGS, Setting, Settings

BAD_CONTENT: Final = 1
"""Exit code: a page, a table of the vocabulary or a judged collection is wrong."""

BAD_USAGE: Final = 2
"""Exit code: a query, a setting or a path that was given is wrong."""

NO_INDEX: Final = 3
"""Exit code: there is no intact index, or it cannot be written."""

CORES: Final = min(os.cpu_count() or 1, 4)
"""Processes that read pages. Whoosh then indexes in one process, and more than four readers would wait for it."""

R = TypeVar("R")


def with_settings(*fields: str) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Give a click command an option for each of these settings.

    The command is called with one `settings: Settings`, made of the environment and of the options that were given. A
    `SearchError` that it raises is printed as one line, and becomes its exit code.

    Args:
        fields: names of fields of `Settings`; the options are listed in the order of `SETTINGS`.
    """

    def decorate(command: Callable[..., R]) -> Callable[..., R]:
        @wraps(command)
        def run(**options: Any) -> R:
            values = {name: options.pop(name) for name in fields}
            try:
                return command(settings=Settings.from_env(os.environ, **values), **options)
            except SearchError as error:
                Console(stderr=True, soft_wrap=True).print(f"[red]Error:[/red] {escape(str(error))}", highlight=False)
                raise click.exceptions.Exit(_exit_code(error)) from error

        decorated: Callable[..., R] = run
        for setting in reversed([setting for setting in SETTINGS if setting.field in fields]):
            decorated = _option(setting)(decorated)
        return decorated

    return decorate


def _option(setting: Setting) -> Callable[[Callable[..., R]], Callable[..., R]]:
    return click.option(
        f"--{setting.field.removesuffix('_root').replace('_', '-')}",
        setting.field,
        metavar="DIR" if setting.field.endswith("_root") else "VALUE",
        help=f"{setting.help} [{setting.variable}; default {setting.row[1]}]",
    )


def _exit_code(error: SearchError) -> int:
    if isinstance(error, VocabularyError | CollectionError):
        return BAD_CONTENT
    if isinstance(error, QueryError | SettingError | MonographError):
        return BAD_USAGE
    return NO_INDEX
