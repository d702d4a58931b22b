"""Which agreements a change of clauses, plans, templates or rates reaches, and how; what is alike is read once. Writes nothing.

Only what a changed path may reach is assembled: an agreement's own files, the files that its record names, and any clause that
came, went or has another head, for that may be chosen anywhere.
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from contract_assembly import document as d
from contract_assembly.builder import wanted
from contract_assembly.compare import Change
from contract_assembly.compare.figures import FactChange
from contract_assembly.contract import CONTRACT
from contract_assembly.facts import Fact, Record
from contract_assembly.git import opened
from contract_assembly.problems import Problem, RefusedError
from contract_assembly.recorded import FROZEN, RECORD
from contract_assembly.repository import Repository
from contract_assembly.states import State, Version, difference, revision, state, working_tree

_BUILT = re.compile(r"agreements/[^/]+/[^/]+/[^/]+\.(?:md|docx|pdf)|agreements/[^/]+/[^/]+/record\.json")


@dataclass(frozen=True, slots=True)
class Reached:
    """An agreement whose words or facts change. `decided` is the last day to decline its renewal, or to use its block."""

    name: str
    client: str
    decided: date | None
    status: str
    facts: tuple[FactChange, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One change and all agreements that it is the same in; `change` is as it reads in the first of them."""

    change: Change
    agreements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactGroup:
    """One fact's change and all agreements that it is the same in."""

    fact: FactChange
    agreements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change reaches. `frozen` are signed or ended and stay as they are, `same` keep every word, `new` were not there
    before, `failed` could not be compared."""

    base: str
    reached: tuple[Reached, ...]
    groups: tuple[Group, ...]
    facts: tuple[FactGroup, ...]
    frozen: tuple[str, ...]
    same: tuple[str, ...]
    new: tuple[str, ...]
    failed: tuple[str, ...]
    problems: tuple[Problem, ...]


def impact(root: Path, base: str, step: Callable[[], None] = lambda: None) -> Impact:
    """Compare every agreement of a revision with the working tree; `step` is told after each.

    Raises RefusedError only where git or the revision fail; what is wrong with one agreement stands beside the others."""
    before, after = revision(root, base), working_tree(root)
    changed = tuple(each for each in opened(root).changed(base) if not _BUILT.fullmatch(each))
    return _Look(before, after, changed, step).impact()


@dataclass(frozen=True)
class _Look:
    before: Version
    after: Version
    changed: tuple[str, ...]
    step: Callable[[], None]

    def impact(self) -> Impact:
        found: dict[str, list[str]] = {"frozen": [], "same": [], "new": [], "failed": []}
        reached: list[tuple[Reached, State, State]] = []
        problems: list[Problem] = []
        anywhere = self._anywhere()
        for client, agreement in wanted(self.after.repository, None, None):
            name = f"{client}/{agreement}"
            try:
                kind, hit = self._one(client, agreement, anywhere)
            except RefusedError as error:
                problems += error.problems
                kind, hit = "failed", None
            self.step()
            if hit:
                reached.append(hit)
            else:
                found[kind].append(name)
        reached.sort(key=lambda each: (each[0].decided or date.max, each[0].name))
        return Impact(
            self.before.name,
            tuple(each for each, _, _ in reached),
            _grouped(reached),
            _facts_grouped(each for each, _, _ in reached),
            **{kind: tuple(names) for kind, names in found.items()},
            problems=tuple(dict.fromkeys(problems)),
        )

    def _one(self, client: str, agreement: str, anywhere: bool) -> tuple[str, tuple[Reached, State, State] | None]:
        folder = f"agreements/{client}/{agreement}"
        if self.after.repository.inputs(client, agreement).agreement.model.status in FROZEN:
            return "frozen", None
        if not self.before.repository.source.has(f"{folder}/agreement.yaml"):
            return "new", None
        if not anywhere and not self._may_reach(client, folder):
            return "same", None
        old, new = state(self.before, client, agreement), state(self.after, client, agreement)
        told = difference(old, new)
        if not told.touched and not told.facts:
            return "same", None
        status = new.found.about.status
        return "", (
            Reached(f"{client}/{agreement}", told.client, _decided(new), status, told.facts, told.touched),
            old,
            new,
        )

    def _may_reach(self, client: str, folder: str) -> bool:
        own = (f"agreements/{client}/client.yaml", f"{folder}/")
        if any(path.startswith(own) for path in self.changed):
            return True
        used = [_used(version.repository, folder) for version in (self.before, self.after)]
        if None in used:  # never built: nothing tells what it is made from
            return True
        return any(path in paths for path in self.changed for paths in used if paths)

    def _anywhere(self) -> bool:
        """Whether a clause came or went or has another head, so that any agreement may choose otherwise now."""
        return any(
            path.startswith("clauses/")
            and path.endswith(".md")
            and self._head(self.before, path) != self._head(self.after, path)
            for path in self.changed
        )

    def _head(self, version: Version, path: str) -> str:
        if not version.repository.source.has(path):
            return ""
        return version.repository.read(path).decode("utf-8", "replace").replace("\r\n", "\n").split("\n---\n", 1)[0]


def _used(repository: Repository, folder: str) -> set[str] | None:
    """The files that an agreement was made from when it was last built; None where no record says so."""
    path = f"{folder}/{RECORD}"
    try:
        about = json.loads(repository.source.read(path))["documents"][CONTRACT]
        return {*about["inputs"], *(each["path"] for each in about["clauses"])}
    except (RefusedError, ValueError, KeyError, TypeError):
        return None


def _decided(found: State) -> date | None:
    for group, name in (("term", "decision_day"), ("block", "last_day")):
        view = found.found.about.facts.entries.get(group)
        leaf = view.entries.get(name) if isinstance(view, Record) else None
        if isinstance(leaf, Fact) and isinstance(leaf.value, date):
            return leaf.value
    return None


# ---- what is the same


def _grouped(reached: Iterable[tuple[Reached, State, State]]) -> tuple[Group, ...]:
    groups: dict[object, tuple[Change, list[str]]] = {}
    for each, old, new in reached:
        names = (_names(old.document), _names(new.document))
        for change in each.changes:
            groups.setdefault(_same(change, *names), (change, []))[1].append(each.name)
    found = [Group(change, tuple(names)) for change, names in groups.values()]
    order = {names: n for n, names in enumerate(dict.fromkeys(group.agreements for group in found))}
    return tuple(sorted(found, key=lambda group: (-len(group.agreements), order[group.agreements])))


def _same(change: Change, before: dict[str, str], after: dict[str, str]) -> object:
    """What makes changes of two agreements the same: the words that come and go. Numbers and facts in them may differ."""
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
    """What stands for each fact and each reference as printed, the longest words first."""
    found = {node.text: node.key for node in d.walk(document) if isinstance(node, d.Value) and len(node.text) > 2}
    found |= {node.text: f"#{node.target}" for node in d.walk(document) if isinstance(node, d.Reference)}
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


def _named(text: str, names: dict[str, str]) -> str:
    for words, key in names.items():
        if words in text:
            text = text.replace(words, f"\1{key}\1")
    return text


def _facts_grouped(reached: Iterable[Reached]) -> tuple[FactGroup, ...]:
    groups: dict[str, tuple[FactChange, list[str]]] = {}
    for each in reached:
        for fact in each.facts:
            groups.setdefault(str(fact), (fact, []))[1].append(each.name)
    return tuple(FactGroup(fact, tuple(names)) for fact, names in groups.values())
