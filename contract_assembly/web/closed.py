"""Who may use the pages: decided from a request's headers alone, before anything else happens. Pure.

The server listens on this machine, but every web site that is open in the same browser can send requests to it. So each run has a
random token: in the address that the terminal prints, then in a cookie that no other site can cause to be sent. The Host must be
ours (DNS rebinding), the Origin too (forged requests), and a form carries a token of its own.
"""

import hmac
from collections.abc import Mapping
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from urllib.parse import parse_qs, quote, urlencode

from msgspec import Struct

METHODS = ("GET", "HEAD", "POST")
MAX_BODY = 1_000_000  # bytes of a form
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
# `same-origin`, not `no-referrer`: with that, browsers send "Origin: null" with our own forms.
HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


class Refusal(Struct, frozen=True):
    """A request that is not answered: the status, what is wrong, and the fix."""

    status: int
    what: str
    hint: str = ""


class TokenEntry(Struct, frozen=True):
    """A request that carries the token in its address: the cookie to set, and the address without the token."""

    cookie: str
    to: str


class Gate(Struct, frozen=True):
    """The token and port of this run, and the names under which the server may be asked for: loopback, or the `host` that was
    named on the command line."""

    token: str
    port: int
    host: str = ""

    @property
    def cookie_name(self) -> str:
        """A browser sends the cookies of one port to all of them, so two servers need two names."""
        return f"contracts-{self.port}"

    def secret(self, purpose: str) -> str:
        """A secret that follows from the token, so that what is in a form or a cookie is not the token itself."""
        return hmac.new(self.token.encode(), purpose.encode(), sha256).hexdigest()

    @property
    def form_token(self) -> str:
        """What each form carries."""
        return self.secret("form")

    def examined(self, method: str, path: str, query: str, headers: Mapping[str, str]) -> Refusal | TokenEntry | None:
        """Why a request is refused, or the entry that it asks for; None for one that may be answered."""
        if method not in METHODS:
            return Refusal(405, "this method is not answered", "use the links and forms of the pages")
        host = headers.get("host", "")
        if not self._is_ours(host):
            return Refusal(
                421, "this server was asked for under another name", "open the address that the terminal printed"
            )
        if headers.get("origin", f"http://{host}" if method != "POST" else "") != f"http://{host}":
            return Refusal(403, "this request came from another web site", "open the address that the terminal printed")
        if headers.get("sec-fetch-site", "none") == "cross-site" and not _navigates(headers, method):
            return Refusal(403, "this request came from another web site", "open the address that the terminal printed")
        fields = parse_qs(query, keep_blank_values=True)
        if method == "GET" and "token" in fields:
            return self._entered(path, fields)
        if not hmac.compare_digest(_cookie(headers, self.cookie_name), self.secret("cookie")):
            return Refusal(
                403, "this browser has not been let in", "open the address that the terminal printed, with its token"
            )
        return None

    def _entered(self, path: str, fields: dict[str, list[str]]) -> Refusal | TokenEntry:
        if not hmac.compare_digest(fields["token"][-1].encode(), self.token.encode()):
            hint = "each run has its own token: open the address that the terminal printed last"
            return Refusal(403, "this token is not the one of this run", hint)
        rest = urlencode({name: found for name, found in fields.items() if name != "token"}, doseq=True)
        cookie = f"{self.cookie_name}={self.secret('cookie')}; Path=/; HttpOnly; SameSite=Strict"
        return TokenEntry(cookie, f"/{quote(path.lstrip('/'))}" + (f"?{rest}" if rest else ""))

    def _is_ours(self, host: str) -> bool:
        name, _, port = (host if host.rpartition("]")[2].count(":") else f"{host}:80").rpartition(":")
        if port != str(self.port):
            return False
        return name.lower() in {*LOOPBACK, self.host} or (self.host in {"0.0.0.0", "[::]"} and _is_address(name))  # noqa: S104


def _navigates(headers: Mapping[str, str], method: str) -> bool:
    """Whether a person followed a link to us, from a mail for instance; a cookie is not sent then, a token in the address is."""
    return (
        method == "GET" and headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    )


def _is_address(name: str) -> bool:
    """Whether this is an address in numbers, which no other site's name can be made to mean."""
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _cookie(headers: Mapping[str, str], name: str) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found and found.value.isascii() else ""
