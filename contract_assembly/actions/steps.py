"""The changes of status of an agreement or document, by the status before and after: the table STEPS.

Each step is a function from a document and a request to the files of one set; none writes. A step changes one line of
facts, with a comment above it if a reason is needed.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from contract_assembly.actions import signed_copy, step_days
from contract_assembly.build.builder import Order, build_in_memory
from contract_assembly.build.signed_files import (
    CORRECTED,
    REOPENED,
    TAKEN_BACK,
    changed,
    changed_since_sent,
)
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import refusal
from contract_assembly.facts.account import ACCOUNT, EXPIRED
from contract_assembly.facts.fields import Located
from contract_assembly.facts.outline import CONTRACT
from contract_assembly.letters.kinds import MODELS
from contract_assembly.repository import yaml_editor
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import BuildRecord, Countersigned, DocumentRecord, Signed
from contract_assembly.repository.record_file import RECORD, recorded, written
from contract_assembly.repository.record_writer import file_name
from contract_assembly.repository.source import Edited
from contract_assembly.writers.formats import FORMATS

_VERSION = re.compile(r"\bversion (\d+)\b")
_EXPIRED = re.compile(rf"(?:(?<=\n)\r?\n)?^ended: \{{on: \S+, because: {EXPIRED}\}}\r?\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Wish:
    """The request for a step: the new status, the day, the countersigned PDF, the reason; who ended the agreement ("client",
    "provider" or "both"); who read a scan against what was sent; and the certificate of completion of an e-sign service."""

    to: str
    on: date | None = None
    signed_pdf: bytes | None = None
    reason: str = ""
    by: str = ""
    looked_at_by: str = ""
    certificate: bytes | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A step: the files that it writes, by name inside the agreement's folder, and notes for people."""

    files: Mapping[str, bytes]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Subject:
    """A document at a step: its agreement, its name, its record, and its facts."""

    repository: Repository
    client: str
    agreement: str
    name: str
    facts: Located[Any]

    @property
    def folder(self) -> str:
        """The agreement's folder below the root."""
        return folder_of(self.client, self.agreement)

    @property
    def path(self) -> str:
        """Its file of facts."""
        return self.facts.at().path

    @property
    def recorded(self) -> DocumentRecord:
        """Its record; empty where there is none."""
        return recorded(self.repository, self.folder).of(self.name)

    @property
    def at(self) -> Origin:
        """Where its status is written."""
        return self.facts.at("status")

    @property
    def days(self) -> step_days.Days:
        """The days against which a step is checked."""
        return step_days.Days(self.repository, self.client, self.agreement)

    def edited(self, to: str) -> str:
        """The facts with another status; a document without that line, which is a draft, gets one below its kind."""
        text = _bare_text(self.repository, self.path)
        if "status" not in self.facts.origins:
            return yaml_editor.set_key(text, self.facts.at("document"), "status", to)
        return yaml_editor.set_value(text, self.at, "status", to)


_Step = Callable[[Subject, Wish], Result]


def subject_of(repository: Repository, client: str, agreement: str, name: str) -> Subject:
    """A document by its name. Raises RefusedError with every problem of its facts."""
    if name == CONTRACT:
        return Subject(repository, client, agreement, name, repository.inputs(client, agreement).agreement)
    return Subject(repository, client, agreement, name, repository.issued(client, agreement, name, MODELS))


def _send(subject: Subject, wish: Wish) -> Result:
    """Build the final version. Refused, with a list, while anything is open."""
    text = subject.edited(wish.to).encode()
    return Result({**_built(subject, text, final=True), _inside(subject): text})


def _send_again(subject: Subject, wish: Wish) -> Result:
    """Send a new version of a contract that was sent but not signed."""
    version, sent = getattr(subject.facts.model, "version", None), _sent_version(subject)
    if subject.name != CONTRACT or version is None or sent is None or version <= sent:
        what = f"{subject.name} was sent already"
        hint = "take it back to draft with --reason"
        if subject.name == CONTRACT:
            hint += f"; or, after a change, raise version: above {sent} and send that"
        raise RefusedError([Problem("status-step", what, subject.at, hint)])
    return replace(_send(subject, wish), notes=(f"version {version} takes the place of version {sent}",))


def _sent_version(subject: Subject) -> int | None:
    match = _VERSION.search(subject.recorded.reference)
    return int(match[1]) if match else None


def _withdraw(subject: Subject, wish: Wish) -> Result:
    """Go back to a draft, with a reason that is kept in the facts; the files have the marks of a draft again."""
    hint = 'say why it was taken back: --reason "The client asked for another start date"'
    text = _noted(subject, wish, TAKEN_BACK, hint)
    return Result({**_built(subject, text, final=False), _inside(subject): text})


def _sign(subject: Subject, wish: Wish) -> Result:
    """Freeze what was sent: record its files with their digests, and the countersigned copy."""
    wish = replace(wish, on=wish.on or _day_of(subject, wish))
    if wish.on is None:
        hint = "give the day of the last signature: --on 2026-09-21"
        raise RefusedError([Problem("no-day", "the day of signing is missing", subject.at, hint)])
    wrong = (
        *unlike_sent(subject.repository, subject.folder, subject.name, subject.at),
        *step_days.signing(subject.days, subject.name, wish.on, subject.at),
    )
    if wrong:
        raise RefusedError(wrong)
    text = subject.edited(wish.to).encode()
    made = _as_signed(subject, text, Signed(wish.on, subject.recorded.sums), wish)
    later = step_days.accepted_later(subject.days, subject.name, wish.on)
    return replace(made, notes=(*made.notes, *later))


def _file(subject: Subject, wish: Wish) -> Result:
    """Add the countersigned copy after signing, once; or, with a reason, correct the day or the copy."""
    signed = subject.recorded.signed
    corrects = bool(wish.reason and (wish.on or wish.signed_pdf))
    if signed is None or (not corrects and (wish.signed_pdf is None or signed.countersigned)):
        what = "is signed already" if wish.signed_pdf is None else "has its countersigned copy already"
        what = what if signed else "is marked as signed, but its record lists no signed files"
        hint = "a wrong day or copy is corrected with --reason, and --on or --signed-file"
        raise RefusedError([Problem("status-step", f"{subject.name} {what}", subject.at, hint)])
    text = _bare_text(subject.repository, subject.path).encode()
    if corrects:
        text = _noted(subject, replace(wish, on=None), CORRECTED, "say why it is corrected: --reason")
        wrong = [
            *step_days.dependents(subject.days, subject.name),
            *(step_days.signing(subject.days, subject.name, wish.on, subject.at) if wish.on else ()),
        ]
        if wrong:
            raise RefusedError(wrong)
    if wish.on and not corrects and wish.on != signed.on:
        what = f"{subject.name} was signed on {signed.on}"
        raise RefusedError(
            [Problem("status-step", what, subject.at, "leave --on out; or correct the day with --reason")]
        )
    return _as_signed(subject, text, signed._replace(on=wish.on or signed.on), wish)


def _day_of(subject: Subject, wish: Wish) -> date | None:
    """The day of the last electronic signature in a countersigned PDF."""
    if wish.signed_pdf is None:
        return None
    return _judged(subject, wish.signed_pdf, wish.looked_at_by).day


def _as_signed(subject: Subject, text: bytes, signed: Signed, wish: Wish) -> Result:
    files = {_inside(subject): text}
    notes: tuple[str, ...] = ()
    if wish.signed_pdf is not None:
        countersigned, more, notes = _countersigned(subject, wish.signed_pdf, wish, signed.on)
        signed = signed._replace(countersigned=countersigned)
        files |= more
    document = replace(_stepped(subject, "signed", text), signed=signed)
    return Result({**files, **_record(subject, document)}, notes)


def _stepped(subject: Subject, status: str, text: bytes) -> DocumentRecord:
    """The record of a document with its status and its own facts after a step."""
    after = Repository(Edited(subject.repository.source, {subject.path: text})).digests(subject.path)
    was = subject.recorded
    return replace(was, status=status, inputs={**was.inputs, subject.path: after})


def _end(subject: Subject, wish: Wish) -> Result:
    """End the agreement: at the end of its term, or early, with who ended it and why."""
    if subject.name != CONTRACT:
        what = f"{subject.name} is signed and cannot become ended"
        raise RefusedError([Problem("status-step", what, subject.at, "only an agreement ends")])
    if wish.on is None:
        hint = "give the last day of the agreement: --on 2027-09-30"
        raise RefusedError([Problem("no-day", "the last day is missing", subject.at, hint)])
    found = step_days.ending(subject.days, wish.on, by=wish.by, reason=wish.reason)
    if isinstance(found, Problem):
        raise RefusedError([found])
    text = subject.edited(wish.to)
    if found.early:
        ended = {"last_day": wish.on.isoformat(), "by": wish.by, "ground": wish.reason}
        text = yaml_editor.set_key(text, subject.at, "ended", ended)
    document = _stepped(subject, "ended", text.encode())
    account = {ACCOUNT: _expired(_account(subject), wish).encode()} if found.expire else {}
    return Result({_inside(subject): text.encode(), **account, **_record(subject, document)}, found.says)


def _account(subject: Subject) -> str:
    """The account of a block; empty if it has none."""
    path = f"{subject.folder}/{ACCOUNT}"
    return _bare_text(subject.repository, path) if subject.repository.source.has(path) else ""


def _expired(account: str, wish: Wish) -> str:
    """The account of a block whose hours expired, with its last day."""
    return yaml_editor.set_key(account, Origin(ACCOUNT, 0), "ended", {"on": str(wish.on), "because": EXPIRED})


def _reopen(subject: Subject, wish: Wish) -> Result:
    """Take an end back, with a reason that is kept in the facts, as long as nothing depends on it."""
    if wrong := tuple(step_days.dependents(subject.days, subject.name, ended=True)):
        raise RefusedError(wrong)
    hint = 'say why it goes on: --reason "The client withdrew its notice"'
    text = _noted(subject, wish, REOPENED, hint)
    text = re.sub(rb"^ended: \{last_day: .*\r?\n", b"", text, count=1, flags=re.MULTILINE)
    before = _account(subject)
    account = {ACCOUNT: _EXPIRED.sub("", before, count=1).encode()} if _EXPIRED.search(before) else {}
    return Result({_inside(subject): text, **account, **_record(subject, _stepped(subject, "signed", text))})


def _noted(subject: Subject, wish: Wish, what: str, hint: str) -> bytes:
    """The facts with another status, and the reason as a comment above it. Raises RefusedError if there is no
    reason."""
    if why := refusal(wish.reason) if wish.reason else "is missing":
        raise RefusedError([Problem("no-reason", f"the reason {why}", subject.at, hint)])
    note = f"{what}{f' on {wish.on.isoformat()}' if wish.on else ''}: {wish.reason}"
    return yaml_editor.insert_comment(subject.edited(wish.to), subject.at, note).encode()


STEPS: Mapping[tuple[str, str], _Step] = {
    ("draft", "sent"): _send,
    ("sent", "sent"): _send_again,
    ("sent", "draft"): _withdraw,
    ("sent", "signed"): _sign,
    ("signed", "signed"): _file,
    ("signed", "ended"): _end,
    ("ended", "signed"): _reopen,
}


def _built(subject: Subject, text: bytes, *, final: bool) -> Mapping[str, bytes]:
    """The files of a document in every format, built from its current facts, whatever its record."""
    before: BuildRecord = recorded(subject.repository, subject.folder)
    if subject.name in before.documents:
        before = before.with_document(subject.name, replace(before.of(subject.name), status="draft"))
    laid = {subject.path: text, f"{subject.folder}/{RECORD}": written(before)}
    repository = Repository(Edited(subject.repository.source, laid))
    order = Order(tuple(FORMATS), final=final, documents=(subject.name,))
    return build_in_memory(repository, subject.client, subject.agreement, order)[1]


def _inside(subject: Subject) -> str:
    return subject.path.removeprefix(f"{subject.folder}/")


def _record(subject: Subject, document: DocumentRecord) -> dict[str, bytes]:
    """The folder's record with a new state of this document."""
    before = recorded(subject.repository, subject.folder)
    return {RECORD: written(before.with_document(subject.name, document))}


def _bare_text(repository: Repository, path: str) -> str:
    repository.text(path)  # refuses anything but UTF-8
    return repository.read(path).decode("utf-8")


def _judged(subject: Subject, data: bytes, looked_at_by: str) -> signed_copy.Copy:
    ours = subject.repository.read(f"{subject.folder}/{file_name(subject.name, 'pdf')}")
    return signed_copy.judged(data, ours, subject.folder, subject.name, looked_at_by=looked_at_by)


def _countersigned(
    subject: Subject, data: bytes, wish: Wish, on: date
) -> tuple[Countersigned, dict[str, bytes], tuple[str, ...]]:
    """The record entry of a countersigned PDF, its files, and notes. Raises RefusedError for another document."""
    name = f"{subject.name}-signed.pdf"
    copy = _judged(subject, data, wish.looked_at_by)
    files = {name: data}
    entry = Countersigned(name, _digest(subject, data), copy.kind, wish.looked_at_by if copy.kind == "scan" else "")
    if wish.certificate is not None:
        if not wish.certificate.startswith(b"%PDF-"):
            hint = "give the PDF that the e-sign service calls its certificate of completion"
            raise RefusedError([Problem("not-a-pdf", "the certificate is not a PDF", subject.at, hint)])
        files[f"{subject.name}-certificate.pdf"] = wish.certificate
        entry = entry._replace(
            certificate=f"{subject.name}-certificate.pdf", certificate_sha256=_digest(subject, wish.certificate)
        )
    notes = [f"{name}: {copy.note}"] if copy.note else []
    if copy.day and copy.day != on:
        notes.append(f"{name}: the last signature is of {copy.day}, and the day of signing is {on}")
    return entry, files, tuple(notes)


def _digest(subject: Subject, data: bytes) -> str:
    return Repository(Edited(subject.repository.source, {"file": data})).digests("file").sha256


def unlike_sent(repository: Repository, folder: str, name: str, at: Origin) -> tuple[Problem, ...]:
    """Why a document cannot be signed: it was not built as sent in every format, or a file has changed since."""
    was = recorded(repository, folder).of(name)
    lacking = [file_name(name, suffix) for suffix in FORMATS if file_name(name, suffix) not in was.outputs]
    same = {each.tree for each in was.outputs.values()} == {was.tree}
    if was.status != "sent" or lacking or not same:
        hint = "build it, and send what was built"
        return (Problem("not-sent", f"{name} was not built as sent in every format from one state", at, hint),)
    wrong = changed(repository, folder, was.sums, "sent")
    return (*wrong, *changed_since_sent(repository, folder, name, was))
