"""What `serve` refuses, and that its processes live and end together."""

import shutil
import socket
import time
import urllib.request
from pathlib import Path

import pytest

from search import SettingError, Settings
from search.commands.server import refuse_what_cannot_be_served
from tests.support.serving import free_port, serve


def test_a_taken_address_is_told_at_once(tmp_path: Path) -> None:
    """By the name of the setting to change."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingError, match=f"Cannot listen on 127.0.0.1:{port} .*choose another PORT"):
            refuse_what_cannot_be_served(Settings(port=port))
        with pytest.raises(SettingError, match="choose another METRICS_PORT"):
            refuse_what_cannot_be_served(Settings(port=free_port(), metrics_port=port))


def test_what_cannot_be_is_refused(tmp_path: Path) -> None:
    """An address that is not ours, one port twice, a folder to watch that is not there."""
    with pytest.raises(SettingError, match=r"Cannot listen on 192\.0\.2\.1"):
        refuse_what_cannot_be_served(Settings(host="192.0.2.1", port=free_port()))
    port = free_port()
    with pytest.raises(SettingError, match="choose another METRICS_PORT"):
        refuse_what_cannot_be_served(Settings(port=port, metrics_port=port))
    with pytest.raises(SettingError, match="no such folder to look at"):
        refuse_what_cannot_be_served(Settings(port=free_port(), corpus_root=tmp_path / "none", reindex_every=1))


def test_a_server_that_keeps_its_index_renewed(tmp_path: Path, fixture_corpus: Path) -> None:
    """It starts without an index, builds one, takes in a new page, counts for /metrics, and leaves no process behind."""
    corpus, metrics_port = tmp_path / "pages", free_port()
    shutil.copytree(fixture_corpus, corpus)
    settings = {"corpus_root": corpus, "reindex_every": 1, "metrics_port": metrics_port, "log_level": "info"}
    with serve(tmp_path / "index", tmp_path / "log", **settings) as served:
        assert _until(lambda: served.get("/api/v1/search?q=calcium")[0] == 200)
        page = (corpus / "d" / "denosumab.md").read_text("utf-8")
        (corpus / "z").mkdir()
        (corpus / "z" / "zyxwort.md").write_text(page.replace("Denosumab", "Zyxwort"), "utf-8")
        assert _until(lambda: b"Zyxwort" in served.get("/api/v1/search?q=zyxwort")[1])
        told = _metrics(metrics_port)
        assert 'monograph_search_request_seconds_count{route="/api/v1/search",status="200"}' in told
        assert "monograph_search_index_generation_monographs 5.0" in told
        assert "monograph_search_in_flight 0.0" in told
        assert "calcium" not in told
    assert served.process.returncode == 0
    assert "calcium" not in served.logged()
    assert '"route": "/api/v1/search", "status": 200' in served.logged()
    for port in (served.port, metrics_port):
        with socket.socket() as connection:
            assert connection.connect_ex(("127.0.0.1", port)) != 0, "a process outlived the server"


def _metrics(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
        text: str = answer.read().decode()
        return text


def _until(true: object) -> bool:
    """Whether something becomes true within half a minute."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if true():  # type: ignore[operator]
            return True
        time.sleep(0.2)
    return False
