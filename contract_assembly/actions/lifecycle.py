"""Change the status of agreements and their documents, and show what prevents the next step.

A step is taken whole or not at all; documents that are still drafts are rebuilt in the same set. Writes only through
`store`.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import get_args

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.actions.signature_steps import unlike_sent
from contract_assembly.actions.step import StepRequest, StepSubject, subject_of
from contract_assembly.actions.steps import STEPS
from contract_assembly.build.dependent_drafts import with_drafts
from contract_assembly.build.pipeline import draft
from contract_assembly.build.signed_files import frozen_problems
from contract_assembly.core.problems import Problem, RefusedError, errors
from contract_assembly.facts.outline import CONTRACT
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record_file import RECORD, read
from contract_assembly.repository.selection import documents_of
from contract_assembly.repository.store import Store


class TakenStep(Struct, frozen=True):
    """The result of a step: the names of the files that changed, and notes for people."""

    changed: tuple[str, ...]
    notes: tuple[str, ...] = ()


def take(store: Store, client: str, agreement: str, name: str, request: StepRequest) -> TakenStep:
    """Take a step or, with a dry store, find out what it would write. Raises RefusedError with everything that prevents
    it."""
    repository = Repository(store.root)
    documents_of(repository, client, agreement, [name])
    subject = subject_of(repository, client, agreement, name)
    if repository.source.exists(f"{subject.folder}/{RECORD}"):
        read(repository, subject.folder)  # a step writes the record, and must not lose what one that is damaged lists
    before = subject.facts.model.status
    step = STEPS.get((before, request.to))
    if step is None:
        nexts = [to for (start, to) in STEPS if start == before]
        what = f"{name} is {before} and cannot become {request.to}"
        hint = f"from {before}: {' or '.join(nexts) or 'nothing'}"
        raise RefusedError([Problem("status-step", what, subject.at, hint)])
    made = step(subject, request)
    after = repository.with_files(subject.folder, made.files)
    subject_of(after, client, agreement, name)  # refuses a status that this kind never has
    files, notes = with_drafts(repository, client, agreement, made.files, but=name)
    return TakenStep(store.put(subject.folder, files, last=RECORD), (*made.notes, *notes))


class StatusRow(Struct, frozen=True):
    """The status of a document, the statuses that can follow, and what prevents them."""

    client: str
    agreement: str
    document: str
    status: str
    next: tuple[str, ...]
    open: tuple[Problem, ...]


def status_rows(
    repository: Repository, pairs: Iterable[tuple[str, str]], document: str | None = None
) -> tuple[StatusRow, ...]:
    """The status of every document of these agreements, or of those with this name. Raises RefusedError if there is
    none."""
    found = [(*pair, name) for pair in pairs for name in documents_of(repository, *pair)]
    if document and found and not any(name == document for _, _, name in found):
        documents_of(repository, *found[0][:2], [document])
    return tuple(status_row(repository, *each) for each in found if document in {None, each[2]})


def status_row(repository: Repository, client: str, agreement: str, name: str) -> StatusRow:
    """The status of a document. If it cannot be read, its problems are listed as open."""
    try:
        subject = subject_of(repository, client, agreement, name)
        status = subject.facts.model.status
        found = StatusRow(
            client=client, agreement=agreement, document=name, status=status, next=_nexts(status, subject), open=()
        )
        return replace(found, open=errors(_LOOKS[status](subject)))
    except RefusedError as error:
        return StatusRow(
            client=client, agreement=agreement, document=name, status="unknown", next=(), open=error.problems
        )


def _nexts(status: str, subject: StepSubject) -> tuple[str, ...]:
    """The statuses that can follow for a document. Only a contract or an amendment can be signed, and only an agreement
    can end."""
    field = type(subject.facts.model).model_fields["status"]
    known = get_args(field.annotation)
    return tuple(
        to
        for start, to in STEPS
        if start == status != to and to in known and (to != "ended" or subject.name == CONTRACT)
    )


def _open_draft(subject: StepSubject) -> tuple[Problem, ...]:
    try:
        draft(subject.repository, subject.client, subject.agreement, subject.name, final=True)
    except RefusedError as error:
        return error.problems
    return ()


def _open_sent(subject: StepSubject) -> tuple[Problem, ...]:
    return unlike_sent(subject.repository, subject.folder, subject.name, subject.facts.at("status"))


def _open_signed(subject: StepSubject) -> tuple[Problem, ...]:
    return tuple(frozen_problems(subject.repository, subject.folder))


_LOOKS: Mapping[str, Callable[[StepSubject], tuple[Problem, ...]]] = {
    "draft": _open_draft,
    "sent": _open_sent,
    "signed": _open_signed,
    "ended": _open_signed,
}
