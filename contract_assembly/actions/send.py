"""Send a document that was sent for signature to an e-sign service. Writes only through `store`."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.actions.esign.connection import MISSING, Connection
from contract_assembly.actions.esign.request import Box, Request, Service, Signatory, Standing
from contract_assembly.actions.esign.services import SERVICES
from contract_assembly.actions.signature_steps import unlike_sent
from contract_assembly.actions.step import StepSubject, subject_of
from contract_assembly.clauses.assemble import SIGNATURE_LABELS
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.facts.fields import Located
from contract_assembly.facts.signature_request import FOLDER, SignatureRequest
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record_writer import file_name
from contract_assembly.repository.selection import documents_of
from contract_assembly.repository.store import Store
from contract_assembly.repository.yaml_editor import DOCUMENT_DEPTH, new_file, quoted
from contract_assembly.writers.returned.pdf_pages import page_texts
from contract_assembly.writers.returned.signing_places import Place, signing_places

_MOST_ATTEMPTS = 20
_FETCH = "build.py fetch CLIENT shows who has signed"


class Prepared(Struct, frozen=True):
    """A document that is ready to be sent: what goes to which service at which URL."""

    subject: StepSubject
    service: str
    url: str
    request: Request

    @property
    def body(self) -> dict[str, Any]:
        """What is sent, with the digest in place of the PDF's bytes."""
        digest = hashlib.sha256(self.request.pdf).hexdigest()
        return SERVICES[self.service].body(self.request, f"{len(self.request.pdf)} bytes, SHA-256 {digest}")


class Sent(Struct, frozen=True):
    """A request that is at the service: its id there, and the files that were written. `was_there` is true for one that an
    earlier run had made without recording it."""

    request: str
    wrote: tuple[str, ...]
    was_there: bool = False


def prepared(repository: Repository, client: str, agreement: str, name: str) -> Prepared:
    """Make the request for a document, from its facts and from the places in its PDF. Opens no connection. Raises RefusedError
    unless the document was sent as it is here and can be signed there."""
    documents_of(repository, client, agreement, [name])
    subject = subject_of(repository, client, agreement, name)
    inputs = repository.inputs(client, agreement)
    provider, agreed = inputs.provider, inputs.agreement.model
    if provider.model.esign_url is None:
        hint = "write esign: docuseal or documenso, and esign_url: with the address of its API"
        raise RefusedError([Problem("no-esign-url", "there is no service to send to", provider.at("esign"), hint)])
    if wrong := unlike_sent(repository, subject.folder, name, subject.at):
        raise RefusedError(wrong)
    pdf = repository.read(f"{subject.folder}/{file_name(name, 'pdf')}")
    sides = {
        "provider": (provider.model.people, agreed.signatories.provider),
        "client": (inputs.client.model.people, agreed.signatories.client),
    }
    people = {side: next(each for each in known if each.id == who) for side, (known, who) in sides.items()}
    signatories = tuple(
        Signatory(each.field, person.name, person.email, Box(*each.signature), Box(*each.date))
        for each in _places(subject, pdf, SIGNATURE_LABELS[agreed.locale][-1])
        if (person := people.get(each.field.lower()))
    )
    key = hashlib.sha256(pdf).hexdigest()
    title = f"{agreed.title}, {name}" if name != "contract" else agreed.title
    zone = inputs.calendar.model.timezone
    request = Request(key=key, title=title, file=f"{agreement}-{name}.pdf", pdf=pdf, zone=zone, signatories=signatories)
    return Prepared(subject, provider.model.esign, provider.model.esign_url, request)


def _places(subject: StepSubject, pdf: bytes, label: str) -> tuple[Place, ...]:
    found = signing_places(pdf, label)
    if {each.field for each in found} != {"Provider", "Client"}:
        what = f"{subject.name} does not have one place to sign and date for each party"
        raise RefusedError([Problem("no-place", what, subject.at, "only contracts and amendments are signed")])
    texts = page_texts(pdf)
    if any("{{" in texts[each.signature.page - 1] for each in found):
        what = f"{subject.name} has anchors for a service, which would make a second set of fields there"
        hint = "take it back to draft with --reason, and send it again: with esign_url it is built without them"
        raise RefusedError([Problem("esign-anchors", what, subject.at, hint)])
    return found


def send(store: Store, ready: Prepared, key: str, day: date) -> Sent:
    """Send a request, or find the one that an earlier run had sent, and record it. A dry store sends nothing. Raises RefusedError
    if the document was sent already, and if the service cannot be reached or refuses."""
    file = f"{FOLDER}/{ready.subject.name}.yaml"
    service, request = SERVICES[ready.service], ready.request
    before = recorded_request(ready.subject)
    if store.dry:
        return Sent("", store.put(ready.subject.folder, {file: _record(ready, "0", 1, day)}))
    connection = Connection(ready.url, service.header, key)
    first = 1
    if before is not None:
        _must_have_ended(ready, before, key)
        first = before.model.attempt + 1 if before.model.sha256 == request.key else 1
    for attempt in range(first, first + _MOST_ATTEMPTS):
        named = request if attempt == 1 else replace(request, key=f"{request.key}-{attempt}")
        found = service.find(connection, named)
        standing = service.standing(connection, found) if found else None
        if standing and standing.state == "ended":
            continue
        if standing and standing.state == "draft":
            service.resume(connection, found)
        made = found or service.make(connection, named)
        wrote = store.put(ready.subject.folder, {file: _record(ready, made, attempt, day)})
        return Sent(made, wrote, was_there=bool(found))
    what = f"{_MOST_ATTEMPTS} requests for the same file ended without a signature"
    raise RefusedError([Problem("esign-sent", what, ready.subject.at, "find out why in the service itself")])


def _must_have_ended(ready: Prepared, before: Located[SignatureRequest], key: str) -> None:
    """Raise RefusedError while a request that was recorded is still open, or is completed."""
    known = before.model
    standing = standing_of(known, key)
    if standing.state == "ended":
        return
    same = known.sha256 == ready.request.key
    what = f"{ready.subject.name}{'' if same else ' as it was before'} was sent for signature on {known.sent}"
    ways = {True: _FETCH, False: f"cancel request {known.request} in the service first"}
    raise RefusedError([Problem("esign-sent", what, before.at("request"), ways[same])])


def standing_of(known: SignatureRequest, key: str) -> Standing:
    """What became of a request that was recorded; one that the service no longer has is ended. Raises RefusedError."""
    service = SERVICES[known.service]
    try:
        return service.standing(connected(known, key)[1], known.request)
    except RefusedError as error:
        if error.problems[0].rule != MISSING:
            raise
        return Standing("ended", why="not there any more")


def connected(known: SignatureRequest, key: str) -> tuple[Service, Connection]:
    """The service of a request that was recorded, and a connection to where it was sent."""
    service = SERVICES[known.service]
    return service, Connection(known.url, service.header, key)


def recorded_request(subject: StepSubject) -> Located[SignatureRequest] | None:
    """The record of the last request for a document; None if there was none. Raises RefusedError."""
    path = f"{subject.folder}/{FOLDER}/{subject.name}.yaml"
    return subject.repository.load(SignatureRequest, path) if subject.repository.source.has(path) else None


def _record(ready: Prepared, request: str, attempt: int, day: date) -> bytes:
    people = "".join(
        f"\n  - side: {each.role.lower()}\n    name: {quoted(each.name)}\n    email: {quoted(each.email)}"
        for each in ready.request.signatories
    )
    facts: Mapping[str, str] = {
        "service": ready.service,
        "url": ready.url,
        "request": quoted(request),
        "attempt": str(attempt),
        "sent": day.isoformat(),
        "sha256": quoted(ready.request.key),
        "signatories": people,
    }
    comments = ["Written by build.py send. build.py fetch finds the request by it."]
    return new_file("signature-request", DOCUMENT_DEPTH, comments, facts).encode()
