"""Receive a contract that comes back as a Word file: compare it with what was sent, and keep it with an entry for each change.
Reads and writes through `store`."""

import hashlib
from datetime import date
from pathlib import Path

from contract_assembly.actions.negotiation import rounds
from contract_assembly.actions.negotiation.compared_round import looked_at, read_round, report_of
from contract_assembly.actions.negotiation.report import Report
from contract_assembly.actions.negotiation.sent_file import read_back, sent_for
from contract_assembly.core.paths import folder_of
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.store import Store


def receive(
    store: Store, client: str, agreement: str, data: bytes, *, sender: str, day: date, named: bytes | None = None
) -> tuple[Report, tuple[str, ...]]:
    """Write the next round, all or nothing, and return it with the names of the files that were written. A file that was received
    before is its old round, with the decisions in it. Raises RefusedError if the file cannot be compared."""
    root = Path(store.root)
    repository = Repository(root)
    if known := _received_before(repository, client, agreement, data):
        before, looked = read_round(root, client, agreement, known)
        return report_of(looked, root, client, agreement, before.model), ()
    back = read_back(data)
    number = max(rounds.numbers(repository, client, agreement), default=0) + 1
    sent = sent_for(root, client, agreement, data, named)
    looked = looked_at(root, client, agreement, back=back, sent=sent, number=number)
    received = rounds.Received(number, sender, day, data, looked.sent.data)
    judged = tuple(zip(looked.found.changes, looked.judgements, strict=True))
    files = rounds.files_of(received, judged, looked.labels)
    folder = folder_of(client, agreement)
    after = repository.with_files(folder, files)
    one = rounds.load(after, client, agreement, number).model
    return report_of(looked, root, client, agreement, one), store.put(folder, files, last=f"negotiation/{number}.yaml")


def _received_before(repository: Repository, client: str, agreement: str, data: bytes) -> int:
    digest = hashlib.sha256(data).hexdigest()
    found = (
        rounds.load(repository, client, agreement, each).model for each in rounds.numbers(repository, client, agreement)
    )
    return next((each.round for each in found if each.sha256 == digest), 0)
