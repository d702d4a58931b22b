"""Save an edited file, unless it changed since the form was made; and commit it on a branch of its own if asked to."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from contract_assembly.actions.edit.facts_file import digest
from contract_assembly.actions.edit.git_branch import CommitRequest, committed
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.store import Store

CHANGED = "changed-meanwhile"


class Saved(Struct, frozen=True):
    """The files that changed, by path from the root, and the branch with its commit if one was asked for."""

    changed: tuple[str, ...]
    branch: str = ""


def save(
    store: Store, folder: str, files: Mapping[str, bytes], was: Mapping[str, str], commit: CommitRequest | None = None
) -> Saved:
    """Write files into a folder, all or nothing. `was` has the digest that each had when it was read, "" for none. Raises
    RefusedError `changed-meanwhile` if one has changed since, and nothing is written; and if git cannot make the commit, before
    anything is written."""
    repository = Repository(store.root)
    if changed := [name for name in files if _digest(repository, f"{folder}/{name}") != was.get(name, "")]:
        raise RefusedError(changed_meanwhile(folder, changed))
    paths = {f"{folder}/{name}": data for name, data in files.items()}
    ready = committed(store.root, paths, commit) if commit and not store.dry else None
    wrote = store.put(folder, files, last=[*files][-1])
    branch = ready() if ready else ""
    return Saved(tuple(f"{folder}/{name}" for name in wrote), branch)


def _digest(repository: Repository, path: str) -> str:
    return digest(repository.read(path)) if repository.source.exists(path) else ""


def changed_meanwhile(folder: str, names: Sequence[str]) -> list[Problem]:
    """The problems of files that have changed since a form was made from them."""
    hint = "look at what it says now, and make the change again if it is still right"
    return [
        Problem(CHANGED, f"{name} has changed since this form was made", Origin(f"{folder}/{name}"), hint)
        for name in names
    ]
