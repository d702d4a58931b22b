"""Builds agreements into their folders: drafts each document, writes what is not fresh, and puts the set down whole.

The repository is held from the first word to the last, so two builders never mix. What was built with which program is
remembered in `.build/`, so that a build with nothing to do loads no writer.
"""

import gc
import hashlib
import json
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, TypeAlias

from contract_assembly.contract import CONTRACT
from contract_assembly.papers import MODELS
from contract_assembly.pipeline import RECORD, Draft, draft, entry, file_name, record, written
from contract_assembly.problems import Problem, RefusedError, errors
from contract_assembly.repository import Repository
from contract_assembly.store import Store, held

FROZEN = {"signed", "ended"}


@dataclass(frozen=True, slots=True)
class Order:
    """What to build of each agreement: which formats, whether as the final version, and which documents; none named is all."""

    formats: tuple[str, ...]
    final: bool = False
    documents: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What became of one agreement: the files that changed, or the problems why it was not built.

    `stale` are files of an earlier state, of formats that were not asked for; `bug` is the traceback of a fault of ours.
    """

    folder: str
    changed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    frozen: bool = False
    stale: tuple[str, ...] = ()
    bug: str = ""

    @property
    def failed(self) -> bool:
        """Whether nothing was built because something is wrong."""
        return bool(self.bug) or bool(errors(self.problems))


@dataclass(frozen=True)
class _Made:
    """What a worker hands to the one who puts it down: the outcome so far, the files, and what to remember of them."""

    outcome: Outcome
    files: Mapping[str, bytes] = field(default_factory=dict)
    memory: Mapping[str, Any] = field(default_factory=dict)


_Task: TypeAlias = tuple[str, str, Mapping[str, Any]]


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
    root: Path, pairs: Sequence[tuple[str, str]], order: Order, tell: Callable[[Outcome], None], jobs: int = 1
) -> None:
    """Build these agreements, `jobs` at a time, and tell the outcome of each in the order given.

    One that cannot be built never stops the rest. Raises HeldError if another build is at work.
    """
    with held(root) as store:
        remembered = store.remembered()
        tasks = [(client, agreement, remembered.get(_folder(client, agreement), {})) for client, agreement in pairs]
        try:
            for made in _each(root, order, tasks, min(jobs, len(tasks))):
                tell(_landed(store, made))
                if made.memory:
                    remembered[made.outcome.folder] = made.memory
        finally:
            store.remember(remembered)


def _each(root: Path, order: Order, tasks: Sequence[_Task], jobs: int) -> Iterator[_Made]:
    """Make one after the other here, or side by side in processes that read the library once each."""
    if len(tasks) > 1:
        gc.enable()  # `cli` turned it off, which is right for one agreement; over many, memory must stay flat
    if jobs <= 1:
        yield from map(partial(_made, Repository(root), order), tasks)
        return
    import multiprocessing  # slow to import, and one agreement needs neither
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["contract_assembly.builder"])
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_start_worker, initargs=(root, order)) as pool:
        yield from pool.map(_work, tasks)


_worker: Callable[[_Task], _Made]


def _start_worker(root: Path, order: Order) -> None:
    global _worker  # a process of the pool has no other memory between its tasks
    _worker = partial(_made, Repository(root), order)


def _work(task: _Task) -> _Made:
    return _worker(task)


def _landed(store: Store, made: _Made) -> Outcome:
    if not made.files:
        return made.outcome
    try:
        return replace(made.outcome, changed=store.put(made.outcome.folder, made.files, last=RECORD))
    except RefusedError as error:
        return replace(made.outcome, problems=error.problems)


def _made(repository: Repository, order: Order, task: _Task) -> _Made:
    client, agreement, memory = task
    try:
        return _make(repository, client, agreement, order, memory)
    except RefusedError as error:
        return _Made(Outcome(_folder(client, agreement), problems=error.problems))
    except Exception:  # a fault in one agreement must not stop the others
        return _Made(Outcome(_folder(client, agreement), bug=traceback.format_exc()))


def _make(repository: Repository, client: str, agreement: str, order: Order, memory: Mapping[str, Any]) -> _Made:
    """All documents of an agreement, or none: a letter must not land beside a contract that was refused."""
    folder = _folder(client, agreement)
    before = recorded(repository, folder)
    names = tuple(
        name
        for name in _asked(repository, client, agreement, order)
        if not _frozen(repository, client, agreement, name, before)
    )
    if not names:
        return _Made(Outcome(folder, frozen=True))
    drafts = _drafts(repository, client, agreement, names, final=order.final)
    told = tuple(problem for made in drafts for problem in made.warnings)
    stale = tuple(each for made in drafts for each in _stale(_outputs(before, made.name), made, order.formats))
    outcome = Outcome(folder, problems=tuple(dict.fromkeys(told)), stale=stale)
    renewed = [
        made for made in drafts if not _fresh(repository, made, memory.get(made.name, {}), order.formats, before)
    ]
    if not renewed:
        return _Made(outcome)
    files: dict[str, bytes] = {}
    entries, remembered = dict(before), dict(memory)
    for made in renewed:
        wrote, pages = written(repository, made, order.formats, _pages(before, made))
        kept = {name: each for name, each in _outputs(before, made.name).items() if name not in wrote}
        entries[made.name] = entry(repository, made, wrote, kept, pages)
        digests = {name: hashlib.sha256(data).hexdigest() for name, data in wrote.items()}
        remembered[made.name] = {
            "key": _key(made),
            "outputs": {**_same_key(memory.get(made.name, {}), made), **digests},
        }
        files |= wrote
    return _Made(outcome, {**files, RECORD: record(folder, entries)}, remembered)


def made_now(repository: Repository, client: str, agreement: str, order: Order) -> tuple[Outcome, Mapping[str, bytes]]:
    """The files that these documents come to now, with the record of the folder; nothing is put down. Raises RefusedError."""
    made = _make(repository, client, agreement, order, {})
    return made.outcome, made.files


def _asked(repository: Repository, client: str, agreement: str, order: Order) -> tuple[str, ...]:
    known = (CONTRACT, *repository.documents(client, agreement))
    if unknown := [name for name in order.documents if name not in known]:
        hint = f"there are: {', '.join(known)}"
        raise RefusedError(
            [
                Problem("unknown-document", f"{client}/{agreement} has no document {name}", None, hint)
                for name in unknown
            ]
        )
    return tuple(name for name in known if not order.documents or name in order.documents)


def _frozen(repository: Repository, client: str, agreement: str, name: str, before: Mapping[str, Any]) -> bool:
    """A contract is left alone once it is signed; any other document once it was built as sent."""
    if name == CONTRACT:
        return repository.inputs(client, agreement).agreement.model.status in FROZEN
    status = repository.issued(client, agreement, name, MODELS).model.status
    return status != "draft" and before.get(name, {}).get("status") in {"sent", "signed"}


def _drafts(repository: Repository, client: str, agreement: str, names: Sequence[str], *, final: bool) -> list[Draft]:
    found: list[Draft] = []
    problems: list[Problem] = []
    for name in names:
        try:
            found.append(draft(repository, client, agreement, name, final=final))
        except RefusedError as error:
            problems.extend(error.problems)
    if problems:
        raise RefusedError(tuple(dict.fromkeys(problems)))
    return found


def _folder(client: str, agreement: str) -> str:
    return f"agreements/{client}/{agreement}"


def _fresh(
    repository: Repository, made: Draft, memory: Mapping[str, Any], formats: tuple[str, ...], before: Mapping[str, Any]
) -> bool:
    """Whether these formats stand in the folder just as this program would write them again."""
    outputs = _same_key(memory, made)
    names = [file_name(made.name, suffix) for suffix in formats]
    as_written = all(name in outputs and _on_disk(repository, made.folder, name) == outputs[name] for name in names)
    now = entry(repository, made, {}, _outputs(before, made.name), _pages(before, made))
    return as_written and before.get(made.name) == now


def _same_key(memory: Mapping[str, Any], made: Draft) -> dict[str, str]:
    return dict(memory.get("outputs", {})) if memory.get("key") == _key(made) else {}


def _on_disk(repository: Repository, folder: str, name: str) -> str | None:
    try:
        return hashlib.sha256(repository.read(f"{folder}/{name}")).hexdigest()
    except RefusedError:
        return None


def recorded(repository: Repository, folder: str) -> dict[str, Any]:
    """What the record of a folder says of each document; nothing where there is no record that can be read."""
    try:
        found = json.loads(repository.read(f"{folder}/{RECORD}"))["documents"]
        return {name: each for name, each in found.items() if isinstance(each, dict)}
    except (ValueError, KeyError, TypeError, AttributeError, RefusedError):
        return {}


def _outputs(before: Mapping[str, Any], name: str) -> dict[str, Any]:
    found = before.get(name, {}).get("outputs", {})
    return {file: each for file, each in found.items() if isinstance(each, dict)} if isinstance(found, dict) else {}


def _pages(before: Mapping[str, Any], made: Draft) -> dict[str, int] | None:
    """The pages that an earlier layout of the same tree gave; None where there was none."""
    known = before.get(made.name, {})
    pages = known.get("pages") if known.get("tree") == made.key else None
    sound = isinstance(pages, dict) and all(type(each) is int and each > 0 for each in pages.values())
    return pages if sound else None


def _stale(before: Mapping[str, Any], made: Draft, formats: tuple[str, ...]) -> tuple[str, ...]:
    """Files of an earlier state that this build did not renew, because other formats were asked for."""
    names = {file_name(made.name, suffix) for suffix in formats}
    return tuple(sorted(name for name, each in before.items() if name not in names and each.get("tree") != made.key))


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
