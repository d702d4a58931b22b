"""A server of the pages on a free loopback port, in a process of its own or with routes of a test, and requests to it."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode, urlsplit

import uvicorn
from msgspec import Struct

from contract_assembly.web.application import application
from contract_assembly.web.closed import Gate
from contract_assembly.web.page import Route
from contract_assembly.web.state import SiteState
from tests.helpers.corpus import REPOSITORY

ON = "2026-11-30"


class Reply(Struct, frozen=True):
    """The answer to a request."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Server(Struct):
    """A running server: its address with the token, and what a browser that was let in would send."""

    address: str
    cookie: str = ""
    form_token: str = ""
    root: Path | None = None

    @property
    def port(self) -> int:
        return int(urlsplit(self.address).port or 0)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def token(self) -> str:
        return self.address.partition("token=")[2]

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Reply:
        """Send exactly these headers, `Host` as it should be unless given; `_` in a name is a hyphen."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        sent = {"host": self.host, **{name.replace("_", "-"): value for name, value in headers.items()}}
        if body is not None:
            sent.setdefault("content-length", str(len(body)))
        for name, value in sent.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        reply = connection.getresponse()
        found = Reply(reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read())
        connection.close()
        return found

    def get(self, path: str) -> Reply:
        """What a browser that was let in gets."""
        return self.ask("GET", path, cookie=self.cookie)

    def post(self, path: str, form: Mapping[str, str], **headers: str) -> Reply:
        """Send a form as that browser does."""
        sent = {
            "cookie": self.cookie,
            "origin": f"http://{self.host}",
            "content_type": "application/x-www-form-urlencoded",
        }
        return self.ask("POST", path, urlencode(form).encode(), **{**sent, **headers})


@contextmanager
def served(root: Path, *arguments: str) -> Iterator[Server]:
    """The server of a repository, let in once, and ended afterwards."""
    line = [
        sys.executable,
        str(REPOSITORY / "build.py"),
        "--root",
        str(root),
        "serve",
        "--port",
        "0",
        "--no-open",
        "--json",
    ]
    with subprocess.Popen([*line, "--on", ON, *arguments], stdout=subprocess.PIPE, text=True) as process:
        try:
            said = ""
            while not said.endswith("}\n"):
                line_read = process.stdout.readline()
                assert line_read, said
                said += line_read
            server = Server(json.loads(said)["address"])
            entered = server.ask("GET", f"/?token={server.token}")
            server.cookie = entered.headers["set-cookie"].partition(";")[0]
            yield server
        finally:
            process.terminate()
            process.wait(10)


@contextmanager
def answering(state: SiteState, routes: tuple[Route, ...], faults: list[str]) -> Iterator[Server]:
    """The application with routes of a test, in a thread of this process, on a free loopback port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        gate = Gate("the-token-of-this-test", listener.getsockname()[1])
        config = uvicorn.Config(
            application(state, gate, faults.append, routes),
            log_level="critical",
            http="h11",
            timeout_graceful_shutdown=1,
        )
        running = uvicorn.Server(config)
        thread = Thread(target=running.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            server = Server(f"http://127.0.0.1:{gate.port}/?token={gate.token}")
            server.cookie = server.ask("GET", f"/?token={gate.token}").headers["set-cookie"].partition(";")[0]
            server.form_token = gate.form_token
            yield server
        finally:
            running.should_exit = True
            thread.join(10)
