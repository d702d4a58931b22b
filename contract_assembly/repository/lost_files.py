"""Find files of facts that are lost: a record or the last commit knows them, and the folder does not have them.

A client or an agreement without its file of facts is in no list of clients, so every command would pass over it in silence.
"""

from collections.abc import Collection, Iterator
from contextlib import suppress

from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import ALL, folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.repository.git import opened
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record_file import RECORD, recorded
from contract_assembly.repository.source import Folder

_OF_CLIENT, _OF_AGREEMENT = "client.yaml", "agreement.yaml"


def lost_files(repository: Repository, clients: Collection[str] = ()) -> tuple[Problem, ...]:
    """Every lost `client.yaml` and `agreement.yaml`, of all clients or of these, and every file of facts that a record names and
    that is gone. Reads names and records alone, and the last commit where there is git."""
    committed = _committed(repository)
    here = set(_folders(repository, ALL))
    found: list[Problem] = []
    for name in sorted({*here, *(path.split("/")[1] for path in committed)}):
        if not clients or name in clients:
            found += _of_client(repository, name, committed)
    return tuple(found)


def _of_client(repository: Repository, client: str, committed: frozenset[str]) -> Iterator[Problem]:
    folder, source = folder_of(client), repository.source
    there = set(_folders(repository, folder))
    was = {path.split("/")[2] for path in committed if path.startswith(f"{folder}/") and path.count("/") == 3}
    known = [each for each in sorted(there | was) if _is_agreement(repository, f"{folder}/{each}", committed)]
    path = f"{folder}/{_OF_CLIENT}"
    if not source.has(path) and (known or path in committed):
        yield _lost(path, f"so {client} is in no list of clients", committed)
    for each in known:
        path = f"{folder}/{each}/{_OF_AGREEMENT}"
        if not source.has(path):
            yield _lost(path, f"so {client}/{each} is in no list of agreements", committed)
        yield from _named_in_record(repository, f"{folder}/{each}", committed)


def _folders(repository: Repository, folder: str) -> Iterator[str]:
    """The folders in a folder that hold something. One that cannot be listed is reported where it is read."""
    with suppress(RefusedError):
        for each in repository.source.names(folder):
            with suppress(RefusedError):
                if repository.source.names(f"{folder}/{each}"):
                    yield each


def _is_agreement(repository: Repository, folder: str, committed: frozenset[str]) -> bool:
    names = (_OF_AGREEMENT, RECORD)
    return any(repository.source.has(f"{folder}/{name}") or f"{folder}/{name}" in committed for name in names)


def _named_in_record(repository: Repository, folder: str, committed: frozenset[str]) -> Iterator[Problem]:
    """Files of facts inside an agreement's folder that a document was built from. A negotiated clause may go; these may not."""
    for path, document in _inputs(repository, folder).items():
        inside = path.removeprefix(f"{folder}/")
        if inside in {path, _OF_AGREEMENT} or inside.startswith("clauses/") or repository.source.has(path):
            continue
        yield _lost(path, f"and {document} was built from it", committed)


def _inputs(repository: Repository, folder: str) -> dict[str, str]:
    """Each input that was there at the last build, with the first document that was built from it."""
    found: dict[str, str] = {}
    try:
        documents = recorded(repository, folder).documents
    except RefusedError:  # a build and `check` list it
        return found
    for name, document in documents.items():
        own = () if document.is_frozen else (f"{folder}/documents/{name}.yaml",)  # `check` calls its files left over
        for each in [each for each, digests in document.inputs.items() if digests and each not in own]:
            found.setdefault(each, name)
    return found


def _committed(repository: Repository) -> frozenset[str]:
    """The files of facts and records of all clients in the last commit; none without git or a commit."""
    if not isinstance(repository.source, Folder):
        return frozenset()
    try:
        git = opened(repository.source.root)
        listed = git.checked("ls-tree", "-r", "--name-only", "-z", "HEAD", f"{ALL}/")
    except RefusedError:
        return frozenset()
    paths = (each.decode("utf-8", "replace") for each in listed.split(b"\0") if each)
    return frozenset(path for path in paths if path.rpartition("/")[2] in {_OF_CLIENT, _OF_AGREEMENT, RECORD})


def _lost(path: str, effect: str, committed: frozenset[str]) -> Problem:
    back = (
        f"git checkout HEAD -- {path}"
        if path in committed
        else f"git log -- {path}, then git checkout COMMIT -- {path}"
    )
    hint = f"bring it back: {back}; or remove what is left of it, and commit that"
    return Problem("lost-facts", f"{path} is gone, {effect}", Origin(path), hint)
