"""Who is let in: decided from the headers of a request alone."""

import pytest

from contract_assembly.web.closed import Gate, Refusal, TokenEntry

GATE = Gate("a-token-of-this-run", 8420)
HOST = "127.0.0.1:8420"
COOKIE = f"contracts-8420={GATE.secret('cookie')}"

EVERYWHERE = "0.0.0.0"  # noqa: S104  # an address to ask for, not to listen at


def examined(method="GET", path="/", query="", gate=GATE, **headers):
    given = {"host": HOST, "cookie": COOKIE, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return gate.examined(method, path, query, {name: value for name, value in given.items() if value})


@pytest.mark.parametrize("host", ["127.0.0.1:8420", "localhost:8420", "LOCALHOST:8420", "[::1]:8420"])
def test_a_browser_with_the_cookie_is_let_in_under_each_name_of_this_machine(host):
    assert examined(host=host) is None


@pytest.mark.parametrize(
    "host", ["", "evil.example:8420", "127.0.0.1", "127.0.0.1:80", "127.0.0.1.evil.example:8420", "0.0.0.0:8420"]
)
def test_a_request_under_another_name_is_refused(host):
    assert examined(host=host).status == 421


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "contracts-8420=",
        "contracts-8420=a-token-of-this-run",
        f"contracts-8421={GATE.secret('cookie')}",
        "contracts-8420=é",
    ],
)
def test_a_browser_without_the_cookie_is_refused(cookie):
    assert examined(cookie=cookie).status == 403


def test_the_token_sets_a_strict_cookie_and_goes_out_of_the_address():
    found = examined(path="/agreements/acme", query="token=a-token-of-this-run&sort=fee", cookie="")
    assert isinstance(found, TokenEntry)
    assert found.to == "/agreements/acme?sort=fee"
    assert found.cookie == f"{COOKIE}; Path=/; HttpOnly; SameSite=Strict"
    assert "a-token" not in found.cookie


def test_another_token_is_refused_even_with_the_cookie():
    assert examined(query="token=of-an-earlier-run").status == 403
    assert examined(query="token=").status == 403
    assert examined(query="token=%C3%A9").status == 403


def test_an_entry_leads_to_this_server_whatever_its_path():
    assert examined(path="//evil.example/", query="token=a-token-of-this-run").to == "/evil.example/"
    assert examined(path="/\r\nset-cookie: x", query="token=a-token-of-this-run").to == "/%0D%0Aset-cookie%3A%20x"


@pytest.mark.parametrize(
    "origin", ["", "null", "http://evil.example", "https://127.0.0.1:8420", "http://127.0.0.1:8421"]
)
def test_a_form_from_elsewhere_is_refused(origin):
    assert examined("POST", origin=origin).status == 403


def test_a_form_of_ours_is_let_in_with_the_cookie_only():
    assert examined("POST", origin=f"http://{HOST}") is None
    assert examined("POST", origin=f"http://{HOST}", cookie="").status == 403


@pytest.mark.parametrize(
    "headers", [{"origin": "http://evil.example"}, {"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors"}]
)
def test_another_site_cannot_read_a_page(headers):
    assert examined(**headers).status == 403


def test_a_link_from_elsewhere_may_lead_to_us():
    way = {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "document"}
    assert examined(**way) is None
    assert examined("POST", origin="", **way).status == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH"])
def test_other_methods_are_not_answered(method):
    assert examined(method) == Refusal(405, "this method is not answered", "use the links and forms of the pages")


def test_another_address_is_answered_only_when_it_was_named():
    named = Gate(GATE.token, 8420, "192.168.1.5")
    assert examined(gate=named, host="192.168.1.5:8420") is None
    assert examined(gate=named, host="192.168.1.6:8420").status == 421
    everywhere = Gate(GATE.token, 8420, EVERYWHERE)
    assert examined(gate=everywhere, host="192.168.1.6:8420") is None
    assert examined(gate=everywhere, host="evil.example:8420").status == 421


def test_a_browser_leaves_the_usual_port_out():
    usual = Gate(GATE.token, 80)
    assert examined(gate=usual, host="127.0.0.1", cookie=f"contracts-80={usual.secret('cookie')}") is None
    assert examined(gate=usual, host="[::1]", cookie=f"contracts-80={usual.secret('cookie')}") is None


def test_what_is_in_a_form_is_neither_the_token_nor_the_cookie():
    assert len({GATE.token, GATE.form_token, GATE.secret("cookie")}) == 3
    assert Gate("another", 8420).form_token != GATE.form_token
