"""The changes of status of an agreement or document, by the status before and after: the table STEPS.

Each step is a function from a document and a request to the files of one set; none writes. A step changes one line of
facts, with a comment above it if a reason is needed.
"""

import re
from collections.abc import Callable, Mapping

from msgspec.structs import replace

from contract_assembly.actions import step_days
from contract_assembly.actions.signature_steps import file_copy, sign
from contract_assembly.actions.step import Result, StepRequest, StepSubject, bare_text, new_record, noted, stepped
from contract_assembly.build.one_agreement import BuildOrder, build_in_memory
from contract_assembly.build.signed_files import (
    REOPENED,
    TAKEN_BACK,
)
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.facts.account import ACCOUNT, EXPIRED
from contract_assembly.facts.outline import CONTRACT
from contract_assembly.repository import yaml_editor
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import BuildRecord
from contract_assembly.repository.record_file import RECORD, recorded, written
from contract_assembly.repository.source import Edited
from contract_assembly.writers.formats import FORMATS

_VERSION = re.compile(r"\bversion (\d+)\b")
_EXPIRED = re.compile(rf"(?:(?<=\n)\r?\n)?^ended: \{{on: \S+, because: {EXPIRED}\}}\r?\n", re.MULTILINE)


_Step = Callable[[StepSubject, StepRequest], Result]


def _send(subject: StepSubject, request: StepRequest) -> Result:
    """Build the final version. Refused, with a list, while anything is open."""
    text = subject.edited(request.to).encode()
    return Result({**_built(subject, text, final=True), subject.file: text})


def _send_again(subject: StepSubject, request: StepRequest) -> Result:
    """Send a new version of a contract that was sent but not signed."""
    version, sent = getattr(subject.facts.model, "version", None), _sent_version(subject)
    if subject.name != CONTRACT or version is None or sent is None or version <= sent:
        what = f"{subject.name} was sent already"
        hint = "take it back to draft with --reason"
        if subject.name == CONTRACT:
            hint += f"; or, after a change, raise version: above {sent} and send that"
        raise RefusedError([Problem("status-step", what, subject.at, hint)])
    return replace(_send(subject, request), notes=(f"version {version} takes the place of version {sent}",))


def _sent_version(subject: StepSubject) -> int | None:
    match = _VERSION.search(subject.recorded.reference)
    return int(match[1]) if match else None


def _withdraw(subject: StepSubject, request: StepRequest) -> Result:
    """Go back to a draft, with a reason that is kept in the facts; the files have the marks of a draft again."""
    hint = 'say why it was taken back: --reason "The client asked for another start date"'
    text = noted(subject, request, TAKEN_BACK, hint)
    return Result({**_built(subject, text, final=False), subject.file: text})


def _end(subject: StepSubject, request: StepRequest) -> Result:
    """End the agreement: at the end of its term, or early, with who ended it and why."""
    if subject.name != CONTRACT:
        what = f"{subject.name} is signed and cannot become ended"
        raise RefusedError([Problem("status-step", what, subject.at, "only an agreement ends")])
    if request.on is None:
        hint = "give the last day of the agreement: --on 2027-09-30"
        raise RefusedError([Problem("no-day", "the last day is missing", subject.at, hint)])
    found = step_days.ending(subject.days, request.on, by=request.by, reason=request.reason)
    if isinstance(found, Problem):
        raise RefusedError([found])
    text = subject.edited(request.to)
    if found.early:
        ended = {"last_day": request.on.isoformat(), "by": request.by, "ground": request.reason}
        text = yaml_editor.set_key(text, subject.at, "ended", ended)
    document = stepped(subject, "ended", text.encode())
    account = {ACCOUNT: _expired(_account(subject), request).encode()} if found.expire else {}
    return Result({subject.file: text.encode(), **account, **new_record(subject, document)}, found.says)


def _account(subject: StepSubject) -> str:
    """The account of a block; empty if it has none."""
    path = f"{subject.folder}/{ACCOUNT}"
    return bare_text(subject.repository, path) if subject.repository.source.has(path) else ""


def _expired(account: str, request: StepRequest) -> str:
    """The account of a block whose hours expired, with its last day."""
    return yaml_editor.set_key(account, Origin(ACCOUNT, 0), "ended", {"on": str(request.on), "because": EXPIRED})


def _reopen(subject: StepSubject, request: StepRequest) -> Result:
    """Take an end back, with a reason that is kept in the facts, as long as nothing depends on it."""
    if wrong := tuple(step_days.dependents(subject.days, subject.name, ended=True)):
        raise RefusedError(wrong)
    hint = 'say why it continues: --reason "The client withdrew its notice"'
    text = noted(subject, request, REOPENED, hint)
    text = re.sub(rb"^ended: \{last_day: .*\r?\n", b"", text, count=1, flags=re.MULTILINE)
    before = _account(subject)
    account = {ACCOUNT: _EXPIRED.sub("", before, count=1).encode()} if _EXPIRED.search(before) else {}
    return Result({subject.file: text, **account, **new_record(subject, stepped(subject, "signed", text))})


STEPS: Mapping[tuple[str, str], _Step] = {
    ("draft", "sent"): _send,
    ("sent", "sent"): _send_again,
    ("sent", "draft"): _withdraw,
    ("sent", "signed"): sign,
    ("signed", "signed"): file_copy,
    ("signed", "ended"): _end,
    ("ended", "signed"): _reopen,
}


def _built(subject: StepSubject, text: bytes, *, final: bool) -> Mapping[str, bytes]:
    """The files of a document in every format, built from its current facts, whatever its record."""
    before: BuildRecord = recorded(subject.repository, subject.folder)
    if subject.name in before.documents:
        before = before.with_document(subject.name, replace(before.of(subject.name), status="draft"))
    laid = {subject.path: text, f"{subject.folder}/{RECORD}": written(before)}
    repository = Repository(Edited(subject.repository.source, laid))
    order = BuildOrder(tuple(FORMATS), final=final, documents=(subject.name,))
    return build_in_memory(repository, subject.client, subject.agreement, order)[1]
