"""Text is sent compressed where that is asked for, and pages stay within their budget of bytes."""

import gzip
import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.paths import ROOT

STATIC = ROOT / "web" / "static"
GZIP = {"Accept-Encoding": "gzip"}


@pytest.mark.parametrize(
    "address",
    ["/", "/search?q=nausea", "/m/d/denosumab", "/api/v1/search?q=nausea", "/static/site.css", "/static/site.js"],
)
def test_compressed_or_not_it_says_the_same(client: FlaskClient, address: str) -> None:
    """The bytes inside are those sent to who takes no gzip; caches keep the two apart."""
    packed = client.get(address, headers=GZIP)
    with client.get(address) as plain:
        _check(plain, packed)


def _check(plain: TestResponse, packed: TestResponse) -> None:
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.get_data()) == plain.get_data()
    assert int(packed.headers["Content-Length"]) == len(packed.get_data()) < len(plain.get_data())
    assert "Accept-Encoding" in packed.headers["Vary"]


@pytest.mark.parametrize("address", ["/healthz", "/static/favicon.svg"])
def test_what_is_small_stays_as_it_is(client: FlaskClient, address: str) -> None:
    """Under a kilobyte nothing is gained."""
    assert "Content-Encoding" not in client.get(address, headers=GZIP).headers


def test_a_page_is_not_sent_again(client: FlaskClient) -> None:
    """Compressed or not, an unchanged page is 304."""
    tag = client.get("/m/d/denosumab", headers=GZIP).headers["ETag"]
    assert client.get("/m/d/denosumab", headers={**GZIP, "If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    "address", ["/", "/search?q=nausea", "/search?q=paracetamol", "/m/d/denosumab", "/help", "/browse"]
)
def test_a_page_keeps_to_its_budget(client: FlaskClient, address: str) -> None:
    """Gzipped at level 6: HTML ≤ 14 kB, CSS ≤ 18 kB, JS ≤ 10 kB, ≤ 50 kB in all, for slow lines."""
    html = client.get(address).get_data()
    sizes = {"html": _packed(html), "css": 0, "js": 0}
    for path in re.findall(rb'(?:href|src)="/static/([^"]+)"', html):
        file = STATIC / path.decode()
        sizes[file.suffix[1:]] = sizes.get(file.suffix[1:], 0) + _packed(file.read_bytes())
    sizes["js"] += sum(
        _packed(file.read_bytes()) for file in (STATIC / "suggest.js", STATIC / "vendor/combobox-nav/index.js")
    )
    assert sizes["html"] <= 14_000
    assert sizes["css"] <= 18_000
    assert sizes["js"] <= 10_000
    assert sum(sizes.values()) <= 50_000


def _packed(data: bytes) -> int:
    return len(gzip.compress(data, 6))
