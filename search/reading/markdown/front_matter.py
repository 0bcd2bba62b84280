"""Reads the front matter of a page (the YAML between `---` lines at its head) into plain, checked values.

The only user of `yaml`. Knows nothing of Markdown or sections.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import yaml

from search.errors import MonographError
from search.model import STATUS_LABELS, Name, Problem

_FENCED: Final = re.compile(r"\A---[ \t]*\n(.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_MAX_LIST: Final = 200
"""Entries of one list that are read; a longer list is a mistake or an attack, and is cut with a problem."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter of a page says. Texts are stripped; what is absent is empty or None.

    `faqs`: pairs of question and answer, the answer in Markdown. `status`: a key of `STATUS_LABELS`.
    """

    title: str = ""
    generic_name: str = ""
    brands: tuple[Name, ...] = ()
    aliases: tuple[str, ...] = ()
    faqs: tuple[tuple[str, str], ...] = ()
    drug_class: str | None = None
    status: str | None = None
    reviewed: bool = False
    updated: str | None = None
    problems: tuple[Problem, ...] = ()


def _load(text: str) -> Any:
    """The value of safe YAML. Aliases are refused, since a few of them can stand for gigabytes."""
    if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.CSafeLoader)):
        raise yaml.YAMLError("aliases (*name) are not allowed")
    return yaml.load(text, Loader=yaml.CSafeLoader)  # this is the safe loader


def split_front_matter(text: str, source: str) -> tuple[FrontMatter, str, int]:
    """The front matter of a page, the body after it, and the number of lines before the body.

    Args:
        text: the whole page, its lines ended by a newline alone.
        source: the path of its file, for messages.

    Raises:
        MonographError: the front matter is not closed, not YAML, or not a mapping; names the line.
    """
    if not re.match(r"---[ \t]*\n", text):
        return FrontMatter(), text, 0
    match = _FENCED.match(text)
    if match is None:
        raise MonographError("the front matter is not closed; end it with a line of ---", source=source, line=1)
    try:
        values = _load(match[1])
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error).splitlines()[0]
        line = 2 + mark.line if mark else 1
        raise MonographError(f"the front matter is not YAML: {reason}", source=source, line=line) from error
    if values is not None and not isinstance(values, dict):
        raise MonographError("the front matter is not a list of `key: value` lines", source=source, line=2)
    reader = _Reader({key: value for key, value in (values or {}).items() if isinstance(key, str)}, source)
    return reader.read(), text[match.end() :], text.count("\n", 0, match.end())


class _Reader:
    """Reads the keys of one front matter; a value of another type is left out, and becomes a problem."""

    def __init__(self, values: Mapping[str, Any], source: str) -> None:
        self._values = values
        self._source = source
        self._problems: list[Problem] = []

    def read(self) -> FrontMatter:
        front = FrontMatter(
            title=self._text("title"),
            generic_name=self._text("generic_name"),
            brands=tuple(name for entry in self._list("brand_names") if (name := self._brand(entry))),
            aliases=tuple(text for entry in self._list("aliases") if (text := self._plain("aliases", entry))),
            faqs=tuple(pair for entry in self._list("faqs") if (pair := self._faq(entry))),
            drug_class=self._text("drug_class") or None,
            status=self._status(),
            reviewed=self._values.get("reviewed") is True,
            updated=self._text("updated") or None,
        )
        return FrontMatter(**{**_fields(front), "problems": tuple(self._problems)})

    def _wrong(self, key: str, expected: str) -> None:
        message = f"front matter: {key} is not {expected}; it was left out"
        self._problems.append(Problem("front-matter", message, self._source, 1))

    def _plain(self, key: str, value: Any) -> str:
        if isinstance(value, str | int | float | date) and not isinstance(value, bool):
            try:
                return " ".join(str(value).split())
            except ValueError:  # a number of more than 4,300 digits: Python does not write it
                pass
        self._wrong(key, "text")
        return ""

    def _text(self, key: str) -> str:
        value = self._values.get(key)
        return "" if value is None else self._plain(key, value)

    def _list(self, key: str) -> list[Any]:
        value = self._values.get(key)
        if value is None:
            return []
        if isinstance(value, str):
            return [part.strip() for part in value.split(",") if part.strip()]
        if not isinstance(value, list):
            self._wrong(key, "a list")
            return []
        if len(value) > _MAX_LIST:
            self._wrong(key, f"a list of at most {_MAX_LIST} entries")
        return value[:_MAX_LIST]

    def _brand(self, entry: Any) -> Name | None:
        if isinstance(entry, dict):
            text = self._plain("brand_names", entry.get("name", ""))
            region = self._plain("brand_names", entry.get("region") or "")
        else:
            text, region = self._plain("brand_names", entry), ""
        return Name(text, "brand", region) if text else None

    def _faq(self, entry: Any) -> tuple[str, str] | None:
        if not isinstance(entry, dict):
            self._wrong("faqs", "a list of `question:` and `answer:`")
            return None
        lowered = {key.lower(): value for key, value in entry.items() if isinstance(key, str)}
        question = lowered.get("question", lowered.get("q", ""))
        answer = lowered.get("answer", lowered.get("a", ""))
        return self._plain("faqs", question), str(answer) if isinstance(answer, str) else self._plain("faqs", answer)

    def _status(self) -> str | None:
        status = self._text("status").lower()
        if status and status not in STATUS_LABELS:
            self._wrong("status", f"one of {', '.join(STATUS_LABELS)}")
            return None
        return status or None


def _fields(front: FrontMatter) -> dict[str, Any]:
    return {name: getattr(front, name) for name in FrontMatter.__dataclass_fields__}
