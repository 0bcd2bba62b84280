"""The settings of the program: one typed list, from which the environment, the command line and docs/operations.md are served.

Commands and the server read them once and pass them on; no other module of search looks at the environment. Knows nothing of what
a setting is used for.
"""

import ipaddress
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Final, Self, TypeVar

from search.errors import SettingError
from search.model import MAX_QUERY_CHARS

PREFIX: Final = "MONOGRAPH_SEARCH_"

_LABEL: Final = "[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?"
_HOST_NAME: Final = re.compile(rf"{_LABEL}(?:\.{_LABEL}){{0,126}}")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value: `read` turns text into one (or raises ValueError), `accepts` checks it, `allowed` says what passes."""

    read: Callable[[str], object]
    accepts: Callable[[object], bool]
    allowed: str


def _whole(low: int, high: int) -> Kind:
    """Whole numbers from `low` to `high`, both included."""

    def read(text: str) -> int:
        if not re.fullmatch("[0-9]{1,12}", text):
            raise ValueError(text)
        return int(text)

    return Kind(read, lambda value: type(value) is int and low <= value <= high, f"a whole number from {low} to {high}")


def _is_host(value: object) -> bool:
    """Whether this is a host name in lower case, or an address, IPv6 without brackets; `1.2.3` and the like are neither."""
    if not isinstance(value, str):
        return False
    try:
        ipaddress.ip_address(value)
    except ValueError:
        return bool(_HOST_NAME.fullmatch(value)) and not value.rpartition(".")[2].isdigit()
    return True


def _is_trusted(value: object) -> bool:
    """Whether this is a host as in a Host header without a port: IPv6 in brackets; a dot in front for all subdomains."""
    if not isinstance(value, str):
        return False
    if value.startswith("["):
        return value.endswith("]") and ":" in value and _is_host(value[1:-1])
    return ":" not in value and _is_host(value.removeprefix("."))


_FOLDER: Final = Kind(
    read=lambda text: Path(text).expanduser() if text else None,
    accepts=lambda value: isinstance(value, Path) and "\0" not in str(value),
    allowed="the path of a folder",
)
_OPTIONAL_FILE: Final = Kind(
    read=lambda text: Path(text).expanduser() if text else None,
    accepts=lambda value: value is None or (isinstance(value, Path) and "\0" not in str(value)),
    allowed="the path of a file, or nothing",
)
_HOST: Final = Kind(
    read=str.lower,
    accepts=_is_host,
    allowed="a host name, or an IPv4 or IPv6 address without brackets",
)
_TRUSTED: Final = Kind(
    read=lambda text: tuple(part.strip().lower() for part in text.split(",")) if text else (),
    accepts=lambda value: isinstance(value, tuple) and all(map(_is_trusted, value)),
    allowed="host names separated by commas, without ports; IPv6 addresses in brackets",
)


_LOG_LEVELS: Final = ("info", "warning", "error")
_LOG_LEVEL: Final = Kind(
    read=str.lower,
    accepts=lambda value: value in _LOG_LEVELS,
    allowed=f"one of {', '.join(_LOG_LEVELS)}",
)


def _setting(default: T, meaning: str, kind: Kind) -> T:
    """A field of `Settings`, which `field` gives another type than its values have."""
    setting: T = field(default=default, metadata={"help": meaning, "kind": kind})
    return setting


@dataclass(frozen=True, slots=True)
class Settings:
    """The value of every setting. Each field below has its default, its help and its kind.

    Raises:
        SettingError: a value is not allowed; the message names setting and value, and says what is allowed.
    """

    corpus_root: Path = _setting(Path("corpus"), "Folder of the monographs.", _FOLDER)
    index_root: Path = _setting(Path("index"), "Folder of the index. Must be on a local disk.", _FOLDER)
    vocabulary: Path | None = _setting(None, "File of your own words and names (docs/vocabulary.md).", _OPTIONAL_FILE)
    page_size: int = _setting(10, "Monographs on a page of results.", _whole(1, 100))
    max_query_chars: int = _setting(MAX_QUERY_CHARS, "Longest search text, in characters.", _whole(10, 2000))
    max_page_bytes: int = _setting(1_000_000, "Largest monograph file, in bytes.", _whole(1_000, 100_000_000))
    trusted_hosts: tuple[str, ...] = _setting(
        (), "Names the server answers to. Empty: this machine, and HOST. A leading dot takes all subdomains.", _TRUSTED
    )
    host: str = _setting("127.0.0.1", "Address the server listens on.", _HOST)
    port: int = _setting(8000, "Port the server listens on.", _whole(1, 65535))
    workers: int = _setting(2, "Processes of the server.", _whole(1, 64))
    threads: int = _setting(4, "Threads of each process.", _whole(1, 64))
    max_wait: int = _setting(
        1000, "Milliseconds a request may wait for its turn; one that waited longer gets 503.", _whole(10, 60_000)
    )
    check_every: int = _setting(
        300, "Seconds between checks of the index that is open against its manifest; 0 for none.", _whole(0, 86_400)
    )
    reindex_every: int = _setting(
        0, "Seconds between looks of the server at the corpus, to index what changed; 0 for none.", _whole(0, 86_400)
    )
    metrics_port: int = _setting(0, "Port of /metrics, on METRICS_HOST; 0 for none.", _whole(0, 65535))
    metrics_host: str = _setting("127.0.0.1", "Address that /metrics listens on.", _HOST)
    log_level: str = _setting(
        "warning", "What is logged; `info` logs each request, without what was asked.", _LOG_LEVEL
    )

    def __post_init__(self) -> None:
        for setting in SETTINGS:
            setting.check(getattr(self, setting.field))

    @classmethod
    def from_env(cls, environ: Mapping[str, str], **overrides: object) -> Self:
        """The settings of an environment; what it does not set has its default.

        Args:
            environ: `os.environ`, or a mapping in its place.
            overrides: values of the command line by field, as text or value; None stands for "not given".

        Raises:
            SettingError: a value is not allowed, or there is no setting of that name.
        """
        _refuse_unknown(environ)
        values: dict[str, object] = {s.field: environ[s.variable] for s in SETTINGS if s.variable in environ}
        values |= {name: value for name, value in overrides.items() if value is not None}
        known = {setting.field: setting for setting in SETTINGS}
        if unknown := values.keys() - known.keys():
            raise SettingError(f"There is no setting {min(unknown)!r}. Settings: {', '.join(known)}.")
        settings: Callable[..., Self] = cls
        return settings(**{name: known[name].read(v) if isinstance(v, str) else v for name, v in values.items()})

    @property
    def address(self) -> str:
        """`host:port` that the server listens on, IPv6 in brackets."""
        return f"{_in_header(self.host)}:{self.port}"

    @property
    def metrics_address(self) -> str:
        """`host:port` that the metrics are served on, IPv6 in brackets."""
        return f"{_in_header(self.metrics_host)}:{self.metrics_port}"

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts that the server answers to, as in a Host header: those trusted, or else this machine's and `host`."""
        return self.trusted_hosts or tuple(dict.fromkeys(("localhost", "127.0.0.1", "[::1]", _in_header(self.host))))


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting, as reading, `--help` and the table of docs/operations.md need it; `name` is in capitals."""

    name: str
    default: object
    help: str
    kind: Kind

    @property
    def field(self) -> str:
        """The field of `Settings` that holds it."""
        return self.name.lower()

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return PREFIX + self.name

    @property
    def row(self) -> tuple[str, str, str, str]:
        """(name, default, help, what is allowed) as text."""
        default = (
            ",".join(self.default)
            if isinstance(self.default, tuple)
            else str("" if self.default is None else self.default)
        )
        return self.name, default, self.help, self.kind.allowed

    def read(self, text: str) -> object:
        """The value that a text stands for.

        Raises:
            SettingError: the text is not allowed.
        """
        try:
            value = self.kind.read(text.strip())
        except (ValueError, RuntimeError):  # RuntimeError: the home of a user who has none
            raise self._refusal(text) from None
        if not self.kind.accepts(value):
            raise self._refusal(text)
        return value

    def check(self, value: object) -> None:
        """Raise SettingError where a value is not allowed."""
        if not self.kind.accepts(value):
            raise self._refusal(value)

    def _refusal(self, value: object) -> SettingError:
        shown = repr(str(value) if isinstance(value, Path) else value)
        return SettingError(f"Setting {self.variable} is {shown}; allowed is {self.kind.allowed}.")


SETTINGS: Final = tuple(
    Setting(spec.name.upper(), spec.default, spec.metadata["help"], spec.metadata["kind"]) for spec in fields(Settings)
)


def _in_header(host: str) -> str:
    """A host as in a Host header: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


def _refuse_unknown(environ: Mapping[str, str]) -> None:
    """Raise SettingError for a variable that begins as ours do and names no setting: it is misspelled."""
    known = [setting.variable for setting in SETTINGS]
    for name in sorted(environ):
        if name.startswith(PREFIX) and name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.0)[0]
            raise SettingError(f"There is no setting {name}. The nearest is {near}; docs/operations.md lists all.")
