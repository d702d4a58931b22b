"""E-sign services on this machine, for tests: they answer as DocuSeal's and Documenso's published API descriptions say, and refuse
every field, query and header that is not in them. What goes wrong on a network can be asked for.

The shapes were taken from docs/openapi.json of DocuSeal and from the types of the routes of Documenso's version 2."""

import base64
import json
import re
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.parser import BytesParser
from email.policy import HTTP
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pikepdf
from msgspec import Struct, field

from tests.helpers.corpus import REPOSITORY
from tests.helpers.living import FOLDER

KEY = "test-key-1"
CERTIFICATE = b"%PDF-1.4\ncertificate of completion\n%%EOF\n"
AREA = {"x": float, "y": float, "w": float, "h": float, "page": int}
SIDES = {"positionX": float, "positionY": float, "width": float, "height": float}
STATES = {
    "docuseal": {"open": "pending", "completed": "completed", "declined": "declined"},
    "documenso": {"draft": "DRAFT", "open": "PENDING", "completed": "COMPLETED", "declined": "REJECTED"},
}


class Case(Struct):
    """A request at the service."""

    id: str
    key: str
    people: list[dict[str, str]]
    sent: bytes
    body: dict[str, Any]
    state: str
    signed: set[str] = field(default_factory=set)
    back: bytes = b""
    on: str = "2026-11-25T03:30:00.000Z"


class Esign(Struct):
    """A running service. `faults` are taken one by one from the front for calls whose "METHOD /path" begins with their first
    part; `calls` lists what was asked."""

    name: str
    url: str = ""
    cases: dict[str, Case] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)

    @property
    def only(self) -> Case:
        (case,) = self.cases.values()
        return case

    def complete(self, back: bytes) -> None:
        """All sign; this is the file."""
        self.only.state, self.only.back = "completed", back
        self.only.signed = {each["name"] for each in self.only.people}


class BadRequestError(Exception):
    """The body or query is not as documented."""


def known(found: dict[str, Any], *, must: set[str] = frozenset(), may: set[str] = frozenset()) -> None:
    if not isinstance(found, dict) or found.keys() - must - may or must - found.keys():
        raise BadRequestError(f"unknown or missing: {sorted(found.keys() ^ must)}")


def typed(found: dict[str, Any], types: dict[str, type], most: float) -> None:
    for name, kind in types.items():
        value = found[name]
        if (
            not isinstance(value, kind | int)
            or isinstance(value, bool)
            or not 0 <= value <= (999 if kind is int else most)
        ):
            raise BadRequestError(f"{name}: {value!r}")


# ---- DocuSeal


def docuseal(service: Esign, method: str, path: str, query: dict[str, str], data: bytes) -> Any:
    if (method, path) == ("POST", "/submissions/pdf"):
        return _submission(service, json.loads(data))
    if (method, path) == ("GET", "/submitters"):
        known(query, may={"external_id", "limit", "q", "slug", "submission_id", "after", "before"})
        found = [
            {
                "id": int(case.id) * 10,
                "submission_id": int(case.id),
                "external_id": each["external_id"],
                "role": each["role"],
            }
            for case in service.cases.values()
            for each in case.people
            if each["external_id"] == query.get("external_id")
        ]
        return {"data": found, "pagination": {"count": len(found), "next": None, "prev": None}}
    if method == "GET" and (match := re.fullmatch(r"/submissions/(\d+)", path)) and match[1] in service.cases:
        case, host = service.cases[match[1]], service.url.removesuffix("/api")
        people = [
            {"name": each["name"], "email": each["email"], "role": each["role"],
             "status": "completed" if each["name"] in case.signed else "sent"}
            for each in case.people
        ]  # fmt: skip
        done = case.state == "completed"
        return {
            "id": int(case.id), "status": STATES["docuseal"][case.state], "submitters": people, "archived_at": None,
            "completed_at": case.on if done else None,
            "audit_log_url": f"{host}/file/{case.id}/audit" if done else None,
            "documents": [{"name": "contract", "url": f"{host}/file/{case.id}/contract.pdf"}],
        }  # fmt: skip
    return None


def _submission(service: Esign, body: dict[str, Any]) -> dict[str, Any]:
    known(
        body, must={"documents", "submitters"}, may={"name", "order", "flatten", "send_email", "message", "remove_tags"}
    )
    (document,) = body["documents"]
    known(document, must={"name", "file"}, may={"fields", "position"})
    roles = [each["role"] for each in body["submitters"]]
    for each in document["fields"]:
        known(each, may={"name", "type", "role", "required", "areas", "title", "description", "options"})
        if each["type"] not in {"signature", "date"} or each["role"] not in roles:
            raise BadRequestError(str(each))
        for area in each["areas"]:
            known(area, must={*AREA})
            typed(area, AREA, 1)
    for each in body["submitters"]:
        known(each, may={"name", "role", "email", "external_id", "order", "fields"})
        for one in each["fields"]:
            known(one, must={"name"}, may={"preferences", "required", "readonly", "title"})
    number = str(len(service.cases) + 1)
    sent = base64.b64decode(document["file"], validate=True)
    case = Case(number, body["submitters"][0]["external_id"], body["submitters"], sent, body, "open")
    service.cases[number] = case
    return {"id": int(number), "status": "pending", "submitters": body["submitters"], "source": "api"}


# ---- Documenso


def documenso(service: Esign, method: str, path: str, query: dict[str, str], data: bytes) -> Any:
    if (method, path) == ("POST", "/envelope/create"):
        return _envelope(service, data)
    if (method, path) == ("POST", "/envelope/distribute"):
        body = json.loads(data)
        known(body, must={"envelopeId"}, may={"meta"})
        case = service.cases[body["envelopeId"]]
        if case.state != "draft":
            raise BadRequestError("sent already")
        case.state = "open"
        return {"success": True, "id": case.id, "recipients": []}
    if (method, path) == ("GET", "/envelope"):
        known(query, may={"query", "page", "perPage", "type", "status", "source", "folderId"})
        found = [_summary(case) for case in reversed(service.cases.values()) if query["query"] in case.key]
        return {"data": found, "count": len(found), "currentPage": 1, "perPage": 100, "totalPages": 1}
    if method == "GET" and (match := re.fullmatch(r"/envelope/item/item_(\w+)/download", path)):
        known(query, may={"version"})
        return service.cases[match[1]].back
    if method == "GET" and (match := re.fullmatch(r"/envelope/(\w+)/certificate/download", path)):
        return CERTIFICATE
    if method == "GET" and (match := re.fullmatch(r"/envelope/(\w+)", path)) and match[1] in service.cases:
        case = service.cases[match[1]]
        return {**_summary(case), "envelopeItems": [{"id": f"item_{case.id}", "envelopeId": case.id, "order": 1}]}
    return None


def _summary(case: Case) -> dict[str, Any]:
    people = [
        {"name": each["name"], "email": each["email"], "role": "SIGNER",
         "signingStatus": "SIGNED" if each["name"] in case.signed else "NOT_SIGNED"}
        for each in case.people
    ]  # fmt: skip
    return {
        "id": case.id, "type": "DOCUMENT", "status": STATES["documenso"][case.state], "externalId": case.key,
        "deletedAt": None, "completedAt": case.on if case.state == "completed" else None, "recipients": people,
    }  # fmt: skip


def _envelope(service: Esign, data: bytes) -> dict[str, Any]:
    parts = {
        str(each.get_param("name", header="content-disposition")): each
        for each in BytesParser(policy=HTTP).parsebytes(data).iter_parts()
    }
    known(parts, must={"payload", "files"})
    assert parts["files"].get_content_type() == "application/pdf"
    body = json.loads(parts["payload"].get_payload(decode=True))
    known(body, must={"type", "title"}, may={"externalId", "recipients", "meta", "visibility", "folderId"})
    known(body["meta"], may={"subject", "message", "timezone", "dateFormat", "signingOrder", "distributionMethod"})
    if (body["type"], body["meta"]["signingOrder"]) != ("DOCUMENT", "SEQUENTIAL") or len(body["externalId"]) > 255:
        raise BadRequestError(str(body["meta"]))
    for each in body["recipients"]:
        known(each, must={"email", "name", "role"}, may={"signingOrder", "fields"})
        for one in each["fields"]:
            known(one, must={"type", "page", *SIDES}, may={"identifier", "fieldMeta"})
            typed(one, SIDES, 100)
            if one["type"] not in {"SIGNATURE", "DATE"}:
                raise BadRequestError(one["type"])
    number = f"envelope_{len(service.cases) + 1}"
    sent = parts["files"].get_payload(decode=True)
    service.cases[number] = Case(number, body["externalId"], body["recipients"], sent, body, "draft")
    return {"id": number}


# ---- both


ROUTES = {"docuseal": docuseal, "documenso": documenso}
BASES = {"docuseal": "/api", "documenso": "/api/v2"}
HEADERS = {"docuseal": "X-Auth-Token", "documenso": "Authorization"}


class Handler(BaseHTTPRequestHandler):
    """Answers for the service in `service`, which `start` sets."""

    service: Esign

    def log_message(self, *_given: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self._serve("GET")

    def do_POST(self) -> None:
        self._serve("POST")

    def _serve(self, method: str) -> None:
        data = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        asked = urlsplit(self.path)
        path = asked.path.removeprefix(BASES[self.service.name])
        self.service.calls.append(f"{method} {path}")
        fault = next((each for each in self.service.faults if f"{method} {path}".startswith(each[0])), None)
        if fault:
            self.service.faults.remove(fault)
        if fault and fault[1] != "late":
            FAULTS.get(fault[1], Handler._code)(self, fault[1])
            return
        query = {name: each[0] for name, each in parse_qs(asked.query).items()}
        code, found = self._found(method, path, query, data)
        if fault:  # made, but the answer comes too late
            time.sleep(1.5)
        self._answer(code, found)

    def _found(self, method: str, path: str, query: dict[str, str], data: bytes) -> tuple[int, Any]:
        key = self.headers.get(HEADERS[self.service.name])
        if path.startswith("/file/"):  # signed addresses, which take no key
            found = CERTIFICATE if path.endswith("/audit") else self.service.cases[path.split("/")[2]].back
            return (400, {"error": "the key was sent to another place"}) if key else (200, found)
        if key != KEY:
            return 401, {"error": "Not authenticated"}
        if data and "multipart" in self.headers["Content-Type"]:
            data = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode() + data
        try:
            answer = ROUTES[self.service.name](self.service, method, path, query, data)
        except (BadRequestError, KeyError, ValueError) as error:
            return 422, {"error": f"not as documented: {error}"}
        return (404, {"error": "Not found"}) if answer is None else (200, answer)

    def _code(self, how: str) -> None:
        self._answer(int(how), {"error": "as asked"}, {"Retry-After": "7", "Location": "http://127.0.0.1:9/"})

    def _cut(self, _how: str) -> None:
        self._head(200, 5_000)
        self.wfile.write(b'{"id":')

    def _huge(self, _how: str) -> None:
        self._head(200, None)
        with _broken_pipe():
            for _ in range(1_200):
                self.wfile.write(b" " * 65_536)

    def _html(self, _how: str) -> None:
        self._answer(200, b"<html>a login page</html>")

    def _odd(self, _how: str) -> None:
        self._answer(200, {"id": {"a": 1}, "status": "surprising", "data": "no list"})

    def _slow(self, _how: str) -> None:
        time.sleep(1.5)

    def _answer(self, code: int, found: Any, more: dict[str, str] | None = None) -> None:
        body = found if isinstance(found, bytes) else json.dumps(found).encode()
        self._head(code, len(body), more)
        with _broken_pipe():
            self.wfile.write(body)

    def _head(self, code: int, length: int | None, more: dict[str, str] | None = None) -> None:
        self.send_response(code)
        known_length = {} if length is None else {"Content-Length": str(length)}
        for name, value in {**known_length, **(more or {})}.items():
            self.send_header(name, value)
        with _broken_pipe():
            self.end_headers()


FAULTS = {
    "cut": Handler._cut,
    "huge": Handler._huge,
    "html": Handler._html,
    "odd": Handler._odd,
    "slow": Handler._slow,
}


@contextmanager
def _broken_pipe() -> Iterator[None]:
    try:
        yield
    except (BrokenPipeError, ConnectionResetError):
        return


def start(name: str) -> tuple[Esign, ThreadingHTTPServer]:
    """A service that runs until its server is shut down."""
    service = Esign(name)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"service": service}))
    server.daemon_threads = True
    service.url = f"http://127.0.0.1:{server.server_port}{BASES[name]}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return service, server


@contextmanager
def running(name: str) -> Iterator[Esign]:
    service, server = start(name)
    yield service
    server.shutdown()
    server.server_close()


@cache
def at_hand() -> Esign:
    """A DocuSeal that runs as long as the tests do, for tests that run a command in many copies of a repository."""
    return start("docuseal")[0]


def contract_alone(root: Path) -> Path:
    """Acme's sample contract as it was built and sent, without its letters and reports, so that a step builds none again."""
    for folder in ("agreements/acme", "clauses", "templates", "provider"):
        shutil.copytree(REPOSITORY / folder, root / folder)
    shutil.rmtree(root / FOLDER / "documents")
    for each in (root / FOLDER).iterdir():
        if each.suffix in {".docx", ".pdf", ".eml", ".md"} and each.stem != "contract":
            each.unlink()
    record = json.loads((root / FOLDER / "record.json").read_bytes())
    record["documents"] = {"contract": record["documents"]["contract"]}
    (root / FOLDER / "record.json").write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return root


def for_signature(root: Path) -> None:
    """Name the service at hand in the provider's facts."""
    with (root / "provider/provider.yaml").open("a") as facts:
        facts.write(f"esign: docuseal\nesign_url: {at_hand().url}\n")


def signed_by_all(root: Path) -> None:
    """All sign what the service at hand has."""
    at_hand().complete(stamped(at_hand().only.sent, root.parent))


def stamped(data: bytes, folder: Path) -> bytes:
    """A PDF as a service gives it back: written anew, with our words and its own file around them."""
    with pikepdf.open(_file(data, folder)) as file:
        file.save(folder / "stamped.pdf", deterministic_id=True)
    return bytes((folder / "stamped.pdf").read_bytes())


def _file(data: bytes, folder: Path) -> Path:
    (folder / "unstamped.pdf").write_bytes(data)
    return folder / "unstamped.pdf"
