"""Fetch the signed file of a request for signature, and file it as `status --set signed` does. Writes only through `store`."""

import hashlib
from datetime import date, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from contract_assembly.actions.esign.answer import unexpected
from contract_assembly.actions.esign.request import Standing
from contract_assembly.actions.lifecycle import TakenStep, take
from contract_assembly.actions.send import connected, recorded_request, standing_of
from contract_assembly.actions.step import StepRequest, StepSubject, subject_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.facts.fields import Located
from contract_assembly.facts.signature_request import SignatureRequest
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record_writer import file_name
from contract_assembly.repository.selection import documents_of
from contract_assembly.repository.store import Store


class Fetched(Struct, frozen=True):
    """What became of a request, and the step that was taken; nothing was taken while signatures are missing."""

    standing: Standing
    taken: TakenStep | None = None


def fetch(
    store: Store, client: str, agreement: str, name: str, *, key: str, on: date | None = None, looked_at_by: str = ""
) -> Fetched:
    """Ask for the status of a request; if it is completed, file the signed PDF with its certificate. The day of signing is `on`,
    by default the day of the last signature in the provider's time zone. Raises RefusedError if nothing was sent, if the request
    ended without a signature, and for a file that is not the signed copy of what was sent."""
    repository = Repository(store.root)
    documents_of(repository, client, agreement, [name])
    subject = subject_of(repository, client, agreement, name)
    known = _known(subject)
    if (signed := subject.recorded.signed) and signed.countersigned:
        return Fetched(Standing("completed"), TakenStep((), ("the signed copy is filed already",)))
    standing = standing_of(known.model, key)
    if standing.state == "ended":
        what = f"the request of {known.model.sent} has ended without every signature: {standing.why}"
        hint = "build.py send makes another one"
        raise RefusedError([Problem("esign-ended", what, known.at("request"), hint)])
    if standing.state != "completed":
        return Fetched(standing)
    service, connection = connected(known.model, key)
    back = service.bring(connection, known.model.request, standing)
    day = on or (None if signed else _day(repository, subject, standing))
    request = StepRequest("signed", day, back.pdf, looked_at_by=looked_at_by, certificate=back.certificate)
    return Fetched(standing, take(store, client, agreement, name, request))


def _known(subject: StepSubject) -> Located[SignatureRequest]:
    found = recorded_request(subject)
    if found is None:
        hint = "build.py send CLIENT sends it for signature"
        raise RefusedError([Problem("nothing-sent", f"{subject.name} was not sent to a service", subject.at, hint)])
    ours = subject.repository.read(f"{subject.folder}/{file_name(subject.name, 'pdf')}")
    if hashlib.sha256(ours).hexdigest() != found.model.sha256:
        what = f"{subject.name} was built again after it was sent for signature on {found.model.sent}"
        hint = "cancel that request in the service; then build.py send CLIENT sends the present one"
        raise RefusedError([Problem("esign-other", what, found.at("sha256"), hint)])
    return found


def _day(repository: Repository, subject: StepSubject, standing: Standing) -> date:
    zone = repository.inputs(subject.client, subject.agreement).calendar.model.timezone
    try:
        when = datetime.fromisoformat(standing.completed)
    except ValueError:
        raise unexpected("the answer does not say when the last signature was made") from None
    return (when.astimezone(ZoneInfo(zone)) if when.tzinfo else when).date()
