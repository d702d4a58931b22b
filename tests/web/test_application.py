"""The server as other programs meet it: each request goes to a running one, over a socket."""

import re
from datetime import date
from http.client import HTTPConnection
from time import monotonic, sleep

import pytest

from contract_assembly.web import application as web
from contract_assembly.web.closed import HEADERS, MAX_BODY
from contract_assembly.web.page import Page, Redirect, Route
from contract_assembly.web.state import SiteState
from tests.helpers.corpus import based
from tests.helpers.served import answering, served

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    root = based(tmp_path_factory.mktemp("served") / "root")
    with served(root) as running:
        running.root = root
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


@pytest.fixture(scope="module")
def forms(tmp_path_factory):
    """A server with a form that writes what it is sent to a list, a page that fails, and one that is slow."""
    root = based(tmp_path_factory.mktemp("forms") / "root")
    written, faults = [], []

    def save(asked, form, where):
        written.append((asked.names, dict(form), where))
        return Redirect("/form/done")

    def form(asked):
        return Page("wrong.html", f"A form for {asked.names['name']}", {"hint": ""})

    def fails(_asked):
        raise ZeroDivisionError

    def slow(_asked):
        sleep(0.5)
        return Page("wrong.html", "Slow", {"hint": ""})

    routes = (Route("/form/{name}", form, save), Route("/fails", fails), Route("/slow", slow))
    with answering(SiteState(root, lambda: date(2026, 11, 30)), routes, faults) as running:
        yield running, written, faults, root


def test_a_form_with_everything_is_carried_out_once(forms):
    server, written, _, root = forms
    written.clear()
    done = server.post("/form/acme", {"form_token": server.form_token, "users": "36", "note": ""})
    assert (done.status, done.headers["location"]) == (303, "/form/done")
    assert written == [({"name": "acme"}, {"users": ("36",), "note": ("",)}, root)]


def test_looking_at_a_form_carries_nothing_out(forms):
    server, written, _, _ = forms
    written.clear()
    assert server.get(f"/form/acme?form_token={server.form_token}&users=36").status == 200
    assert server.ask("HEAD", "/form/acme", cookie=server.cookie).status == 200
    assert written == []


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"cookie": ""}, 403),
        ({"host": "evil.example"}, 421),
        ({"content_type": "text/plain"}, 415),
        ({"content_type": "multipart/form-data; boundary=x"}, 415),
        ({"sec_fetch_site": "cross-site"}, 403),
    ],
)
def test_a_form_from_elsewhere_is_not_carried_out(forms, how, status):
    server, written, _, _ = forms
    written.clear()
    assert server.post("/form/acme", {"form_token": server.form_token}, **how).status == status
    assert written == []


@pytest.mark.parametrize("token", ["", "wrong", None])
def test_a_form_without_its_token_is_not_carried_out(forms, token):
    server, written, _, _ = forms
    written.clear()
    fields = {} if token is None else {"form_token": token}
    refused = server.post("/form/acme", {**fields, "users": "36"})
    assert (refused.status, written) == (403, [])
    assert "an earlier run of the server" in refused.text


def test_a_form_that_is_too_big_is_refused_whether_or_not_it_says_so(forms):
    server, written, _, _ = forms
    written.clear()
    assert server.post("/form/acme", {"form_token": server.form_token, "x": "y" * MAX_BODY}).status == 413
    connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
    headers = {
        "Cookie": server.cookie,
        "Origin": f"http://{server.host}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    parts = (b"x" * 100_000 for _ in range(20))
    connection.request("POST", "/form/acme", parts, headers, encode_chunked=True)
    assert connection.getresponse().status == 413
    connection.close()
    assert server.post("/form/acme", {f"x{n}": "" for n in range(3_000)}).status == 400
    assert written == []


def test_a_form_that_does_not_arrive_is_given_up(forms, monkeypatch):
    server, _, _, _ = forms
    monkeypatch.setattr(web, "BODY_SECONDS", 0.2)
    late = server.ask("POST", "/form/acme", b"", cookie=server.cookie, origin=f"http://{server.host}",
                      content_type="application/x-www-form-urlencoded", content_length="10")  # fmt: skip
    assert late.status == 408


def test_a_page_that_takes_too_long_says_so(forms, monkeypatch):
    server, _, _, _ = forms
    monkeypatch.setattr(web, "PAGE_SECONDS", 0.1)
    assert server.get("/slow").status == 503


def test_a_fault_of_ours_is_a_page_without_its_details(forms):
    server, _, faults, _ = forms
    page = server.get("/fails")
    assert page.status == 500
    assert "fault of the program" in page.text
    assert "ZeroDivision" not in page.text
    assert "ZeroDivisionError" in faults[-1]


def test_a_change_on_disk_reaches_an_open_page_in_under_300_ms(server):
    """From the write of the file to the page with the new fact in it, as a browser asks for it."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request("GET", "/live", headers={"Cookie": server.cookie})
    events = connection.getresponse()
    assert events.headers["content-type"].startswith("text/event-stream")
    shown = {fee(server)}
    path = server.root / "agreements/acme/2026-support/agreement.yaml"
    best = 9.0
    for count in (35, 36, 37):
        text = path.read_text("utf-8")
        sleep(0.3)
        began = monotonic()
        path.write_text(re.sub(r"users: \d+", f"users: {count}", text), "utf-8")
        while not events.readline().startswith(b"data: "):
            pass
        shown.add(fee(server))
        best = min(best, monotonic() - began)
    connection.close()
    assert len(shown) == 4
    assert best < 0.3


def fee(server):
    return re.search(
        r'class="money">([\d.,]+)<abbr>USD</abbr></span></span><span class="under">when signed', server.get("/").text
    )[1]


def test_facts_that_break_while_a_page_is_open_are_shown_in_their_row_and_mended_again(server):
    path = server.root / "agreements/acme/2026-support/agreement.yaml"
    sound = path.read_text("utf-8")
    try:
        path.write_text("kind: [\n", "utf-8")
        assert "agreement.yaml:" in until(server, 'class="chip problems"')
    finally:
        path.write_text(sound, "utf-8")
    until(server, "when signed")


def until(server, words):
    """The portfolio as soon as it has these words."""
    for _ in range(100):
        if words in (page := server.get("/").text):
            return page
        sleep(0.05)
    raise AssertionError(page)


def test_two_browsers_see_the_same(server):
    other = server.ask("GET", f"/?token={server.token}").headers["set-cookie"].partition(";")[0]
    assert server.ask("GET", "/", cookie=other).body == server.get("/").body


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
