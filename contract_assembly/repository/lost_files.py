"""Find lost files of facts: those that a record or the last commit lists and the folder does not have.

A client or an agreement without its file of facts is not listed, so every command would silently skip it.
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
    """Every lost `client.yaml` and `agreement.yaml`, of all clients or of these, and every missing file of facts that a
    record lists. Reads only names, records and, if there is git, the last commit."""
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
    """The folders in a folder that are not empty. One that cannot be listed is reported when it is read."""
    with suppress(RefusedError):
        for each in repository.source.names(folder):
            with suppress(RefusedError):
                if repository.source.names(f"{folder}/{each}"):
                    yield each


def _is_agreement(repository: Repository, folder: str, committed: frozenset[str]) -> bool:
    names = (_OF_AGREEMENT, RECORD)
    return any(repository.source.has(f"{folder}/{name}") or f"{folder}/{name}" in committed for name in names)


def _named_in_record(repository: Repository, folder: str, committed: frozenset[str]) -> Iterator[Problem]:
    """Files of facts in an agreement's folder from which a document was built. A negotiated clause may be deleted;
    these may not."""
    for path, document in _inputs(repository, folder).items():
        inside = path.removeprefix(f"{folder}/")
        if inside in {path, _OF_AGREEMENT} or inside.startswith("clauses/") or repository.source.has(path):
            continue
        yield _lost(path, f"and {document} was built from it", committed)


def _inputs(repository: Repository, folder: str) -> dict[str, str]:
    """Each input that existed at the last build, with the first document built from it."""
    found: dict[str, str] = {}
    try:
        documents = recorded(repository, folder).documents
    except RefusedError:  # a build and `check` report it
        return found
    for name, document in documents.items():
        own = () if document.is_frozen else (f"{folder}/documents/{name}.yaml",)  # `check` reports its files
        for each in [each for each, digests in document.inputs.items() if digests and each not in own]:
            found.setdefault(each, name)
    return found


def _committed(repository: Repository) -> frozenset[str]:
    """The files of facts and records of all clients in the last commit; empty without git or a commit."""
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
