"""Carry out the decisions of a negotiation's round: facts, clauses and words, as one set. Reads and writes through `store`."""

from pathlib import Path

from contract_assembly.actions.negotiation.compared_round import read_round, report_of
from contract_assembly.actions.negotiation.decided import outcome
from contract_assembly.actions.negotiation.report import Report
from contract_assembly.core.paths import folder_of
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.store import Store


def points(root: Path, client: str, agreement: str, number: int = 0) -> Report:
    """A round with its decisions, by default the last one. Raises RefusedError if there is none, or if its file was changed."""
    one, looked = read_round(root, client, agreement, number)
    return report_of(looked, root, client, agreement, one.model)


def carry_out(store: Store, client: str, agreement: str, number: int = 0) -> tuple[str, ...]:
    """Carry out a round whole or not at all; the names of the files that changed, none if it was done before. Raises RefusedError
    with everything that is in the way."""
    root = Path(store.root)
    one, looked = read_round(root, client, agreement, number)
    found = outcome(Repository(root), client, agreement, one, looked)
    folder = folder_of(client)
    files = {path.removeprefix(f"{folder}/"): data for path, data in found.files.items()}
    gone = [path.removeprefix(f"{folder}/") for path in found.gone]
    return store.put(folder, files, last=f"{agreement}/negotiation/{one.model.round}.yaml", remove=gone)
