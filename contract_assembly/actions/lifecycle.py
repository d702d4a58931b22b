"""The steps in the life of an agreement or document: what each needs, and the set of files that it puts down as one.

STEPS is the table. A step changes one line of facts; what it changes besides follows from that. Writes through `store` alone.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from contract_assembly.build.builder import Order, build_in_memory
from contract_assembly.build.pipeline import draft
from contract_assembly.build.signed_files import changed, frozen_problems, outputs_of
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import folder_of, is_clients
from contract_assembly.core.problems import Problem, RefusedError, errors
from contract_assembly.core.text import refusal
from contract_assembly.facts.fields import Located
from contract_assembly.facts.outline import CONTRACT
from contract_assembly.letters.kinds import MODELS
from contract_assembly.repository import yaml_editor
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import RECORD, recorded
from contract_assembly.repository.record_writer import file_name, record
from contract_assembly.repository.source import Edited, read_named
from contract_assembly.repository.store import Store
from contract_assembly.writers.formats import FORMATS


@dataclass(frozen=True, slots=True)
class Wish:
    """A step that is asked for: to which status, as of which day, with which countersigned PDF, for which reason; and who
    ended what ended early: "client", "provider" or "both"."""

    to: str
    on: date | None = None
    signed_pdf: bytes | None = None
    reason: str = ""
    by: str = ""


@dataclass(frozen=True)
class _Subject:
    """A document at a step: where it stands, what it is called, what was recorded of it, and its facts."""

    repository: Repository
    client: str
    agreement: str
    name: str
    facts: Located[Any]

    @property
    def folder(self) -> str:
        return folder_of(self.client, self.agreement)

    @property
    def path(self) -> str:
        return self.facts.at().path

    @property
    def entry(self) -> dict[str, Any]:
        found: dict[str, Any] = recorded(self.repository, self.folder).get(self.name, {})
        return found

    def edited(self, wish: Wish) -> str:
        return yaml_editor.set_value(_bare_text(self.repository, self.path), self.facts.at("status"), "status", wish.to)


Files = Mapping[str, bytes]
_Step = Callable[[_Subject, Wish], Files]


def take(store: Store, client: str, agreement: str, name: str, wish: Wish) -> tuple[str, ...]:
    """Take a step; the names of the files that changed. Raises RefusedError with all that stands in the way."""
    subject = _subject(Repository(store.root), client, agreement, name)
    before = subject.facts.model.status
    step = STEPS.get((before, wish.to))
    if step is None:
        nexts = [to for (start, to) in STEPS if start == before]
        what, hint = (
            f"{name} is {before} and cannot become {wish.to}",
            f"from {before}: {' or '.join(nexts) or 'nothing'}",
        )
        raise RefusedError([Problem("status-step", what, subject.facts.at("status"), hint)])
    files = step(subject, wish)
    _subject(
        _seen_with(subject, files), client, agreement, name
    )  # refuses a status that this kind of document never has
    return store.put(subject.folder, files, last=RECORD)


def _seen_with(subject: _Subject, files: Files) -> Repository:
    """The repository as it will be."""
    inside = {f"{subject.folder}/{name}": data for name, data in files.items()}
    return Repository(Edited(subject.repository.source, inside))


def _subject(repository: Repository, client: str, agreement: str, name: str) -> _Subject:
    if name == CONTRACT:
        return _Subject(repository, client, agreement, name, repository.inputs(client, agreement).agreement)
    return _Subject(repository, client, agreement, name, repository.issued(client, agreement, name, MODELS))


# ---- the steps


def _send(subject: _Subject, wish: Wish) -> Files:
    """Build the final version: refused, with the list, while anything is open."""
    text = subject.edited(wish).encode()
    repository = Repository(Edited(subject.repository.source, {subject.path: text}))
    order = Order(tuple(FORMATS), final=True, documents=(subject.name,))
    _, files = build_in_memory(repository, subject.client, subject.agreement, order)
    return {**files, _inside(subject): text}


def _withdraw(subject: _Subject, wish: Wish) -> Files:
    """Back to a draft, for a reason that stays in the facts; the next build marks the files as a draft again."""
    if not wish.reason or refusal(wish.reason):
        why = refusal(wish.reason) or "is missing"
        hint = 'say why it was taken back: --reason "The client asked for another start date"'
        raise RefusedError([Problem("no-reason", f"the reason {why}", subject.facts.at("status"), hint)])
    note = f"Taken back{f' on {wish.on.isoformat()}' if wish.on else ''}: {wish.reason}"
    text = yaml_editor.insert_comment(subject.edited(wish), subject.facts.at("status"), note).encode()
    repository = Repository(
        Edited(subject.repository.source, {subject.path: text, f"{subject.folder}/{RECORD}": b"{}"})
    )
    _, files = build_in_memory(
        repository, subject.client, subject.agreement, Order(tuple(FORMATS), documents=(subject.name,))
    )
    made = json.loads(files[RECORD])["documents"][subject.name]
    return {**files, **_recorded(subject, made), _inside(subject): text}


def _sign(subject: _Subject, wish: Wish) -> Files:
    """Freeze what was sent: its files with their digests, and the countersigned copy beside them."""
    if wish.on is None:
        hint = "give the day of the last signature: --on 2026-09-21"
        raise RefusedError([Problem("no-day", "the day of signing is missing", subject.facts.at("status"), hint)])
    if wrong := tuple(unlike_sent(subject.repository, subject.folder, subject.name, subject.facts.at("status"))):
        raise RefusedError(wrong)
    text = subject.edited(wish).encode()
    after = Repository(Edited(subject.repository.source, {subject.path: text})).digests(subject.path)
    signed: dict[str, Any] = {"on": wish.on.isoformat(), "files": outputs_of(subject.entry)}
    inputs = {**subject.entry["inputs"], subject.path: {"sha256": after.sha256, "git": after.git}}
    files = {_inside(subject): text}
    if wish.signed_pdf is not None:
        signed["countersigned"], copy = _countersigned(subject, wish.signed_pdf)
        files |= copy
    return {**files, **_recorded(subject, {**subject.entry, "status": "signed", "inputs": inputs, "signed": signed})}


def _file(subject: _Subject, wish: Wish) -> Files:
    """File the countersigned copy of what was signed before, once."""
    signed = subject.entry.get("signed", {})
    if wish.signed_pdf is None or "countersigned" in signed or not signed:
        what = "is signed already" if wish.signed_pdf is None else "has its countersigned copy already"
        what = what if signed else "is called signed, but its record does not say what was"
        hint = "nothing is left to do; a signed document is never signed again"
        raise RefusedError([Problem("status-step", f"{subject.name} {what}", subject.facts.at("status"), hint)])
    about, copy = _countersigned(subject, wish.signed_pdf)
    return {**copy, **_recorded(subject, {**subject.entry, "signed": {**signed, "countersigned": about}})}


def _end(subject: _Subject, wish: Wish) -> Files:
    """The agreement is over: by itself at the end of its term, or on a day before that, by somebody and on some ground."""
    text, at = subject.edited(wish), subject.facts.at("status")
    early = wish.on is not None
    if early and subject.facts.model.kind == "time-block":
        hint = "an early end of a block is part of its account: write ended: {on: DATE, because: …} into account.yaml"
        raise RefusedError([Problem("status-step", "a block does not say its early end here", at, hint)])
    if early and not (wish.by and wish.reason):
        hint = '--by client, provider or both, and --reason with the section: --reason "Section 20.1"'
        raise RefusedError([Problem("no-reason", "who ended the agreement early, and why, is missing", at, hint)])
    if wish.on:
        ended = {"last_day": wish.on.isoformat(), "by": wish.by, "ground": wish.reason}
        text = yaml_editor.set_key(text, at, "ended", ended)
    return {_inside(subject): text.encode(), **_recorded(subject, {**subject.entry, "status": "ended"})}


STEPS: Mapping[tuple[str, str], _Step] = {
    ("draft", "sent"): _send,
    ("sent", "draft"): _withdraw,
    ("sent", "signed"): _sign,
    ("signed", "signed"): _file,
    ("signed", "ended"): _end,
}


def _inside(subject: _Subject) -> str:
    return subject.path.removeprefix(f"{subject.folder}/")


def _recorded(subject: _Subject, entry: Mapping[str, Any]) -> dict[str, bytes]:
    """The folder's record with another entry of this document."""
    entries = {**recorded(subject.repository, subject.folder), subject.name: entry}
    return {RECORD: record(subject.folder, entries)}


def _bare_text(repository: Repository, path: str) -> str:
    repository.text(path)  # refuses what is no UTF-8
    return repository.read(path).decode("utf-8")


def _countersigned(subject: _Subject, data: bytes) -> tuple[dict[str, Any], Files]:
    """What the record says of a countersigned PDF, and the file. One that begins with our very bytes was signed
    electronically, for a signature is added at a PDF's end; any other is a scan, or was printed anew."""
    name = f"{subject.name}-signed.pdf"
    ours = subject.repository.read(f"{subject.folder}/{file_name(subject.name, 'pdf')}")
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-2048:]:
        hint = "give the signed PDF as it came back; scan paper to PDF"
        raise RefusedError([Problem("not-a-pdf", "the countersigned file is no whole PDF", None, hint)])
    if data == ours:
        hint = "give the file that came back from the client"
        raise RefusedError(
            [Problem("not-signed", "the countersigned file is our own, without a signature", None, hint)]
        )
    kind = "electronic" if data.startswith(ours) else "scan"
    digest = Repository(Edited(subject.repository.source, {name: data})).digests(name)
    return {"file": name, "sha256": digest.sha256, "kind": kind}, {name: data}


# ---- what stands between a document and its next step


def unlike_sent(repository: Repository, folder: str, name: str, at: Origin) -> tuple[Problem, ...]:
    """Why a document cannot be signed as it stands: it was not built as sent in every format, or a file is not as it was then."""
    entry = recorded(repository, folder).get(name, {})
    outputs = outputs_of(entry)
    lacking = [file_name(name, suffix) for suffix in FORMATS if file_name(name, suffix) not in outputs]
    same = {each.get("tree") for each in entry.get("outputs", {}).values()} == {entry.get("tree")}
    if entry.get("status") != "sent" or lacking or not same:
        hint = "build it, and send what was built"
        return (Problem("not-sent", f"{name} was not built as sent in every format from one state", at, hint),)
    wrong = changed(repository, folder, outputs, "sent")
    return (*wrong, *_changed_since(repository, entry))


def _changed_since(repository: Repository, entry: Mapping[str, Any]) -> tuple[Problem, ...]:
    """The agreement's own facts that say something else than when it was sent."""
    own = [(path, each) for path, each in entry.get("inputs", {}).items() if is_clients(path)]
    hint = "what is signed must be what was sent: undo the change, or take it back to draft and send it anew"
    return tuple(
        Problem("changed-since-sent", f"{path} has changed since this was sent", Origin(path), hint)
        for path, each in own
        if repository.digests(path).sha256 != each["sha256"]
    )


@dataclass(frozen=True)
class Standing:
    """How a document stands, to which status it can go, and what stands between."""

    client: str
    agreement: str
    document: str
    status: str
    next: tuple[str, ...]
    open: tuple[Problem, ...]


def standing(repository: Repository, client: str, agreement: str, name: str) -> Standing:
    """How a document stands. What cannot be read at all is told as what is open."""
    try:
        subject = _subject(repository, client, agreement, name)
        status = subject.facts.model.status
        found = Standing(client, agreement, name, status, _nexts(status, name), ())
        return replace(found, open=errors(_LOOKS[status](subject)))
    except RefusedError as error:
        return Standing(client, agreement, name, "unknown", (), error.problems)


def _nexts(status: str, name: str) -> tuple[str, ...]:
    """Where a document can go: only an agreement ends."""
    return tuple(to for start, to in STEPS if start == status != to and (to != "ended" or name == CONTRACT))


def _open_draft(subject: _Subject) -> tuple[Problem, ...]:
    try:
        draft(subject.repository, subject.client, subject.agreement, subject.name, final=True)
    except RefusedError as error:
        return error.problems
    return ()


def _open_sent(subject: _Subject) -> tuple[Problem, ...]:
    return unlike_sent(subject.repository, subject.folder, subject.name, subject.facts.at("status"))


def _open_signed(subject: _Subject) -> tuple[Problem, ...]:
    return tuple(frozen_problems(subject.repository, subject.folder))


_LOOKS: Mapping[str, Callable[[_Subject], tuple[Problem, ...]]] = {
    "draft": _open_draft,
    "sent": _open_sent,
    "signed": _open_signed,
    "ended": _open_signed,
}


def read_pdf(path: Path) -> bytes:
    """A PDF that somebody names on the command line. Raises RefusedError when it cannot be read."""
    return read_named(path)
