"""The server as other programs meet it: each request goes to a running one, over a socket."""

from http.client import HTTPConnection

import pytest

from contract_assembly.web.closed import HEADERS, MAX_BODY
from tests.helpers.corpus import based
from tests.helpers.served import served

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    root = based(tmp_path_factory.mktemp("served") / "root")
    with served(root) as running:
        yield running


def test_the_token_lets_a_browser_in_once_and_then_the_cookie_does(server):
    entered = server.ask("GET", f"/?token={server.token}")
    assert (entered.status, entered.headers["location"]) == (303, "/")
    assert entered.headers["set-cookie"].endswith("; Path=/; HttpOnly; SameSite=Strict")
    page = server.get("/")
    assert page.status == 200
    assert "2026-support" in page.text
    assert server.token not in page.text


@pytest.mark.parametrize("path", ["/", "/live", "/live.js", "/agreements/acme", "/no-such-page", "/?token=wrong"])
def test_without_the_cookie_nothing_is_shown(server, path):
    found = server.ask("GET", path)
    assert found.status == 403
    assert "acme" not in found.text
    assert "the terminal printed" in found.text


def test_another_host_another_origin_and_another_method_are_refused(server):
    assert server.ask("GET", "/", host="evil.example", cookie=server.cookie).status == 421
    assert server.ask("GET", "/", host=f"evil.example:{server.port}", cookie=server.cookie).status == 421
    assert server.ask("GET", "/", origin="http://evil.example", cookie=server.cookie).status == 403
    assert (
        server.ask("POST", "/", b"", cookie=server.cookie, content_type="application/x-www-form-urlencoded").status
        == 403
    )
    assert server.ask("DELETE", "/", cookie=server.cookie, origin=f"http://{server.host}").status == 405


@pytest.mark.parametrize("path", ["/", "/no-such-page", "/style.css", "/?token=wrong"])
def test_every_answer_is_closed(server, path):
    found = server.get(path)
    assert {name: found.headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize(
    "path",
    [
        "/no-such-page",
        "/agreements/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/style.css/..%2f..%2fapplication.py",
        "//etc/passwd",
        "/agreements/%00",
    ],
)
def test_an_unknown_address_is_a_page_that_says_so(server, path):
    found = server.get(path)
    assert found.status == 404
    assert "root:" not in found.text


def test_a_request_with_100_mb_is_refused_before_it_is_read(server):
    connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.putrequest("POST", "/", skip_host=True)
    for name, value in {
        "host": server.host,
        "cookie": server.cookie,
        "content-length": "100000000",
        "origin": f"http://{server.host}",
    }.items():
        connection.putheader(name, value)
    connection.putheader("content-type", "application/x-www-form-urlencoded")
    connection.endheaders()
    assert connection.getresponse().status in {405, 413}
    connection.close()
    assert server.get("/").status == 200
    assert MAX_BODY == 1_000_000
