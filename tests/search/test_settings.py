"""Settings: read once, refused by name, and told the same everywhere."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from search.errors import SearchError, SettingError
from search.settings import PREFIX, SETTINGS, Settings
from tests.support.paths import ROOT


def test_nothing_set_gives_the_defaults() -> None:
    """An empty environment, and one with other programs' names, give the defaults."""
    assert Settings.from_env({}) == Settings.from_env({"PATH": "/bin", "PORT": "1"}) == Settings()
    assert Settings().corpus_root == Path("corpus")
    assert Settings().page_size == 10


def test_the_environment_sets_every_setting() -> None:
    """Each setting has a variable, and its text becomes a value of the type of its default."""
    texts = {
        "CORPUS_ROOT": "/srv/pages", "INDEX_ROOT": "/srv/index", "VOCABULARY": "/srv/words.tsv",
        "PAGE_SIZE": "25", "MAX_QUERY_CHARS": "100", "MAX_PAGE_BYTES": "5000", "TRUSTED_HOSTS": "Drugs.example.org, .ward.example,[::1]", "HOST": "10.1.2.3",
        "PORT": "80", "WORKERS": "1", "THREADS": " 8 ", "MAX_WAIT": "500", "CHECK_EVERY": "60", "REINDEX_EVERY": "30",
        "METRICS_PORT": "9100", "METRICS_HOST": "::1", "LOG_LEVEL": "INFO",
    }  # fmt: skip
    assert set(texts) == {setting.name for setting in SETTINGS}
    settings = Settings.from_env({PREFIX + name: text for name, text in texts.items()})
    assert settings == Settings(
        corpus_root=Path("/srv/pages"), index_root=Path("/srv/index"), vocabulary=Path("/srv/words.tsv"), page_size=25, max_query_chars=100,
        max_page_bytes=5000, trusted_hosts=("drugs.example.org", ".ward.example", "[::1]"), host="10.1.2.3",
        port=80, workers=1, threads=8, max_wait=500, check_every=60, reindex_every=30,
        metrics_port=9100, metrics_host="::1", log_level="info",
    )  # fmt: skip
    for setting in SETTINGS:
        assert setting.default is None or isinstance(getattr(settings, setting.field), type(setting.default))


def test_the_command_line_comes_before_the_environment() -> None:
    """An override wins, as text or as a value; None means that it was not given."""
    environ = {"MONOGRAPH_SEARCH_PORT": "8001", "MONOGRAPH_SEARCH_WORKERS": "3"}
    settings = Settings.from_env(environ, port=8002, workers=None, index_root=Path("other"), threads="5")
    assert (settings.port, settings.workers, settings.index_root, settings.threads) == (8002, 3, Path("other"), 5)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("PORT", "0"), ("PORT", "65536"), ("PORT", "http"), ("PORT", ""), ("PORT", "-1"), ("PORT", "8_000"),
        ("PORT", "٨٠"), ("PORT", "9" * 5000), ("PAGE_SIZE", "0"), ("PAGE_SIZE", "1e1"), ("WORKERS", "65"),
        ("MAX_QUERY_CHARS", "9"), ("MAX_PAGE_BYTES", "1 MB"), ("CORPUS_ROOT", ""), ("CORPUS_ROOT", " "),
        ("INDEX_ROOT", "a\0b"), ("INDEX_ROOT", "~no-such-user-here/index"), ("HOST", ""), ("HOST", "a b"),
        ("HOST", "[::1]"), ("HOST", "localhost:8000"), ("HOST", "1.2.3"), ("HOST", "256.1.1.1"), ("HOST", "-a"),
        ("TRUSTED_HOSTS", "a,,b"), ("TRUSTED_HOSTS", "a:80"), ("TRUSTED_HOSTS", "*"), ("TRUSTED_HOSTS", "::1"),
        ("TRUSTED_HOSTS", "[a]"), ("TRUSTED_HOSTS", "http://a"), ("TRUSTED_HOSTS", "."), ("MAX_WAIT", "9"), ("CHECK_EVERY", "-1"), ("METRICS_PORT", "65536"), ("LOG_LEVEL", "loud"),
    ],
)  # fmt: skip
def test_a_bad_value_is_refused_by_name(name: str, text: str) -> None:
    """The message names the setting and its value, and says what is allowed."""
    with pytest.raises(SettingError) as caught:
        Settings.from_env({PREFIX + name: text})
    allowed = next(setting.kind.allowed for setting in SETTINGS if setting.name == name)
    assert str(caught.value) == f"Setting {PREFIX}{name} is {text!r}; allowed is {allowed}."


@pytest.mark.parametrize("values", [{"port": 0}, {"port": True}, {"index_root": "index"}, {"trusted_hosts": ["a"]}])
def test_a_bad_value_is_refused_however_settings_are_made(values: dict[str, object]) -> None:
    """`Settings(…)` checks as `from_env` does, types included."""
    with pytest.raises(SettingError, match="MONOGRAPH_SEARCH_"):
        Settings(**values)  # type: ignore[arg-type]  # that is the point


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    """A misspelt setting is an error, never silently a default."""
    with pytest.raises(SettingError, match=r"no setting MONOGRAPH_SEARCH_PROT\. .*MONOGRAPH_SEARCH_PORT;"):
        Settings.from_env({"MONOGRAPH_SEARCH_PROT": "80"})
    with pytest.raises(SettingError, match="no setting 'prot'"):
        Settings.from_env({}, prot=80)


def test_a_setting_error_is_one_of_ours_and_a_value_error() -> None:
    """The command line catches SearchError; a library's caller may expect ValueError."""
    assert issubclass(SettingError, SearchError)
    assert issubclass(SettingError, ValueError)


@pytest.mark.parametrize(
    ("settings", "address", "hosts"),
    [
        (Settings(), "127.0.0.1:8000", ("localhost", "127.0.0.1", "[::1]")),
        (Settings(host="ward-7_a", port=80), "ward-7_a:80", ("localhost", "127.0.0.1", "[::1]", "ward-7_a")),
        (Settings(host="fd00::7"), "[fd00::7]:8000", ("localhost", "127.0.0.1", "[::1]", "[fd00::7]")),
        (Settings(trusted_hosts=("drugs.example",)), "127.0.0.1:8000", ("drugs.example",)),
    ],
)
def test_where_to_listen_and_whom_to_answer(settings: Settings, address: str, hosts: tuple[str, ...]) -> None:
    """Without trusted hosts, this machine's names and HOST are answered to, never any name at all."""
    assert settings.address == address
    assert settings.hosts == hosts


def test_every_setting_is_documented() -> None:
    """The table in docs/operations.md is the list: names, defaults, help and what is allowed, in its order."""
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([A-Z_]+)` \| (?:`(.+?)`|empty) \| (.+?) \| (.+?) \|$", page, re.MULTILINE)
    assert rows == [setting.row for setting in SETTINGS]
    assert [setting.field for setting in SETTINGS] == [field.name for field in fields(Settings)]
