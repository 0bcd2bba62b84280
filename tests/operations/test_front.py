"""Strangers, broken requests and smuggled ones: gunicorn alone, and behind the nginx of docs/examples."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from tests.support.raw_http import exchange, statuses
from tests.support.serving import Served, free_port, serve

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
HOST = "search.example"
CANARY = "zyxsmuggled"

SMUGGLED = f"GET /search?q={CANARY} HTTP/1.1\r\nHost: {HOST}\r\n\r\n"


def request(*headers: str, line: str = "GET /healthz HTTP/1.1", body: str = "") -> bytes:
    """A request to our host, with headers as they are given."""
    return "\r\n".join((line, f"Host: {HOST}", *headers, "", body)).encode("latin-1")


AMBIGUOUS = {
    "length and chunks": request("Content-Length: 5", "Transfer-Encoding: chunked", body=f"0\r\n\r\n{SMUGGLED}"),
    "chunks and length": request("Transfer-Encoding: chunked", "Content-Length: 5", body=f"0\r\n\r\n{SMUGGLED}"),
    "two lengths": request("Content-Length: 0", f"Content-Length: {len(SMUGGLED)}", body=SMUGGLED),
    "a list of lengths": request(f"Content-Length: 0, {len(SMUGGLED)}", body=SMUGGLED),
    "a length with a sign": request(f"Content-Length: +{len(SMUGGLED)}", body=SMUGGLED),
    "a length that is none": request("Content-Length: 0x10", body=SMUGGLED),
    "chunked in disguise": request("Transfer-Encoding: xchunked", body=f"0\r\n\r\n{SMUGGLED}"),
    "chunked twice": request("Transfer-Encoding: chunked, chunked", body=f"0\r\n\r\n{SMUGGLED}"),
    "a blank before the colon": request("Content-Length : 5", body=SMUGGLED),
    "a folded header": request("X-A: b", " Content-Length: 5", body=SMUGGLED),
    "an underscore for a hyphen": request("Content_Length: 5", f"Transfer_Encoding: chunked\r\nContent-Length: {len(SMUGGLED)}", body=SMUGGLED),
    "a NUL in a header": request("X-A: b\0c", f"Content-Length: {len(SMUGGLED)}", body=SMUGGLED),
    "another host in the line": request(f"Content-Length: {len(SMUGGLED)}", line="GET http://evil.example/healthz HTTP/1.1", body=SMUGGLED),
    "a second host": request("Host: evil.example", f"Content-Length: {len(SMUGGLED)}", body=SMUGGLED),
}  # fmt: skip
"""Requests whose end two readers may see in two places; a request is hidden behind it."""

TOO_MUCH = {
    "a long address": request(line=f"GET /search?q={'a' * 5_000} HTTP/1.1"),
    "a long header": request(f"X-A: {'a' * 20_000}"),
    "many headers": request(*(f"X-{n}: {'a' * 300}" for n in range(400))),
    "a version from nowhere": request(line="GET /healthz HTTP/9.9"),
    "no method": request(line="/healthz HTTP/1.1"),
    "no line": b"\r\n\r\n\r\n",
    "another protocol": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
}


@dataclass(frozen=True)
class Front:
    """Where to send requests, and what stands behind."""

    port: int
    served: Served
    errors: Path | None = None


@pytest.fixture(scope="module")
def alone(index_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """Gunicorn as `serve` starts it."""
    hosts = f"{HOST},127.0.0.1"
    with serve(index_root, tmp_path_factory.mktemp("front") / "log", trusted_hosts=hosts, log_level="info") as served:
        yield Front(served.port, served)
    assert CANARY not in served.logged()


@pytest.fixture(scope="module")
def behind_nginx(alone: Front, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """The nginx of docs/examples before the same server, on a port of its own."""
    if NGINX is None:
        pytest.skip("no nginx here: install nginx")
    folder = tmp_path_factory.mktemp("nginx")
    with nginx(folder, alone.port) as port:
        yield Front(port, alone.served, folder / "errors")
    assert CANARY not in (folder / "errors").read_text("utf-8")


@contextmanager
def nginx(folder: Path, behind: int) -> Iterator[int]:
    """The example as it stands, but for its ports; gives the port it listens on."""
    port = free_port()
    example = (ROOT / "docs" / "examples" / "nginx.conf").read_text("utf-8")
    assert example.count("listen 80") == 2
    example = example.replace("listen 80", f"listen 127.0.0.1:{port}").replace("127.0.0.1:8000", f"127.0.0.1:{behind}")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    around = (
        f"pid {folder}/pid; daemon off; events {{}} http {{ {''.join(f'{k}_temp_path {folder}/{k};' for k in kinds)}"
    )
    (folder / "nginx.conf").write_text(f"{around}\n{example}\n}}", "utf-8")
    with (folder / "errors").open("wb") as errors:
        command = [str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr"]
        process = subprocess.Popen(command, stderr=errors)
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as connection:
            if connection.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("nginx did not start")


@pytest.fixture(params=["alone", "behind_nginx"])
def front(request: pytest.FixtureRequest) -> Front:
    """Each of both."""
    found: Front = request.getfixturevalue(request.param)
    return found


def test_a_plain_request_is_answered(front: Front) -> None:
    """A search, a page and a download, by the name that is trusted."""
    for path in ("/search?q=calcium", "/m/d/denosumab", "/api/v1/search?q=calcium", "/static/site.css"):
        answer = exchange(front.port, request("Connection: close", line=f"GET {path} HTTP/1.1"))
        assert statuses(answer) == [200], path
        assert b"Content-Security-Policy: default-src 'none'" in answer
    table = exchange(front.port, request("Connection: close", line="GET /search.csv?q=calcium HTTP/1.1"))
    assert statuses(table) == [200]
    assert b"denosumab" in table.lower()


@pytest.mark.parametrize("sent", AMBIGUOUS.values(), ids=AMBIGUOUS)
def test_nothing_is_smuggled_behind_a_request(front: Front, alone: Front, sent: bytes) -> None:
    """At most one answer, and never that of the hidden request: what is ambiguous is refused, or read in one way."""
    answer = exchange(front.port, sent)
    codes = statuses(answer)
    assert len(codes) <= 1 or codes[1:] == [400], answer[:2000]
    if front is alone:
        assert all(code >= 400 for code in codes), "gunicorn refuses whatever is ambiguous"
    assert CANARY.encode() not in answer
    assert b"Monograph Search</title>" not in answer or codes[0] >= 400


@pytest.mark.parametrize("sent", TOO_MUCH.values(), ids=TOO_MUCH)
def test_what_is_too_much_or_no_request_is_refused(front: Front, sent: bytes) -> None:
    """With a plain error, or not at all; and the server answers the next one."""
    codes = statuses(exchange(front.port, sent))
    assert all(400 <= code < 600 for code in codes)
    assert statuses(exchange(front.port, request("Connection: close"))) == [200]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get"])
def test_only_get_and_head(front: Front, method: str) -> None:
    """Nothing here can be changed from outside."""
    (code,) = statuses(exchange(front.port, request("Connection: close", line=f"{method} /search?q=a HTTP/1.1")))
    assert code in (400, 405, 501)
    head = exchange(front.port, request("Connection: close", line="HEAD /search?q=a HTTP/1.1"))
    assert statuses(head) == [200]
    assert head.endswith(b"\r\n\r\n")


@pytest.mark.parametrize("host", ["evil.example", f"{HOST}.evil.example", f"evil.example:{80}", "", "169.254.169.254"])
def test_a_foreign_host_gets_nothing(front: Front, host: str) -> None:
    """Neither a page nor a word of it."""
    answer = exchange(
        front.port, f"GET /search?q=calcium HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
    )
    assert statuses(answer) in ([], [400])
    assert b"enosumab" not in answer


def test_half_a_request_holds_nobody_up(behind_nginx: Front) -> None:
    """Connections that never finish their request keep no one from an answer behind nginx; gunicorn alone has a thread wait for each."""
    with ExitStack() as held:
        for _ in range(20):
            connection = held.enter_context(socket.create_connection(("127.0.0.1", behind_nginx.port), timeout=3))
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: ")
        assert statuses(exchange(behind_nginx.port, request("Connection: close"))) == [200]


def test_a_server_that_is_gone_leaves_no_query_in_the_log_of_nginx(tmp_path: Path) -> None:
    """Nginx says 502, and writes nothing that was asked."""
    if NGINX is None:
        pytest.skip("no nginx here: install nginx")
    with nginx(tmp_path, free_port()) as port:
        assert statuses(exchange(port, request("Connection: close", line=f"GET /search?q={CANARY} HTTP/1.1"))) == [502]
    assert CANARY not in (tmp_path / "errors").read_text("utf-8")
