"""What all commands share: options out of settings, and errors of ours as a line and an exit code (docs/operations.md)."""

import os
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar

import click
from rich.console import Console
from rich.markup import escape

from search.errors import CollectionError, MonographError, QueryError, SearchError, SettingError, VocabularyError
from search.settings import SETTINGS, Settings

BAD_CONTENT: Final = 1
BAD_USAGE: Final = 2
NO_INDEX: Final = 3

CORES: Final = min(os.cpu_count() or 1, 4)
"""Processes that read pages. Whoosh then indexes in one, and more than four readers would wait for it."""

PROGRAM: Final = ("-m", "search")
"""This program, as an argument of the interpreter."""

R = TypeVar("R")


def _exit_code(error: SearchError) -> int:
    if isinstance(error, VocabularyError | CollectionError):
        return BAD_CONTENT
    if isinstance(error, QueryError | SettingError | MonographError):
        return BAD_USAGE
    return NO_INDEX


def with_settings(*fields: str) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Options for these settings; the command gets one `settings`. Errors of ours become a line and an exit code."""

    def decorate(command: Callable[..., R]) -> Callable[..., R]:
        @wraps(command)
        def run(**options: Any) -> R:
            given = {name: options.pop(name) for name in fields}
            try:
                return command(settings=Settings.from_env(os.environ, **given), **options)
            except SearchError as error:
                Console(stderr=True, soft_wrap=True).print(f"[red]Error:[/red] {escape(str(error))}", highlight=False)
                raise click.exceptions.Exit(_exit_code(error)) from error

        decorated: Callable[..., R] = run
        for setting in reversed([setting for setting in SETTINGS if setting.field in fields]):
            option = setting.field.removesuffix("_root").replace("_", "-")
            decorated = click.option(
                f"--{option}",
                setting.field,
                metavar="DIR" if setting.field.endswith("_root") else "VALUE",
                help=f"{setting.help} [{setting.variable}; default {setting.row[1]}]",
            )(decorated)
        return decorated

    return decorate
