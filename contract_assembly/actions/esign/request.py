"""A request for signature, and what became of it, as frozen data that belongs to no service. Pure."""

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

from msgspec import Struct

from contract_assembly.actions.esign.connection import Connection

State = Literal["draft", "open", "completed", "ended"]


class Box(NamedTuple):
    """A rectangle on a page, which is counted from 1. All else are fractions of the page's width or height, from its top left
    corner."""

    page: int
    x: float
    y: float
    width: float
    height: float


class Signatory(Struct, frozen=True):
    """A person who signs: their role ("Client"), and where their signature and its date go."""

    role: str
    name: str
    email: str
    signature: Box
    date: Box


class Request(Struct, frozen=True):
    """A PDF for signature. `key` identifies the request at the service, whatever happens here; `zone` is the time zone of the
    dates, as in the IANA database; signatories sign one after another, in this order."""

    key: str
    title: str
    file: str
    pdf: bytes
    zone: str
    signatories: tuple[Signatory, ...]


class Standing(Struct, frozen=True):
    """What became of a request: its state, who has signed and who has not, and when the last one did, in ISO 8601. `why` says in
    the service's own word how it ended without being completed. `files` says where the service keeps the results."""

    state: State
    signed: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    completed: str = ""
    why: str = ""
    files: Mapping[str, str] | None = None


class Returned(Struct, frozen=True):
    """What comes back from a completed request: the signed PDF and the certificate of completion."""

    pdf: bytes
    certificate: bytes


class Service(Struct, frozen=True):
    """One e-sign service: `header` carries the key; `body` is what is sent, with this text in place of the PDF's bytes; `find`
    gives the id of the request with a key, empty if there is none; `make` makes and sends one; `resume` sends one that was
    made only; `standing` and `bring` take a request's id. All but `body` raise RefusedError."""

    header: str
    body: Callable[[Request, str], dict[str, Any]]
    find: Callable[[Connection, Request], str]
    make: Callable[[Connection, Request], str]
    resume: Callable[[Connection, str], None]
    standing: Callable[[Connection, str], Standing]
    bring: Callable[[Connection, str, Standing], Returned]
