"""The steps by which a document becomes signed: freeze what was sent, and file the countersigned copy."""

from datetime import date

from msgspec.structs import replace

from contract_assembly.actions import signed_copy, step_days
from contract_assembly.actions.step import Result, StepRequest, StepSubject, bare_text, new_record, noted, stepped
from contract_assembly.build.signed_files import (
    CORRECTED,
    changed,
    changed_since_sent,
)
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import Countersigned, Signed
from contract_assembly.repository.record_file import recorded
from contract_assembly.repository.record_writer import file_name
from contract_assembly.repository.source import Edited
from contract_assembly.writers.formats import FORMATS


def sign(subject: StepSubject, request: StepRequest) -> Result:
    """Freeze what was sent: record its files with their digests, and the countersigned copy."""
    request = replace(request, on=request.on or _day_of(subject, request))
    if request.on is None:
        hint = "give the day of the last signature: --on 2026-09-21"
        raise RefusedError([Problem("no-day", "the day of signing is missing", subject.at, hint)])
    wrong = (
        *unlike_sent(subject.repository, subject.folder, subject.name, subject.at),
        *step_days.signing(subject.days, subject.name, request.on, subject.at),
    )
    if wrong:
        raise RefusedError(wrong)
    text = subject.edited(request.to).encode()
    made = _as_signed(subject, text, Signed(request.on, subject.recorded.sums), request)
    later = step_days.accepted_later(subject.days, subject.name, request.on)
    return replace(made, notes=(*made.notes, *later))


def file_copy(subject: StepSubject, request: StepRequest) -> Result:
    """Add the countersigned copy after signing, once; or, with a reason, correct the day or the copy."""
    signed = subject.recorded.signed
    corrects = bool(request.reason and (request.on or request.signed_pdf))
    if signed is None or (not corrects and (request.signed_pdf is None or signed.countersigned)):
        what = "is signed already" if request.signed_pdf is None else "has its countersigned copy already"
        what = what if signed else "is marked as signed, but its record lists no signed files"
        hint = "a wrong day or copy is corrected with --reason, and --on or --signed-file"
        raise RefusedError([Problem("status-step", f"{subject.name} {what}", subject.at, hint)])
    text = bare_text(subject.repository, subject.path).encode()
    if corrects:
        text = noted(subject, replace(request, on=None), CORRECTED, "say why it is corrected: --reason")
        wrong = [
            *step_days.dependents(subject.days, subject.name),
            *(step_days.signing(subject.days, subject.name, request.on, subject.at) if request.on else ()),
        ]
        if wrong:
            raise RefusedError(wrong)
    if request.on and not corrects and request.on != signed.on:
        what = f"{subject.name} was signed on {signed.on}"
        raise RefusedError(
            [Problem("status-step", what, subject.at, "leave --on out; or correct the day with --reason")]
        )
    return _as_signed(subject, text, signed._replace(on=request.on or signed.on), request)


def _day_of(subject: StepSubject, request: StepRequest) -> date | None:
    """The day of the last electronic signature in a countersigned PDF."""
    if request.signed_pdf is None:
        return None
    return _judged(subject, request.signed_pdf, request.looked_at_by).day


def _as_signed(subject: StepSubject, text: bytes, signed: Signed, request: StepRequest) -> Result:
    files = {subject.file: text}
    notes: tuple[str, ...] = ()
    if request.signed_pdf is not None:
        countersigned, more, notes = _countersigned(subject, request.signed_pdf, request, signed.on)
        signed = signed._replace(countersigned=countersigned)
        files |= more
    document = replace(stepped(subject, "signed", text), signed=signed)
    return Result({**files, **new_record(subject, document)}, notes)


def _judged(subject: StepSubject, data: bytes, looked_at_by: str) -> signed_copy.Copy:
    ours = subject.repository.read(f"{subject.folder}/{file_name(subject.name, 'pdf')}")
    return signed_copy.judged(data, ours, subject.folder, subject.name, looked_at_by=looked_at_by)


def _countersigned(
    subject: StepSubject, data: bytes, request: StepRequest, on: date
) -> tuple[Countersigned, dict[str, bytes], tuple[str, ...]]:
    """The record entry of a countersigned PDF, its files, and notes. Raises RefusedError for another document."""
    name = f"{subject.name}-signed.pdf"
    copy = _judged(subject, data, request.looked_at_by)
    files = {name: data}
    entry = Countersigned(name, _digest(subject, data), copy.kind, request.looked_at_by if copy.kind == "scan" else "")
    if request.certificate is not None:
        if not request.certificate.startswith(b"%PDF-"):
            hint = "give the PDF that the e-sign service calls its certificate of completion"
            raise RefusedError([Problem("not-a-pdf", "the certificate is not a PDF", subject.at, hint)])
        files[f"{subject.name}-certificate.pdf"] = request.certificate
        entry = entry._replace(
            certificate=f"{subject.name}-certificate.pdf", certificate_sha256=_digest(subject, request.certificate)
        )
    notes = [f"{name}: {copy.note}"] if copy.note else []
    if copy.day and copy.day != on:
        notes.append(f"{name}: the last signature is of {copy.day}, and the day of signing is {on}")
    return entry, files, tuple(notes)


def _digest(subject: StepSubject, data: bytes) -> str:
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
