"""A round of acme's negotiation in memory: a file that came back, compared, and its decisions carried out."""

from collections.abc import Mapping
from datetime import date

from contract_assembly.actions.negotiation import rounds
from contract_assembly.actions.negotiation.compared_round import Looked, looked_at
from contract_assembly.actions.negotiation.decided import RoundOutcome, outcome
from contract_assembly.actions.negotiation.sent_file import read_back, sent_for
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.source import Edited
from tests.helpers.corpus import REPOSITORY

ACME = ("acme", "2026-support")
FOLDER = "agreements/acme/2026-support"
CONTRACT = (REPOSITORY / FOLDER / "contract.docx").read_bytes()


def looked(data: bytes) -> Looked:
    return looked_at(REPOSITORY, *ACME, back=read_back(data), sent=sent_for(REPOSITORY, *ACME, CONTRACT))


def written(data: bytes, found: Looked) -> dict[str, bytes]:
    """The files of the round, by their names in the agreement's folder."""
    received = rounds.Received(1, "Counsel", date(2026, 11, 30), data, CONTRACT)
    return rounds.files_of(received, list(zip(found.found.changes, found.judgements, strict=True)), found.labels)


def decided(
    data: bytes, found: Looked, *decisions: str, applied: str = "no", places: Mapping[str, str] | None = None
) -> RoundOutcome:
    """The outcome of these decisions, in the order of the entries; `places` are other places for those that are proposed."""
    files = written(data, found)
    text = files["negotiation/1.yaml"].decode().replace("applied: no", f"applied: {applied}")
    for each in decisions:
        text = text.replace("decision: open", f"decision: {each}", 1)
    for old, new in (places or {}).items():
        assert f"place: {old}" in text
        text = text.replace(f"place: {old}", f"place: {new}")
    inside = {f"{FOLDER}/{name}": each for name, each in {**files, "negotiation/1.yaml": text.encode()}.items()}
    repository = Repository(Edited(Repository(REPOSITORY).source, inside))
    return outcome(repository, *ACME, rounds.load(repository, *ACME), found)
