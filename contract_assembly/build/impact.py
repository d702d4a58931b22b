"""Which agreements a change of clauses, plans, templates or rates affects, and how. Equal changes are shown once.
Writes nothing.

An agreement is assembled only if a changed path may affect it: one of its own files, a file listed in its record, or
any clause that was added or removed or has a new head, because any agreement might choose it.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path

from msgspec import Struct

from contract_assembly.build.revisions import AgreementVersion, Version, difference, revision, state, working_tree
from contract_assembly.compare.figures import FactChange
from contract_assembly.compare.trees import PartChange
from contract_assembly.core import parallel
from contract_assembly.core.parallel import Jobs
from contract_assembly.core.paths import Target, folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.document import tree as d
from contract_assembly.facts.outline import CONTRACT
from contract_assembly.facts.template_values import Fact, Record
from contract_assembly.repository.git import opened
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import FROZEN
from contract_assembly.repository.record_file import recorded
from contract_assembly.repository.selection import selected

_BUILT = re.compile(r"agreements/[^/]+/[^/]+/[^/]+\.(?:md|docx|pdf)|agreements/[^/]+/[^/]+/record\.json")
_KINDS = ("frozen", "same", "new", "failed")


class Reached(Struct, frozen=True):
    """An agreement whose words or facts change. `decided` is the last day to decline its renewal or to use its
    block."""

    name: str
    client: str
    decided: date | None
    status: str
    facts: tuple[FactChange, ...]
    changes: tuple[PartChange, ...]


class Group(Struct, frozen=True):
    """One change and all agreements that share it; `change` has the wording of the first of them."""

    change: PartChange
    agreements: tuple[str, ...]


class SharedFactChange(Struct, frozen=True):
    """The change of one fact and all agreements that share it."""

    fact: FactChange
    agreements: tuple[str, ...]


class Impact(Struct, frozen=True):
    """The impact of a change. Agreements in `frozen` are signed or ended and do not change, those in `same` keep every
    word, those in `new` did not exist before, and those in `failed` could not be compared."""

    base: str
    reached: tuple[Reached, ...]
    groups: tuple[Group, ...]
    facts: tuple[SharedFactChange, ...]
    frozen: tuple[str, ...]
    same: tuple[str, ...]
    new: tuple[str, ...]
    failed: tuple[str, ...]
    problems: tuple[Problem, ...]


class _Found(Struct, frozen=True):
    """The result for one agreement; `same` holds a key for each of its changes, equal for equal changes of other
    agreements."""

    name: str
    kind: str
    reached: Reached | None = None
    same: tuple[object, ...] = ()
    problems: tuple[Problem, ...] = ()


def impact(
    root: Path, base: str, step: Callable[[], None] = lambda: None, jobs: Jobs = 1, targets: Iterable[Target] = ()
) -> Impact:
    """Compare the agreements of a revision with the working tree, all or those of the targets, with `jobs` processes.
    `step` is called after each.

    Raises RefusedError only if a target does not exist, or if git or the revision cannot be read. Problems of single
    agreements are part of the result."""
    before, after = revision(root, base), working_tree(root)
    changed = tuple(each for each in opened(root).changed(base) if not _BUILT.fullmatch(each))
    look = partial(_start, root, opened(root).commit(base), changed, _anywhere(before, after, changed))
    found: list[_Found] = []
    pairs, unusable = selected(after.repository, targets)
    for each in parallel.map_tasks(look, pairs, jobs, _lost):
        found.append(each)
        step()
    return _impact(before.name, found, unusable)


def _impact(base: str, found: Sequence[_Found], unusable: Sequence[Problem] = ()) -> Impact:
    hits = sorted((each for each in found if each.reached), key=_decided_first)
    reached = tuple(each.reached for each in hits if each.reached)
    names = {kind: tuple(each.name for each in found if each.kind == kind) for kind in _KINDS}
    problems = tuple(dict.fromkeys([*unusable, *(problem for each in found for problem in each.problems)]))
    return Impact(base, reached, _grouped(hits), _facts_grouped(reached), **names, problems=problems)


def _decided_first(each: _Found) -> tuple[bool, date, str]:
    """Agreements that were sent come first, because they may be accepted on any day; then those with the earliest day
    to decide."""
    assert each.reached  # noqa: S101  # only affected agreements are sorted
    return each.reached.status != "sent", each.reached.decided or date.max, each.name


def _anywhere(before: Version, after: Version, changed: Iterable[str]) -> bool:
    """Whether a clause was added or removed or has a new head, so that any agreement may now choose differently."""
    clauses = (path for path in changed if path.startswith("clauses/") and path.endswith(".md"))
    return any(_head(before, path) != _head(after, path) for path in clauses)


def _head(version: Version, path: str) -> str:
    if not version.repository.source.has(path):
        return ""
    return version.repository.read(path).decode("utf-8", "replace").replace("\r\n", "\n").split("\n---\n", 1)[0]


# ---- one agreement


def _start(root: Path, base: str, changed: tuple[str, ...], anywhere: bool) -> Callable[[tuple[str, str]], _Found]:
    return _Look(revision(root, base), working_tree(root), changed, anywhere).found


def _lost(pair: tuple[str, str], problem: Problem) -> _Found:
    return _Found("/".join(pair), "failed", problems=(problem,))


class _Look(Struct, frozen=True):
    """Both states, the paths that differ between them, and whether these may affect any agreement."""

    before: Version
    after: Version
    changed: tuple[str, ...]
    anywhere: bool

    def found(self, pair: tuple[str, str]) -> _Found:
        client, agreement = pair
        try:
            return self._one(client, agreement)
        except RefusedError as error:
            return _Found(f"{client}/{agreement}", "failed", problems=error.problems)

    def _one(self, client: str, agreement: str) -> _Found:
        name, folder = f"{client}/{agreement}", folder_of(client, agreement)
        status = self.after.repository.inputs(client, agreement).agreement.model.status
        if status in FROZEN:
            return _Found(name, "frozen")
        if not self.before.repository.source.has(f"{folder}/agreement.yaml"):
            return _Found(name, "new")
        if not self.anywhere and not self._may_reach(client, folder):
            return _Found(name, "same")
        old, new = state(self.before, client, agreement), state(self.after, client, agreement)
        found = difference(old, new)
        if not found.touched and not found.facts:
            return _Found(name, "same")
        names = (_names(old.document), _names(new.document))
        reached = Reached(
            name=name,
            client=found.client,
            decided=_decided(new),
            status=status,
            facts=found.facts,
            changes=found.touched,
        )
        return _Found(name, "reached", reached, tuple(_same(change, *names) for change in found.touched))

    def _may_reach(self, client: str, folder: str) -> bool:
        own = (f"{folder_of(client)}/client.yaml", f"{folder}/")
        if any(path.startswith(own) for path in self.changed):
            return True
        used = [_used(version.repository, folder) for version in (self.before, self.after)]
        if None in used:  # never built: its inputs are not known
            return True
        return any(path in paths for path in self.changed for paths in used if paths)


def _used(repository: Repository, folder: str) -> set[str] | None:
    """The files from which an agreement was last built; None if there is no record of that."""
    with suppress(RefusedError):
        if contract := recorded(repository, folder).documents.get(CONTRACT):
            return {*contract.inputs, *(each.path for each in contract.clauses)}
    return None


def _decided(found: AgreementVersion) -> date | None:
    for group, name in (("term", "decision_day"), ("block", "last_day")):
        view = found.found.about.facts.entries.get(group)
        leaf = view.entries.get(name) if isinstance(view, Record) else None
        if isinstance(leaf, Fact) and isinstance(leaf.value, date):
            return leaf.value
    return None


# ---- what is the same


def _grouped(hits: Iterable[_Found]) -> tuple[Group, ...]:
    groups: dict[object, tuple[PartChange, list[str]]] = {}
    for each in hits:
        for change, same in zip(each.reached.changes if each.reached else (), each.same, strict=True):
            groups.setdefault(same, (change, []))[1].append(each.name)
    found = [Group(change, tuple(names)) for change, names in groups.values()]
    order = {names: n for n, names in enumerate(dict.fromkeys(group.agreements for group in found))}
    return tuple(sorted(found, key=lambda group: (-len(group.agreements), order[group.agreements])))


def _same(change: PartChange, before: dict[str, str], after: dict[str, str]) -> object:
    """The key of a change: the words removed and added. Numbers and facts in them may differ between agreements."""
    lines = tuple(
        (
            line.kind,
            line.role,
            tuple(_named(run.old, before) + "\0" + _named(run.new, after) for run in cell if run.op != "equal"),
        )
        for line in change.lines
        if line.kind not in ("unchanged", "renumbered")
        for cell in line.cells
    )
    return change.key, change.kind, change.moved, lines


def _names(document: d.Document) -> dict[str, str]:
    """The placeholder of each printed fact and reference, the longest words first."""
    found = {node.text: node.key for node in d.walk(document) if isinstance(node, d.Value) and len(node.text) > 2}
    found |= {node.text: f"#{node.target}" for node in d.walk(document) if isinstance(node, d.Reference)}
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


def _named(text: str, names: dict[str, str]) -> str:
    for words, key in names.items():
        if words in text:
            text = text.replace(words, f"\1{key}\1")
    return text


def _facts_grouped(reached: Iterable[Reached]) -> tuple[SharedFactChange, ...]:
    groups: dict[str, tuple[FactChange, list[str]]] = {}
    for each in reached:
        for fact in each.facts:
            groups.setdefault(str(fact), (fact, []))[1].append(each.name)
    return tuple(SharedFactChange(fact, tuple(names)) for fact, names in groups.values())
