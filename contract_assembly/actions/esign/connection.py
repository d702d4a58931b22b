"""A connection to the API of an e-sign service: the only module of the program that opens one.

It goes to one base URL, follows no redirect, and takes no more than a fixed number of bytes and seconds. The key goes to that
URL only, and is in no message. Nothing is tried twice: a failure is reported, and the next run finds out what the service did."""

import json
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException, HTTPResponse
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode, urlsplit

from msgspec import Struct

from contract_assembly.actions.esign.answer import unexpected
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import shortened, shown

MOST_JSON, MOST_FILE = 4_000_000, 64_000_000  # bytes of an answer, and of a file
WAIT, LONGEST = 30.0, 180.0  # seconds without a byte, and for one request
MISSING = "esign-missing"  # the rule of an answer 404
LOOPBACK = ("127.0.0.1", "localhost", "::1")
_CHUNK = 65_536
_AGAIN = "run the command again later: nothing is sent twice"


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_given: Any, **_named: Any) -> None:
        return None


class Connection(Struct, frozen=True):
    """The API at a base URL, with the header that carries the key. All methods raise RefusedError."""

    base: str
    header: str
    key: str

    def __repr__(self) -> str:  # without the key
        return f"Connection({self.base})"

    def get(self, path: str, **query: str) -> Any:
        """The JSON that the service answers."""
        return _json(self._call("GET", path, query=query, most=MOST_JSON))

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """Send JSON, and get the JSON that the service answers."""
        data = json.dumps(body).encode()
        return _json(self._call("POST", path, data=data, kind="application/json", most=MOST_JSON))

    def post_form(self, path: str, payload: Mapping[str, Any], name: str, pdf: bytes, mark: str) -> Any:
        """Send a form with JSON as `payload` and a PDF as `files`, and get the JSON that the service answers. `mark` is a text
        that separates the parts; it may not be in the PDF."""
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="payload"\r\n\r\n{json.dumps(payload)}\r\n'.encode(),
            f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
            "Content-Type: application/pdf\r\n\r\n".encode(),
            pdf,
            f"\r\n--{mark}--\r\n".encode(),
        ]
        kind = f"multipart/form-data; boundary={mark}"
        return _json(self._call("POST", path, data=b"".join(parts), kind=kind, most=MOST_JSON))

    def file(self, path: str, **query: str) -> bytes:
        """A file of the service, at a path of the API."""
        return self._call("GET", path, query=query, most=MOST_FILE)

    def file_at(self, url: str) -> bytes:
        """A file at a URL that the service named, fetched without the key. It must be https, unless it is where the API is."""
        parts = urlsplit(url)
        ours = urlsplit(self.base)
        if parts.scheme != "https" and (parts.scheme, parts.netloc) != (ours.scheme, ours.netloc):
            raise unexpected(f"the file is at {shown(shortened(url))}, which is not https")
        return _fetched(urllib.request.Request(url), MOST_FILE)  # noqa: S310  # the scheme was just checked

    def _call(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, data: bytes | None = None,
        kind: str = "", most: int,
    ) -> bytes:  # fmt: skip
        url = f"{self.base}{quote(path)}{f'?{urlencode(query)}' if query else ''}"
        sent = urllib.request.Request(url, data=data, method=method)  # noqa: S310  # the base is a fact of a checked type
        sent.add_header(self.header, self.key)
        sent.add_header("Accept", "application/json" if most == MOST_JSON else "application/pdf")
        if kind:
            sent.add_header("Content-Type", kind)
        return _fetched(sent, most)


def _fetched(sent: urllib.request.Request, most: int) -> bytes:
    near = urlsplit(sent.full_url).hostname in LOOPBACK
    handlers = [_NoRedirect(), *([urllib.request.ProxyHandler({})] if near else [])]
    opener = urllib.request.build_opener(*handlers)
    with _failures_as_problems(sent):
        end = time.monotonic() + LONGEST
        with opener.open(sent, timeout=WAIT) as answer:
            found = _read(answer, most, end)
    return found


def _read(answer: HTTPResponse, most: int, end: float) -> bytes:
    found = bytearray()
    while chunk := answer.read1(_CHUNK):
        found += chunk
        if len(found) > most:
            raise unexpected(f"the answer is over {most:,} bytes")
        if time.monotonic() > end:
            raise TimeoutError
    if answer.length:
        raise unexpected("the answer was cut off")
    return bytes(found)


@contextmanager
def _failures_as_problems(sent: urllib.request.Request) -> Iterator[None]:
    host = urlsplit(sent.full_url).netloc
    try:
        yield
    except HTTPError as error:
        with error:
            raise _refused_by(host, error) from None
    except (URLError, OSError, HTTPException) as error:
        reason = error.reason if isinstance(error, URLError) else error
        if isinstance(reason, TimeoutError):
            what = f"{host} did not answer in time"
        elif isinstance(reason, HTTPException):
            raise unexpected(f"the answer of {host} was cut off") from None
        else:
            what = f"{host} cannot be reached: {getattr(reason, 'strerror', '') or type(reason).__name__}"
        raise RefusedError([Problem("esign-unreachable", what, None, _AGAIN)]) from None


def _refused_by(host: str, error: HTTPError) -> RefusedError:
    code = error.code
    if code in {401, 403}:
        hint = "make a key in the settings of the service, and put it into CONTRACTS_ESIGN_KEY"
        return RefusedError([Problem("esign-key", f"{host} did not accept the key ({code})", None, hint)])
    if code == 429:  # too many requests, RFC 6585
        wait = error.headers.get("Retry-After", "")
        when = f"in {wait} seconds" if wait.isdecimal() and len(wait) < 6 else "later"
        return RefusedError(
            [Problem("esign-busy", f"{host} is refusing further requests for now", None, f"try again {when}")]
        )
    if code == 404:
        hint = (
            "see that esign and esign_url in provider.yaml belong together, and whether the request was deleted there"
        )
        return RefusedError([Problem(MISSING, f"{host} does not have it (404)", None, hint)])
    if 300 <= code < 400:
        hint = "give esign_url the address of the API, as the service documents it"
        return RefusedError([Problem("esign-answer", f"{host} sends us to another address ({code})", None, hint)])
    if code >= 500:
        return RefusedError([Problem("esign-failed", f"{host} failed ({code})", None, _AGAIN)])
    hint = "see that esign and esign_url in provider.yaml belong together"
    what = f"{host} refused the request ({code}){_said(error)}"
    return RefusedError([Problem("esign-refused", what, None, hint)])


def _said(error: IO[bytes]) -> str:
    """What the service says about a refusal, where it is JSON with a message."""
    try:
        found = json.loads(error.read(_CHUNK))
    except (ValueError, OSError, HTTPException, RecursionError):
        return ""
    text = (found.get("message") or found.get("error")) if isinstance(found, dict) else ""
    return f": {shortened(shown(text))}" if isinstance(text, str) and text else ""


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise unexpected("the answer is not JSON") from None
