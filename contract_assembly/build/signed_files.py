"""What must not change any more: the files of documents that were signed, or sent as final. Reads through `repository`."""

from collections.abc import Iterator, Mapping
from typing import Any

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.facts.outline import CONTRACT
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import FROZEN, RECORD, recorded


def frozen_problems(repository: Repository, folder: str) -> Iterator[Problem]:
    """Every file of an agreement's folder that was signed, or sent, and is not there byte for byte; and every document that its
    facts call signed and its record does not. `folder` is "agreements/acme/2026-support"."""
    record = recorded(repository, folder)
    for name, entry in record.items():
        yield from changed(repository, folder, files_of(name, entry), "signed" if "signed" in entry else "sent")
    yield from unlike_status(repository, folder, record)


def unlike_status(repository: Repository, folder: str, record: Mapping[str, Any]) -> Iterator[Problem]:
    """Where the facts of an agreement and its record do not agree on whether its contract was signed."""
    _, client, agreement = folder.split("/")
    facts = repository.inputs(client, agreement).agreement
    said, kept = facts.model.status in FROZEN, "signed" in record.get(CONTRACT, {})
    if said and not kept:
        what, hint = (
            f"status is {facts.model.status}, but {RECORD} does not say what was signed",
            "take the step by command: set the status back to sent, then build.py status --set signed",
        )
        yield Problem("signed-unrecorded", what, facts.at("status"), hint)
    elif kept and not said:
        what, hint = f"status is {facts.model.status}, but the contract was signed", "write signed, or ended"
        yield Problem("signed-undone", what, facts.at("status"), hint)


def files_of(name: str, entry: Mapping[str, Any]) -> dict[str, str]:
    """The files of a document that must stay, each with its SHA-256: those signed, else those sent; none of a draft. The
    contract itself, once sent, may be built anew until it is signed."""
    if isinstance(signed := entry.get("signed"), dict):
        copy = signed.get("countersigned")
        return {**signed.get("files", {}), **({copy["file"]: copy["sha256"]} if copy else {})}
    if entry.get("status") != "sent" or name == CONTRACT:
        return {}
    return outputs_of(entry)


def outputs_of(entry: Mapping[str, Any]) -> dict[str, str]:
    """The files that a build wrote, each with its SHA-256."""
    return {file: each["sha256"] for file, each in entry.get("outputs", {}).items() if isinstance(each, dict)}


def changed(repository: Repository, folder: str, files: Mapping[str, str], how: str) -> Iterator[Problem]:
    """Every one of some files that is missing or has another SHA-256; `how` says what was done with them: "signed"."""
    for path, digest in ((f"{folder}/{name}", digest) for name, digest in files.items()):
        hint = f"bring it back from history: git log -- {path}, then git checkout COMMIT -- {path}"
        found = repository.output(path)
        if found is None:
            yield Problem("signed-missing", f"{path} was {how} and is not there", Origin(path), hint)
        elif found != digest:
            what = f"{path} is not what was {how}: its bytes have changed"
            yield Problem("signed-changed", what, Origin(path), hint)
