"""Run the web application on this machine until it is interrupted."""

import socket
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from secrets import token_urlsafe
from urllib.parse import quote

from contract_assembly.core.parallel import collect_garbage
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.web.closed import Gate
from contract_assembly.web.state import SiteState

LOOPBACK = "127.0.0.1"
_MAX_HEADERS = 32_768  # bytes
MOST_CONNECTIONS = 400  # an open page has one, to hear of changes


def serve(
    root: Path,
    today: Callable[[], date],
    *,
    port: int,
    host: str,
    token: str,
    ready: Callable[[str], None],
    fault: Callable[[str], None],
) -> None:
    """Serve the pages of a repository until the process is interrupted. Port 0 takes any that is free; an empty `host` is this
    machine only; an empty `token` becomes a random one. `ready` is given the address to open, `fault` the traceback of a fault of
    ours.

    Raises RefusedError if a library is not installed, or the address cannot be used."""
    try:
        import uvicorn

        from contract_assembly.web.application import application
        from contract_assembly.web.punctual import PunctualProtocol
    except ModuleNotFoundError as error:
        hint = "install it: pip install contract-assembly[web], or in a checkout: make set-up"
        raise RefusedError([Problem("not-installed", f"serve needs the library {error.name}", None, hint)]) from None
    collect_garbage()
    plain = host.strip("[]") or LOOPBACK
    shown = f"[{plain}]" if ":" in plain else plain  # as an address has it
    with closing(_listening(plain, port)) as listener:
        gate = Gate(token or token_urlsafe(24), listener.getsockname()[1], shown)
        config = uvicorn.Config(
            application(SiteState(root, today), gate, fault),
            log_level="critical",
            access_log=False,
            server_header=False,
            http=PunctualProtocol,
            ws="none",
            h11_max_incomplete_event_size=_MAX_HEADERS,
            limit_concurrency=MOST_CONNECTIONS,
            timeout_keep_alive=5,
            timeout_graceful_shutdown=1,
        )
        listener.listen()
        ready(f"http://{shown}:{gate.port}/?token={quote(gate.token)}")
        uvicorn.Server(config).run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    """A socket bound to the address. Raises RefusedError if another program has it, or it is not one of this machine."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
    except OSError as error:
        made.close()
        what = f"the address {host}:{port} cannot be used: {error.strerror or error}"
        hint = "another program may have it: choose another with --port, or 0 for any that is free"
        raise RefusedError([Problem("address", what, None, hint)]) from None
    return made
