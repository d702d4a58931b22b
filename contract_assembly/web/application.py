"""The table of routes as a web application. Starlette and its requests end here: pages know neither."""

import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from hmac import compare_digest
from typing import Any
from urllib.parse import parse_qs

import anyio
from anyio.to_thread import run_sync
from msgspec import Struct, field
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route as StarletteRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from contract_assembly.core.problems import RefusedError
from contract_assembly.web import templates
from contract_assembly.web.closed import HEADERS, MAX_BODY, Gate, Refusal, TokenEntry
from contract_assembly.web.firm import Firm, firm_of
from contract_assembly.web.live import Listeners, watch
from contract_assembly.web.page import Answer, File, Form, PageRequest, Redirect, Route
from contract_assembly.web.portfolio import clients_gathered
from contract_assembly.web.routes import ROUTES, SECTIONS, later, refused_page, wrong_page
from contract_assembly.web.snapshot import Snapshot
from contract_assembly.web.state import SiteState

BODY_SECONDS = 10  # for a form to arrive
PAGE_SECONDS = 60  # for a page to be made
MAX_FIELDS = 2_000
SAVE_SECONDS = 30
NOTICED = 0.5  # seconds
QUIET = 5  # seconds after all figures are known, for a browser to ask for the portfolio, before other code is loaded
NEW_DAY = 60  # seconds after which a new day is noticed, if nothing else happens
# Seconds that a page over all clients reads before it answers with what it has, and that the reader takes before a page may
# have its turn.
PATIENCE, READING = 1.0, 0.25


class _WrongError(Exception):
    """A request that is not answered with a page."""

    def __init__(self, status: int, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.page = wrong_page(status, what, hint)


class _Site(Struct):
    """What the endpoints share. Pages are made outside the event loop, one at a time: they share the repository's caches."""

    state: SiteState
    gate: Gate
    fault: Callable[[str], None]
    listeners: Listeners
    turn: anyio.CapacityLimiter = field(default_factory=lambda: anyio.CapacityLimiter(1))

    def shown(self, answer: Answer, snapshot: Snapshot | None = None) -> Response:
        """An answer as Starlette's response; without a snapshot, one that needs nothing of the repository."""
        if isinstance(answer, Redirect):
            return RedirectResponse(answer.to, 303)
        if isinstance(answer, File):
            named = {"content-disposition": f'attachment; filename="{answer.name}"'} if answer.name else {}
            return Response(answer.data, media_type=answer.media, headers=named)
        around: dict[str, Any] = {"number": self.state.number, "sections": SECTIONS, "firm": Firm().name}
        if snapshot:
            around |= {"number": snapshot.number, "on": snapshot.on, "firm": firm_of(snapshot).name}
        around |= {"served": True, "form_token": self.gate.form_token}
        return HTMLResponse(templates.rendered(answer, lambda path: path, **around), answer.status)

    def made(self, route: Route, request: Request, form: Form | None) -> Response:
        """A page, in a worker thread. What is wrong with the facts, or with us, is a page, too."""
        snapshot = self.state.snapshot()
        asked = PageRequest(
            snapshot, request.path_params, dict(request.query_params), PATIENCE, served=True, cache=self.state.cache()
        )
        try:
            acts = route.act if form is not None else None
            answer = acts(asked, form or {}, self.state.root) if acts else route.page(asked)
            return self.shown(answer, snapshot)
        except RefusedError as error:
            return self.shown(refused_page(error), snapshot)
        except Exception:  # the page says so, and the terminal where the details are
            self.fault(traceback.format_exc())
            what = "this is a fault of the program, not of your files"
            return self.shown(wrong_page(500, what, "the terminal names the file to send to us"), snapshot)

    def endpoint(self, route: Route) -> Callable[[Request], Any]:
        """The handler of a route."""

        async def handle(request: Request) -> Response:
            try:
                form = await _form(request, self.gate) if request.method == "POST" else None
            except _WrongError as error:
                return self.shown(error.page)
            with anyio.move_on_after(PAGE_SECONDS):
                answer = await run_sync(self.made, route, request, form, limiter=self.turn, abandon_on_cancel=True)
                if form is not None and isinstance(answer, RedirectResponse):
                    await self.noticed()
                return answer
            hint = "open it again: what was worked out is kept"
            return self.shown(wrong_page(503, "this page takes more than a minute", hint))

        return handle

    async def noticed(self) -> None:
        """Wait a moment for what a form has written to be noticed, so that the next page does not report it as news."""
        news = self.listeners.news
        with anyio.move_on_after(NOTICED):
            await news.wait()

    def asset(self, name: str) -> Response:
        """One of the program's own files that pages refer to."""
        data = templates.asset(name, firm_of(self.state.snapshot()).colour)
        return Response(data, media_type=templates.ASSETS[name])

    async def live(self, request: Request) -> Response:
        """The stream of changes for one open page."""
        seen = request.query_params.get("since", "")
        number = int(seen) if seen.isdecimal() and len(seen) < 10 else self.state.number
        return StreamingResponse(self.listeners.events(number), media_type="text/event-stream")

    async def keep(self) -> None:
        """Write what is worked out for the next run, from time to time."""
        while True:
            await anyio.sleep(SAVE_SECONDS)
            await run_sync(self.state.save, limiter=self.turn)

    async def read(self) -> None:
        """Work out the figures of every client ahead, from the start and after each change, between the pages; then load the
        code of the other pages."""
        rest = list(later())
        while True:
            news = self.listeners.news
            if await run_sync(self.read_some, limiter=self.turn):
                if rest:
                    await anyio.sleep(QUIET)
                while rest:
                    await run_sync(rest.pop().load, limiter=self.turn)
                with anyio.move_on_after(NEW_DAY):
                    await news.wait()

    def read_some(self) -> bool:
        """Work out the figures of some clients; whether that was all. A fault is reported when a page meets it."""
        try:
            asked = PageRequest(self.state.snapshot(), patience=READING, cache=self.state.cache())
            return clients_gathered(asked).whole
        except Exception:
            return True

    async def unknown(self, _request: Request, _error: Exception) -> Response:
        """The page of an address that does not exist."""
        return self.shown(wrong_page(404, "there is no such page", "begin with the portfolio"))

    async def not_allowed(self, _request: Request, _error: Exception) -> Response:
        """The page of a form that was sent to a page without one."""
        return self.shown(wrong_page(405, "this page accepts no form", "use the links and forms of the pages"))


def application(
    state: SiteState, gate: Gate, fault: Callable[[str], None], routes: tuple[Route, ...] = ROUTES
) -> ASGIApp:
    """The web application over a repository. `fault` is given the traceback of a fault of ours."""
    listeners = Listeners(state)
    site = _Site(state, gate, fault, listeners)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(watch, state.root, listeners.notify)
            tasks.start_soon(site.keep)
            tasks.start_soon(site.read)
            yield
            tasks.cancel_scope.cancel()
        state.save()

    answered = [
        StarletteRoute(each.path, site.endpoint(each), methods=["GET", "POST"] if each.act else ["GET"])
        for each in routes
    ]
    answered.append(StarletteRoute("/live", site.live))
    handlers: Any = {404: site.unknown, 405: site.not_allowed}
    return _Closed(Starlette(routes=answered, lifespan=lifespan, exception_handlers=handlers), site)


async def _form(request: Request, gate: Gate) -> Form:
    """The fields of a form. Raises _WrongError for one that is too big, too slow, of another kind, or without its token."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise _WrongError(415, "this is not a form of ours")
    size = request.headers.get("content-length", "0")
    data = bytearray()
    if not size.isdecimal() or int(size) > MAX_BODY:
        raise _too_big()
    try:
        with anyio.fail_after(BODY_SECONDS):
            async for part in request.stream():
                data += part
                if len(data) > MAX_BODY:
                    raise _too_big()
        found = parse_qs(data.decode(), keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except TimeoutError:
        raise _WrongError(408, "the form did not arrive in time", "send it again") from None
    except (ValueError, ClientDisconnect):
        raise _WrongError(400, "this form cannot be read", "send it again from its page") from None
    if not compare_digest(found.pop("form_token", [""])[-1].encode(), gate.form_token.encode()):
        raise _WrongError(
            403, "this form is of an earlier run of the server", "open its page again, and send it from there"
        )
    return {name: tuple(values) for name, values in found.items()}


def _too_big() -> _WrongError:
    return _WrongError(413, f"a form may have at most {MAX_BODY:,} bytes", "shorten what you entered")


class _Closed(Struct):
    """Lets in only requests that the gate allows, and puts the headers that close a page on every answer."""

    inner: ASGIApp
    site: _Site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.inner(scope, receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, _with_headers(send))

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers, path, query = Headers(scope=scope), scope["path"], scope["query_string"].decode("latin-1")
        found = self.site.gate.examined(scope["method"], path, query, headers)
        if isinstance(found, TokenEntry):
            response: ASGIApp = RedirectResponse(found.to, 303, headers={"set-cookie": found.cookie})
        elif isinstance(found, Refusal) and (found.status != 403 or path != "/style.css"):  # which the page below needs
            page = templates.rendered(wrong_page(found.status, found.what, found.hint), lambda each: each)
            response = HTMLResponse(page, found.status)
        elif path[1:] in templates.ASSETS:
            response = await run_sync(self.site.asset, path[1:], limiter=self.site.turn)
        else:
            response = self.inner
        await response(scope, receive, send)


def _with_headers(send: Send) -> Send:
    async def closed(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(HEADERS)
        await send(message)

    return closed
