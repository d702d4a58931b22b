"""Builds agreements into their folders: drafts each, writes what is not fresh, and puts the set down whole.

The repository is held from the first word to the last, so two builders never mix. What was built with which program is
remembered in `.build/`, so that a build with nothing to do loads no writer.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from contract_assembly.pipeline import RECORD, Draft, draft, record, written
from contract_assembly.problems import Problem, RefusedError
from contract_assembly.repository import Repository
from contract_assembly.store import Store, held

FROZEN = {"signed", "ended"}


@dataclass(frozen=True)
class Outcome:
    """What became of one agreement: the files that changed, or the problems why it was not built."""

    folder: str
    changed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    frozen: bool = False
    stale: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether nothing was built because something is wrong."""
        return any(problem.level == "error" for problem in self.problems)


def wanted(repository: Repository, client: str | None, agreement: str | None) -> tuple[tuple[str, str], ...]:
    """The (client, agreement) pairs asked for: one, all of a client, or everybody's. Raises RefusedError for unknown names."""
    if client and agreement:
        known = repository.agreements(client)
        if agreement not in known:
            what = f"{client} has no agreement {agreement}"
            raise RefusedError([Problem("unknown-agreement", what, None, f"there are: {', '.join(known) or 'none'}")])
        return ((client, agreement),)
    clients = (client,) if client else repository.clients()
    return tuple((each, name) for each in clients for name in repository.agreements(each))


def build(
    root: Path, pairs: Iterable[tuple[str, str]], formats: Iterable[str], tell: Callable[[Outcome], None]
) -> None:
    """Build these agreements one after the other and tell the outcome of each. Raises HeldError if another build is at work."""
    repository = Repository(root)
    with held(root) as store:
        remembered = store.remembered()
        for client, agreement in pairs:
            tell(_one(repository, store, remembered, client, agreement, tuple(formats)))
        store.remember(remembered)


def _one(
    repository: Repository,
    store: Store,
    remembered: dict[str, Any],
    client: str,
    agreement: str,
    formats: tuple[str, ...],
) -> Outcome:
    folder = f"agreements/{client}/{agreement}"
    try:
        if repository.inputs(client, agreement).agreement.model.status in FROZEN:
            return Outcome(folder, frozen=True)
        made = draft(repository, client, agreement)
        before = _outputs(repository, folder)
        if _fresh(repository, made, remembered.get(folder, {}), formats):
            return Outcome(folder, problems=made.warnings, stale=_stale(before, made, formats))
        files = written(repository, made, formats)
        kept = {name: entry for name, entry in before.items() if name not in files}
        changed = store.put(folder, {**files, RECORD: record(repository, made, files, kept)}, last=RECORD)
        remembered[folder] = {
            "key": _key(made),
            "outputs": {**_same_key(remembered.get(folder, {}), made), **_digests(files)},
        }
        return Outcome(folder, changed, made.warnings, stale=_stale(before, made, formats))
    except RefusedError as error:
        return Outcome(folder, problems=error.problems)


def _fresh(repository: Repository, made: Draft, memory: Mapping[str, Any], formats: tuple[str, ...]) -> bool:
    """Whether these formats stand in the folder just as this program would write them again."""
    outputs = _same_key(memory, made)
    names = [f"contract.{name}" for name in formats]
    return all(name in outputs and _on_disk(repository, made.folder, name) == outputs[name] for name in names) and (
        _on_disk(repository, made.folder, RECORD) is not None and _record_is_current(repository, made)
    )


def _record_is_current(repository: Repository, made: Draft) -> bool:
    try:
        old = json.loads(repository.read(f"{made.folder}/{RECORD}"))
        return bool(json.loads(record(repository, made, {}, old["outputs"])) == old)
    except (ValueError, KeyError, TypeError, RefusedError):
        return False


def _same_key(memory: Mapping[str, Any], made: Draft) -> dict[str, str]:
    return dict(memory.get("outputs", {})) if memory.get("key") == _key(made) else {}


def _on_disk(repository: Repository, folder: str, name: str) -> str | None:
    try:
        return hashlib.sha256(repository.read(f"{folder}/{name}")).hexdigest()
    except RefusedError:
        return None


def _outputs(repository: Repository, folder: str) -> dict[str, Any]:
    try:
        found = json.loads(repository.read(f"{folder}/{RECORD}"))["outputs"]
        return {name: entry for name, entry in found.items() if isinstance(entry, dict)}
    except (ValueError, KeyError, TypeError, AttributeError, RefusedError):
        return {}


def _stale(before: Mapping[str, Any], made: Draft, formats: tuple[str, ...]) -> tuple[str, ...]:
    """Files of an earlier state that this build did not renew, because other formats were asked for."""
    names = {f"contract.{name}" for name in formats}
    return tuple(sorted(name for name, entry in before.items() if name not in names and entry.get("tree") != made.key))


def _digests(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}


def _key(made: Draft) -> str:
    return f"{made.key} {_program()}"


@lru_cache(maxsize=1)
def _program() -> str:
    """A digest of the program's own text: another program may write other bytes from the same tree."""
    digest = hashlib.sha256()
    for path in _own_files():
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _own_files() -> Iterator[Path]:
    here = Path(__file__).parent
    yield from sorted(here.rglob("*.py"))
    yield from sorted(here.parent.glob("requirements.lock"))
