"""A step of an agreement or document: what is asked for, the document, and what the step writes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.actions import step_days
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import refusal
from contract_assembly.facts.fields import Located
from contract_assembly.facts.outline import CONTRACT
from contract_assembly.letters.kinds import MODELS
from contract_assembly.repository import yaml_editor
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import DocumentRecord
from contract_assembly.repository.record_file import RECORD, recorded, written
from contract_assembly.repository.source import Edited


class StepRequest(Struct, frozen=True):
    """The request for a step: the new status, the day, the countersigned PDF, the reason; who ended the agreement ("client",
    "provider" or "both"); who read a scan against what was sent; and the certificate of completion of an e-sign service."""

    to: str
    on: date | None = None
    signed_pdf: bytes | None = None
    reason: str = ""
    by: str = ""
    looked_at_by: str = ""
    certificate: bytes | None = None


class Result(Struct, frozen=True):
    """A step: the files that it writes, by name inside the agreement's folder, and notes for people."""

    files: Mapping[str, bytes]
    notes: tuple[str, ...] = ()


class StepSubject(Struct, frozen=True):
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
    def file(self) -> str:
        """Its file of facts, by its path inside the agreement's folder."""
        return self.path.removeprefix(f"{self.folder}/")

    @property
    def recorded(self) -> DocumentRecord:
        """Its record; empty where there is none."""
        return recorded(self.repository, self.folder).of(self.name)

    @property
    def at(self) -> Origin:
        """Where its status is written."""
        return self.facts.at("status")

    @property
    def days(self) -> step_days.StepDays:
        """The days against which a step is checked."""
        return step_days.StepDays(self.repository, self.client, self.agreement)

    def edited(self, to: str) -> str:
        """The facts with another status; a document without that line, which is a draft, gets one below its kind."""
        text = bare_text(self.repository, self.path)
        if "status" not in self.facts.origins:
            return yaml_editor.set_key(text, self.facts.at("document"), "status", to)
        return yaml_editor.set_value(text, self.at, "status", to)


def subject_of(repository: Repository, client: str, agreement: str, name: str) -> StepSubject:
    """A document by its name. Raises RefusedError with every problem of its facts."""
    if name == CONTRACT:
        return StepSubject(repository, client, agreement, name, repository.inputs(client, agreement).agreement)
    return StepSubject(repository, client, agreement, name, repository.issued(client, agreement, name, MODELS))


def stepped(subject: StepSubject, status: str, text: bytes) -> DocumentRecord:
    """The record of a document with its status and its own facts after a step."""
    after = Repository(Edited(subject.repository.source, {subject.path: text})).digests(subject.path)
    was = subject.recorded
    return replace(was, status=status, inputs={**was.inputs, subject.path: after})


def noted(subject: StepSubject, request: StepRequest, what: str, hint: str) -> bytes:
    """The facts with another status, and the reason as a comment above it. Raises RefusedError if there is no
    reason."""
    if why := refusal(request.reason) if request.reason else "is missing":
        raise RefusedError([Problem("no-reason", f"the reason {why}", subject.at, hint)])
    note = f"{what}{f' on {request.on.isoformat()}' if request.on else ''}: {request.reason}"
    return yaml_editor.insert_comment(subject.edited(request.to), subject.at, note).encode()


def new_record(subject: StepSubject, document: DocumentRecord) -> dict[str, bytes]:
    """The folder's record with a new state of this document."""
    before = recorded(subject.repository, subject.folder)
    return {RECORD: written(before.with_document(subject.name, document))}


def bare_text(repository: Repository, path: str) -> str:
    """The text of a file with its own line endings. Raises RefusedError for anything but UTF-8."""
    repository.text(path)
    return repository.read(path).decode("utf-8")
