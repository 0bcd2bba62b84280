"""What guards every answer: headers, hosts, bodies, caches, vendored files, logs."""

import hashlib
import logging
import re
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from search import Settings
from tests.support.page import Page
from tests.support.paths import ROOT
from web import create_app
from web.logs import WithoutQueries

WEB = ROOT / "web"
VENDOR = WEB / "static" / "vendor"
EVERYWHERE = [
    "/",
    "/search?q=nausea",
    "/search?q=nausea&page=x",
    "/m/d/denosumab",
    "/m/nothing",
    "/help",
    "/readyz",
    "/healthz",
    "/api/v1/search?q=nausea",
    "/api/v1/nothing",
    "/static/site.css",
    "/static/nothing",
    "/favicon.ico",
]


@pytest.mark.parametrize("address", EVERYWHERE)
def test_every_answer_carries_the_headers(client: FlaskClient, address: str) -> None:
    """Pages, problems, errors and static files alike."""
    headers = client.get(address, buffered=True).headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "noindex" in headers["X-Robots-Tag"]
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize(
    "address",
    [
        "/search?q=a",
        "/search?q=a&page=x",
        "/search?q=a&page=9",
        "/m/d/denosumab?q=a",
        "/m/no?q=a",
        "/api/v1/search?q=a",
        "/nothing?q=a",
    ],
)
def test_answers_to_a_query_are_never_stored(client: FlaskClient, address: str) -> None:
    """Ward PCs are shared: no-store and no ETag, errors included."""
    headers = client.get(address).headers
    assert headers["Cache-Control"] == "no-store"
    assert "ETag" not in headers


def test_static_files_are_asked_for_again_by_etag(client: FlaskClient) -> None:
    """A browser keeps the style sheet and asks whether it changed."""
    first = client.get("/static/site.css", buffered=True)
    again = client.get("/static/site.css", headers={"If-None-Match": first.headers["ETag"]}, buffered=True)
    assert again.status_code == 304


@pytest.mark.parametrize(
    "address", ["/", "/search?q=nausea", "/search?q=qwzx", "/m/d/denosumab?q=bone", "/help", "/nothing"]
)
def test_pages_ask_for_nothing_elsewhere_and_hold_nothing_inline(client: FlaskClient, address: str) -> None:
    """No third party, no inline script or style: the policy would refuse them, and so do we."""
    page = Page(client.get(address).text)
    for element in page.elements:
        for name in ("href", "src", "action"):
            target = urlsplit(element.attributes.get(name, ""))
            assert not target.netloc
            assert not target.scheme
        assert "style" not in element.attributes
        assert not any(name.startswith("on") for name in element.attributes)
    assert not page.all("style")
    assert all(not script.text.strip() for script in page.all("script"))
    assert page.one("meta", name="robots").attributes["content"] == "noindex, nofollow"


def test_only_marking_makes_html() -> None:
    """Markup is made in one module; no template switches escaping off."""
    for path in WEB.glob("*.py"):
        if path.name != "marking.py":
            assert "Markup" not in path.read_text(encoding="utf-8"), path
    for path in (WEB / "templates").iterdir():
        source = path.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe\b|autoescape", source), path
        assert "style=" not in source, path


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost:80:80", "", "[::1", "localhost@evil.example"]
)
@pytest.mark.parametrize("address", ["/search?q=a", "/api/v1/search?q=a", "/nothing"])
def test_a_foreign_host_is_refused(client: FlaskClient, host: str, address: str) -> None:
    """Only the names of the settings are answered to, or another site could read this one under its own name."""
    assert client.get(address, headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]", "[::1]:8000"])
def test_this_machine_is_answered(client: FlaskClient, host: str) -> None:
    """By each of its names, with any port."""
    assert client.get("/", headers={"Host": host}).status_code == 200


def test_trusted_hosts_replace_this_machine(index_root: Path) -> None:
    """A name with a dot in front takes its subdomains and itself, and no others."""
    client = create_app(Settings(index_root=index_root, trusted_hosts=("search.ward", ".clinic.example"))).test_client()
    codes = {
        host: client.get("/", headers={"Host": host}).status_code
        for host in ("search.ward", "a.clinic.example:8080", "clinic.example", "notclinic.example", "localhost")
    }
    assert list(codes.values()) == [200, 200, 200, 400, 400]


def test_bodies_are_refused(client: FlaskClient) -> None:
    """Nothing here reads a body."""
    assert client.get("/search?q=a", data=b"x" * 100).status_code == 413
    assert client.get("/api/v1/search?q=a", data=b"x").content_type == "application/problem+json"


def test_vendored_files_are_what_the_list_says() -> None:
    """Every vendored file is listed with its sha256, and unchanged; its licence is beside it."""
    rows = re.findall(
        r"^\| ([\w-]+/\S+) \|.*\| ([0-9a-f]{64}) \|$", (VENDOR / "VENDORED.md").read_text("utf-8"), re.MULTILINE
    )
    listed = dict(rows)
    found = {
        str(path.relative_to(VENDOR)): path
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "VENDORED.md"
    }
    assert listed.keys() == found.keys()
    for name, path in found.items():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == listed[name], name
    for name in ("pico/LICENSE.md", "combobox-nav/LICENSE"):
        assert "Permission is hereby granted, free of charge" in found[name].read_text("utf-8")


def test_the_log_filter_cuts_arguments_and_messages() -> None:
    """Gunicorn writes the whole address when a request breaks off; the filter leaves the stack."""
    secret = "secret" + "word"  # in one piece, it would stand in the stack as a line of this file
    try:
        int(secret)
    except ValueError as error:
        record = logging.LogRecord(
            "gunicorn", logging.ERROR, __file__, 1, "Error handling request %s", (f"/m/{secret}?q={secret}",),
            (type(error), error, error.__traceback__),
        )  # fmt: skip
    assert WithoutQueries().filter(record)
    line = logging.Formatter().format(record)
    assert secret not in line
    assert line.startswith("Error handling request\n")
    assert "ValueError" in line


def test_a_request_that_cannot_be_read_leaves_no_query_in_the_log(live_server: str) -> None:
    """The fixture checks the log when the server ends: gunicorn quotes a request line it cannot read, ours does not."""
    place = urlsplit(live_server)
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=5) as connection:
        connection.sendall(b"GET /search?q=low calcium and more HTTP/1.1\r\n\r\n")
        assert b" 400 " in connection.recv(200)
