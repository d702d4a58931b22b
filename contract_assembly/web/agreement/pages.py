"""The pages of a client and of an agreement, its history, and its files. Each is a function of what was asked; none writes."""

from functools import partial

from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.repository.git import opened
from contract_assembly.web.agreement.client import client_view
from contract_assembly.web.agreement.history import MOST, history
from contract_assembly.web.agreement.standing import FORMATS
from contract_assembly.web.agreement.view import agreement_view
from contract_assembly.web.contract.pages import broken_page
from contract_assembly.web.page import File, Page, PageRequest, named

_MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "eml": "message/rfc822",
}
MOST_SKIPPED = 100_000


def client_page(asked: PageRequest) -> Page:
    """A client with its agreements."""
    client, snapshot = asked.names["client"], asked.snapshot
    view = snapshot.of_client(client, "client", lambda: client_view(snapshot.repository, client, snapshot.on))
    return Page("client.html", view.short, {"view": view, "root": _root(asked)})


def agreement_page(asked: PageRequest) -> Page:
    """Everything about an agreement."""
    (client, agreement), snapshot = named(asked), asked.snapshot
    work = partial(agreement_view, snapshot.repository, snapshot.root, client, agreement, snapshot.on)
    try:
        view = snapshot.of_client(client, ("agreement", agreement), work)
    except RefusedError as error:
        return broken_page(asked, "", error)
    return Page("agreement.html", f"{view.name}, {agreement}", {"view": view, "root": _root(asked)})


def history_page(asked: PageRequest) -> Page:
    """The changes of an agreement, page by page."""
    (client, agreement), snapshot = named(asked), asked.snapshot
    text = asked.query.get("skip", "0")
    skip = min(int(text), MOST_SKIPPED) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
    found = snapshot.of_client(
        client, ("history", agreement, skip), lambda: history(opened(snapshot.root), client, agreement, skip)
    )
    values = {"client": client, "agreement": agreement, "history": found, "skip": skip, "most": MOST}
    return Page("history.html", f"History of {client}, {agreement}", values)


def file_page(asked: PageRequest) -> File:
    """A built document, to keep. Raises RefusedError if there is none."""
    (client, agreement), name = named(asked), asked.names["name"]
    kind, source = name.rpartition(".")[2], asked.snapshot.repository.source
    folder = folder_of(client, agreement)
    if kind not in FORMATS or name not in source.names(folder):
        what = f"{folder} has no document {name}"
        raise RefusedError(
            [Problem("unknown-document", what, None, f"build it: build.py --client {client}/{agreement}")]
        )
    return File(source.read(f"{folder}/{name}"), _MEDIA[kind], f"{client}-{agreement}-{name}")


def _root(asked: PageRequest) -> str:
    return asked.snapshot.root.resolve().as_posix()
