"""What a page is asked for and what it answers, as data. A page is a function from a `PageRequest` to an `Answer`: it reads the
snapshot and writes nothing. Starlette and Jinja2 are not involved."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.repository.inputs import Repository
from contract_assembly.web.figure_cache import FigureCache
from contract_assembly.web.snapshot import Snapshot

Form = Mapping[str, tuple[str, ...]]


class PageRequest(Struct, frozen=True):
    """A request for a page: the state of the repository, the names in the address (`{client}`), and its query, of which each
    name has its last value. `patience` is how many seconds a page over all clients may read before it answers with what it
    has; None for as long as it takes. `served` is whether a server is behind the page, which `site` has not; `cache` are the
    figures of an earlier run of it."""

    snapshot: Snapshot
    names: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    patience: float | None = None
    served: bool = False
    cache: FigureCache | None = None


class Page(Struct, frozen=True):
    """A page to show: a template in `web/pages` and the values that it prints. `section` is the entry of the navigation that it
    belongs to; `holds` keeps what a person is typing when files change on disk; `unfinished` has the page asked for again at
    once, because more is read each time."""

    template: str
    title: str
    values: Mapping[str, Any] = field(default_factory=dict)
    section: str = ""
    status: int = 200
    holds: bool = False
    unfinished: bool = False


class File(Struct, frozen=True):
    """Bytes to show or to keep: `media` is their media type. With a `name` the browser saves them under it."""

    data: bytes
    media: str
    name: str = ""


class Redirect(Struct, frozen=True):
    """Another address of ours to go to, like "/agreements/acme"."""

    to: str


Answer = Page | File | Redirect
PageFunction = Callable[[PageRequest], Answer]
Action = Callable[[PageRequest, Form, Path], Answer]


class Route(Struct, frozen=True):
    """An address and its page. `act` carries out what is sent from a form on it, with the root of the repository to write
    to: only a POST reaches it, so no link and no reload writes. `every` lists the names in the address for which `site`
    writes the page as a file; without it, the page is only served."""

    path: str
    page: PageFunction
    act: Action | None = None
    every: Callable[[Snapshot], Iterable[Mapping[str, str]]] | None = None


def named(asked: PageRequest, repository: Repository | None = None) -> tuple[str, str]:
    """The client and the agreement in the address of a page, as they are on disk. Raises RefusedError if there are none."""
    client, agreement = asked.names["client"], asked.names["agreement"]
    if agreement not in (repository or asked.snapshot.repository).agreements(client):
        what = f"{client} has no agreement {agreement}"
        raise RefusedError([Problem("unknown-agreement", what, None, "the page of the client lists them")])
    return client, agreement


def once(_snapshot: Snapshot) -> Iterable[Mapping[str, str]]:
    """The `every` of a page without names in its address."""
    return ({},)


def clients(snapshot: Snapshot) -> Iterable[Mapping[str, str]]:
    """The `every` of a page about one client."""
    return ({"client": each} for each in snapshot.repository.clients())


def agreements(snapshot: Snapshot) -> Iterable[Mapping[str, str]]:
    """The `every` of a page about one agreement."""
    return ({"client": client, "agreement": name} for client, name in snapshot.repository.every_agreement()[0])
