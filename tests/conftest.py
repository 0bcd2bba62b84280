"""Fixtures that several test files share: a corpus of four small pages, its index, and the web on top of it."""

from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient

from search import SearchEngine, Settings, build_index, read_corpus
from tests.support.paths import DATA
from tests.support.serving import serve
from web import create_app

pytest_plugins = ["tests.support.chromium", "tests.support.corpora"]

hypothesis.settings.register_profile(
    "ours", deadline=None
)  # machines are shared: what takes long is for benchmarks/ to say
hypothesis.settings.load_profile("ours")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--case "low calcium"` runs the relevance cases of that query and prints why each is answered as it is."""
    parser.addoption("--case", metavar="QUERY", help="run the relevance cases of this query, and print why")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With `--case`, nothing but the cases of that query."""
    query = config.getoption("--case")
    if query is None:
        return
    chosen = [item for item in items if getattr(item, "callspec", None) and _query_of(item) == query]
    if not chosen:
        raise pytest.UsageError(f"no relevance case asks {query!r}; tests/data/relevance/*.toml lists them")
    items[:] = chosen


def _query_of(item: pytest.Item) -> str | None:
    case = item.callspec.params.get("case")  # type: ignore[attr-defined] # a parametrized item has it
    return case["query"] if isinstance(case, dict) else None


@pytest.fixture(scope="session")
def fixture_corpus() -> Path:
    """Folder of four pages: denosumab, paracetamol, paracetamol + caffeine, and one full of markup."""
    return DATA / "fixtures" / "corpus"


@pytest.fixture(scope="session")
def index_root(fixture_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the fixture corpus. Read only: a test that publishes builds its own."""
    root = tmp_path_factory.mktemp("index")
    build_index(read_corpus(fixture_corpus), root)
    return root


@pytest.fixture(scope="session")
def engine(index_root: Path) -> SearchEngine:
    """A search engine over the fixture corpus."""
    return SearchEngine(index_root)


@pytest.fixture(scope="session")
def app(index_root: Path) -> Flask:
    """The web application over the fixture corpus, two monographs a page."""
    return create_app(Settings(index_root=index_root, page_size=2))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client without a network."""
    return app.test_client()


@pytest.fixture
def client_without_index(tmp_path: Path) -> FlaskClient:
    """A client of a server that has no index yet."""
    return create_app(Settings(index_root=tmp_path / "none")).test_client()


@pytest.fixture(scope="session")
def live_server(index_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the real `monograph-search serve`, gunicorn and all, over the fixture corpus."""
    with serve(index_root, tmp_path_factory.mktemp("serve") / "log.txt") as served:
        yield served.address
    assert "calcium" not in served.logged(), "a query stands in the log of the server"
