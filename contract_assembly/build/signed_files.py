"""Guard frozen files: those of documents that were sent or signed, and the facts behind documents that still have to be
signed."""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import is_clients
from contract_assembly.core.problems import Problem
from contract_assembly.facts.outline import CONTRACT
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import FROZEN, DocumentRecord
from contract_assembly.repository.record_file import RECORD, recorded

STATUSES = ("draft", "sent", "signed", "ended")
TAKEN_BACK, REOPENED, CORRECTED = "Taken back", "Not ended", "Corrected"
_STATUS = re.compile(r"^status:[ \t]+[\"']?(\w+)[\"']?", re.MULTILINE)
_OF_STEPS = re.compile(rf"^(?:# (?:{TAKEN_BACK}|{REOPENED}|{CORRECTED})\b.*|ended: \{{last_day: .*)\n", re.MULTILINE)
_SIGNABLE = re.compile(rf"{CONTRACT}|amendment-\d+")


def frozen_problems(repository: Repository, folder: str) -> Iterator[Problem]:
    """Every file in an agreement's folder that was sent or signed and is missing or changed, and every document whose
    facts and record disagree about its status. `folder` is "agreements/acme/2026-support"."""
    record = recorded(repository, folder)
    for document in record.documents.values():
        yield from touched(repository, folder, document)
    yield from unlike_status(repository, folder, record.of(CONTRACT))


def touched(repository: Repository, folder: str, document: DocumentRecord) -> Iterator[Problem]:
    """Every file of a frozen document that is missing or changed."""
    yield from changed(repository, folder, files_of(document), "signed" if document.signed else "sent")


def unlike_status(repository: Repository, folder: str, contract: DocumentRecord) -> Iterator[Problem]:
    """Problems if the facts of an agreement and the record of its contract disagree on whether it was sent or
    signed."""
    _, client, agreement = folder.split("/")
    facts = repository.agreed(client, agreement)
    status, at = facts.model.status, facts.at("status")
    if status in FROZEN and contract.signed is None:
        what = f"status is {status}, but {RECORD} does not list what was signed"
        hint = f"write status: sent again, then take the step: {_step(folder, CONTRACT, 'signed --on DATE')}"
        yield Problem("signed-unrecorded", what, at, hint)
    elif contract.signed and status not in FROZEN:
        yield Problem("signed-undone", f"status is {status}, but the contract was signed", at, "write signed, or ended")
    else:
        yield from undone(folder, CONTRACT, contract, status, at)


def undone(folder: str, name: str, document: DocumentRecord, status: str, at: Origin) -> Iterator[Problem]:
    """Problems if the facts give the status draft to a document that was sent. Taking it back is a step that needs a
    reason."""
    if status == "draft" and document.is_frozen:
        what = f"status is draft, but {name} was sent"
        hint = f"write status: sent again, then take the step: {_step(folder, name, 'draft --reason REASON')}"
        yield Problem("sent-undone", what, at, hint)


def files_of(document: DocumentRecord) -> dict[str, str]:
    """The files of a document that must not change, each with its SHA-256: those signed, otherwise those sent; none of
    a draft."""
    if signed := document.signed:
        copy = signed.countersigned
        other = {copy.certificate: copy.certificate_sha256} if copy and copy.certificate else {}
        return {**signed.files, **({copy.file: copy.sha256} if copy else {}), **other}
    return document.sums if document.is_frozen else {}


def changed(repository: Repository, folder: str, files: Mapping[str, str], how: str) -> Iterator[Problem]:
    """Every file that is missing or has another SHA-256; `how` is what was done with them, such as "signed"."""
    for path, digest in ((f"{folder}/{name}", digest) for name, digest in files.items()):
        hint = f"bring it back from history: git log -- {path}, then git checkout COMMIT -- {path}"
        found = repository.output(path)
        if found is None:
            yield Problem("signed-missing", f"{path} was {how} and is not there", Origin(path), hint)
        elif found != digest:
            what = f"{path} is not what was {how}: its bytes have changed"
            yield Problem("signed-changed", what, Origin(path), hint)


# ---- facts behind what is still to be signed


def changed_since_sent(
    repository: Repository, folder: str, name: str, document: DocumentRecord, level: Any = "error"
) -> Iterator[Problem]:
    """The client's own facts that changed since a contract or an amendment was sent for signature. Letters are left
    out, because they are not signed and the agreement continues after them. Lines that the program wrote at a step do
    not count."""
    if document.status != "sent" or not _SIGNABLE.fullmatch(name):
        return
    for path, was in document.inputs.items():
        if was and is_clients(path) and not same_but_for_steps(repository, path, was.sha256):
            new = f", or raise version: and send it again: {_step(folder, name, 'sent')}" if name == CONTRACT else ""
            hint = f"undo the change; or take {name} back: {_step(folder, name, 'draft --reason REASON')}{new}"
            what = f"{path} has changed since {name} was sent"
            yield Problem("changed-since-sent", what, Origin(path), hint, level)


def same_but_for_steps(repository: Repository, path: str, digest: str) -> bool:
    """Whether a file has this SHA-256, now or without the lines that steps of `build.py status` wrote into it since."""
    if not repository.source.has(path):
        return False
    if repository.digests(path).sha256 == digest:
        return True
    text = repository.text(path)
    return any(sha256(each.encode()).hexdigest() == digest for each in _before_steps(text))


def _before_steps(text: str) -> Iterator[str]:
    match = _STATUS.search(text)
    if match is None:
        return
    for bare in dict.fromkeys((text, _OF_STEPS.sub("", text))):
        for status in STATUSES:
            yield _STATUS.sub(lambda m, s=status: m[0].replace(m[1], s), bare, count=1)  # type: ignore[misc]
        yield re.sub(r"^status: \w+\n", "", bare, count=1, flags=re.MULTILINE)


def _step(folder: str, name: str, to: str) -> str:
    _, client, agreement = folder.split("/")
    document = "" if name == CONTRACT else f" --document {name}"
    return f"build.py status {client}/{agreement}{document} --set {to}"
