"""Carry out the decisions of a round: facts and parameters, clauses by their id, and words as negotiated clauses.
Writes nothing."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from contract_assembly.actions.negotiation import rounds
from contract_assembly.actions.negotiation.alignment import Aligned
from contract_assembly.actions.negotiation.changes import Change
from contract_assembly.actions.negotiation.clause_source import CannotCarryError, Edit, carried
from contract_assembly.actions.negotiation.compared_round import Looked
from contract_assembly.actions.negotiation.fact_paths import written_at
from contract_assembly.actions.negotiation.judgement import Judgement, read_as, words_of_text
from contract_assembly.actions.negotiation.our_side import our_side, printed_words
from contract_assembly.clauses.clause import Clause
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import folder_of, is_clients
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import shown
from contract_assembly.facts.fields import Located
from contract_assembly.facts.negotiation import FOLDER, Entry, Round
from contract_assembly.repository import yaml_editor
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.source import Edited

_RUNG = re.compile(r"^rung: .*$", re.MULTILINE)
_PURPOSE = re.compile(r"^purpose: .*$", re.MULTILINE)
_BY_HAND = "write the clause by hand, then decide: refuse, with a reason that names it"


@dataclass
class _Plan:
    """What the decisions of a round change, and what is in the way."""

    values: dict[str, dict[tuple[str | int, ...], str]] = field(default_factory=dict)  # by file
    chosen: dict[str, str] = field(default_factory=dict)  # slot to clause
    words: dict[str, list[tuple[Change, Entry]]] = field(default_factory=dict)  # by the tag of the clause
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The files that carry out a round, by their path from the root; those that go; and whether the contract has changed."""

    files: Mapping[str, bytes]
    gone: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Case:
    """A round with its agreement."""

    repository: Repository
    client: str
    agreement: str
    one: Located[Round]
    looked: Looked

    @property
    def inputs(self) -> Any:
        return self.repository.inputs(self.client, self.agreement)

    @property
    def folder(self) -> str:
        return folder_of(self.client, self.agreement)

    def at(self, entry: Entry) -> Origin:
        return self.one.at(f"changes.{self.one.model.changes.index(entry)}")


def outcome(repository: Repository, client: str, agreement: str, one: Located[Round], looked: Looked) -> Outcome:
    """What carrying out a round writes; nothing if that was done before. Raises RefusedError with everything in the way: an open
    decision, a fact that follows from others, words that cannot be carried into a clause."""
    if one.model.applied:
        return Outcome({})
    case = _Case(repository, client, agreement, one, looked)
    status = case.inputs.agreement.model.status
    if status not in {"draft", "sent"}:
        what = f"{case.folder} is {status}: its words are not changed any more"
        raise RefusedError([Problem("status-step", what, case.inputs.agreement.at("status"), "build.py amend")])
    if one.model.open:
        hint = "write take, refuse or counter, or the answer to a comment as reason:"
        raise RefusedError(
            Problem("undecided", f"change {e.id} is undecided", case.at(e), hint) for e in one.model.open
        )
    plan = _planned(case)
    clauses, gone = _clause_files(case, plan)
    if plan.problems:
        raise RefusedError(plan.problems)
    files = {**clauses, **_fact_files(case, plan)}
    if files and status == "sent":
        path = case.inputs.agreement.at().path
        text = files.get(path, repository.read(path)).decode()
        version = str(case.inputs.agreement.model.version + 1)
        files[path] = yaml_editor.set_value(text, case.inputs.agreement.at("version"), "version", version).encode()
    after = Repository(Edited(repository.source, files))
    _check_facts(case, after)
    path = f"{case.folder}/{FOLDER}/{one.model.round}.yaml"
    done = yaml_editor.set_value(repository.text(path), one.at("applied"), "applied", "yes")
    return Outcome({**files, path: done.encode()}, gone)


# ---- the plan


def _planned(case: _Case) -> _Plan:
    plan = _Plan()
    by_mark = {each.mark: each for each in case.one.model.changes}
    for change, judgement in zip(case.looked.found.changes, case.looked.judgements, strict=True):
        entry = by_mark[rounds.mark_of(change)]
        if change.kind == "comment" or entry.decision == "refuse":
            continue
        _set_own(case, plan, entry)
        if entry.decision == "take" or entry.counter:
            _plan_one(case, plan, entry, change, judgement)
    for tag in [each for each in plan.words if case.looked.ours.clauses[each].head.slot in plan.chosen]:
        for _, entry in plan.words.pop(tag):
            what = f"change {entry.id} is in a clause for which another is chosen"
            plan.problems.append(
                Problem("decision", what, case.at(entry), "refuse it, or do not choose the other clause")
            )
    return plan


def _plan_one(case: _Case, plan: _Plan, entry: Entry, change: Change, judgement: Judgement) -> None:
    """Plan one change that is taken or countered: as another clause of ours, as a fact, or as words."""
    clause = case.looked.ours.clauses.get(change.clause)
    if clause and (named := _named(case, clause, entry.counter or judgement.rung)):
        if plan.chosen.setdefault(named.head.slot, named.head.id) != named.head.id:
            what = f"two clauses are chosen for {named.head.slot}"
            plan.problems.append(Problem("decision", what, case.at(entry), "decide for one of them"))
    elif change.kind == "fact" and not entry.counter:
        if not entry.facts:
            _take_fact(case, plan, entry, change, judgement.value)
    elif change.kind == "moved" or not clause:
        what = f"change {entry.id} is not in one clause, so it cannot be carried out by the program"
        plan.problems.append(Problem("not-carried", what, case.at(entry), _BY_HAND))
    else:
        plan.words.setdefault(change.clause, []).append((change, entry))


def _named(case: _Case, clause: Clause, name: str) -> Clause | None:
    """A clause of the same slot by its id."""
    library = case.repository.library()
    return next((each for each in library if each.head.id == name and each.head.slot == clause.head.slot), None)


def _set_own(case: _Case, plan: _Plan, entry: Entry) -> None:
    path = case.inputs.agreement.at().path
    for name, text in entry.facts.items():
        plan.values.setdefault(path, {})[tuple(int(s) if s.isdigit() else s for s in name.split("."))] = text


def _take_fact(case: _Case, plan: _Plan, entry: Entry, change: Change, value: str) -> None:
    fact = case.looked.ours.facts.get(change.facts[0])
    if fact is None or not value:
        what = f"change {entry.id}: {shown(change.new)} is not a value of {entry.fact}"
        hint = "counter it with a value below facts:, or with words"
        plan.problems.append(Problem("not-carried", what, case.at(entry), hint))
        return
    parameters = {
        f"{each.head.slot}.{name}": param
        for each in case.looked.ours.clauses.values()
        for name, param in each.head.params.items()
    }
    place = written_at(fact, case.inputs, parameters)
    if place is None:
        what = (
            f"change {entry.id}: {entry.fact} is not written in the agreement; it follows from other facts or is ours"
        )
        hint = "say how it comes to be, below facts: of this entry, like coverage.users: 30 or fees.prices.0.price: 58.00 USD"
        plan.problems.append(Problem("derived-fact", what, case.at(entry), hint))
        return
    plan.values.setdefault(place[0], {})[place[1]] = value


# ---- clauses


def _clause_files(case: _Case, plan: _Plan) -> tuple[dict[str, bytes], tuple[str, ...]]:
    files: dict[str, bytes] = {}
    for tag, decided in plan.words.items():
        clause = case.looked.ours.clauses[tag]
        path = f"{case.folder}/clauses/{clause.head.id}.md"
        try:
            text, wanted = _negotiated(case, clause, tag, decided)
        except CannotCarryError as error:
            ids = ", ".join(str(entry.id) for _, entry in decided)
            what = f"the words of changes {ids} cannot be carried into {clause.body_at.path}: {error}"
            plan.problems.append(Problem("not-carried", what, case.at(decided[0][1]), _BY_HAND))
            continue
        if wrong := _misprint(case, path, text, clause.head.id, wanted):
            what = f"{clause.head.id} would not print the words that were decided: {wrong}"
            plan.problems.append(Problem("not-carried", what, case.at(decided[0][1]), _BY_HAND))
        files[path] = text.encode()
    own = [each for each in case.looked.ours.clauses.values() if each.is_negotiated and each.head.slot in plan.chosen]
    return files, tuple(each.body_at.path for each in own)


def _negotiated(
    case: _Case, clause: Clause, tag: str, decided: Sequence[tuple[Change, Entry]]
) -> tuple[str, tuple[str, ...]]:
    """The file of a negotiated clause, and the words that it must print."""
    body = case.looked.found.body
    own = [n for n, each in enumerate(body) if each.sent is not None and each.word.clause == tag]
    extent = range(own[0], own[-1] + 1)
    outside = {n for change, _ in decided for n in change.spots if n not in extent and not body[n].word.is_end}
    spots = [*extent, *sorted(outside)]
    of = {n: (change, entry) for change, entry in decided for n in change.spots}
    printed = [body[n].word for n in spots if body[n].sent is not None and not body[n].word.is_end]
    edits = list(_edits(body, spots, of))
    whole = case.repository.text(clause.body_at.path)
    front = whole[: len(whole) - len(clause.body)]
    text = carried(clause.body, printed, edits)
    wanted = tuple(_wanted(edits, [each.text for each in printed]))
    if not is_clients(clause.body_at.path):
        ids = " and ".join(str(entry.id) for _, entry in decided)
        why = f"Negotiated in round {case.one.model.round}, change {ids}; based on {clause.body_at.path}."
        front = _PURPOSE.sub(lambda _: f"purpose: {why}", front, count=1)
        front = _RUNG.sub("rung: acceptable", front, count=1) if clause.head.rung == "preferred" else front
    return front + text, wanted


def _edits(body: Sequence[Aligned], spots: Sequence[int], of: Mapping[int, tuple[Change, Entry]]) -> Iterator[Edit]:
    """The steps over the printed words of a clause. A counter's words come where the first word of the change is."""
    number = 0
    countered: set[int] = set()
    for taken, group in groupby(spots, key=lambda n: of[n][1].id if n in of else 0):
        inside = list(group)
        new: list[Aligned] = []
        for n in inside:
            each = body[n]
            if each.sent is not None and not each.word.is_end:
                if new:
                    yield _inserted(new)
                    new = []
                yield Edit(number, keep=not (taken and each.fate == "removed"))
                number += 1
            elif taken and each.fate == "added" and not of[n][1].counter:
                new.append(each)
        if new:
            yield _inserted(new)
        if taken and (text := of[inside[0]][1].counter) and taken not in countered:
            countered.add(taken)
            yield Edit(None, text=f" {text}" if text[0].isalnum() or text[0] in "(“" else text)


def _inserted(words: Sequence[Aligned]) -> Edit:
    return Edit(None, text="".join("\n" if e.word.is_end else f"{' ' * e.word.blank}{e.word.text}" for e in words))


def _wanted(edits: Sequence[Edit], printed: Sequence[str]) -> Iterator[str]:
    for each in edits:
        if each.at is None:
            yield from words_of_text(each.text)
        elif each.keep:
            yield printed[each.at]


def _misprint(case: _Case, path: str, text: str, clause: str, wanted: Sequence[str]) -> str:
    """What a negotiated clause would print otherwise than decided; empty if nothing."""
    after = Repository(Edited(case.repository.source, {path: text.encode()}))
    try:
        made = printed_words(after, case.client, case.agreement, clause)
    except RefusedError as error:
        return error.problems[0].what
    ours, theirs = ([each for each in words if any(map(str.isalnum, each))] for words in (made, wanted))
    differ = next(
        (n for n, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs))
    )
    if ours == theirs:
        return ""
    return f"{shown(' '.join(ours[differ : differ + 6]))} instead of {shown(' '.join(theirs[differ : differ + 6]))}"


# ---- facts


def _fact_files(case: _Case, plan: _Plan) -> dict[str, bytes]:
    path = case.inputs.agreement.at().path
    values = dict(plan.values)
    for slot, clause in plan.chosen.items():
        values.setdefault(path, {})["choose", slot] = clause
    files: dict[str, bytes] = {}
    for file, changed in values.items():
        text = case.repository.read(file).decode()
        if (new := yaml_editor.update(text, lambda tree, c=changed: _edit(tree, c, plan.chosen))) != text:  # type: ignore[misc]
            files[file] = new.encode()
    return files


def _edit(tree: Any, values: Mapping[tuple[str | int, ...], str], chosen: Mapping[str, str]) -> None:
    for path, value in values.items():
        at: Any = tree
        for n, step in enumerate(path[:-1]):
            if isinstance(at, dict) and step not in at:
                nested: Any = value
                for key in reversed(path[n + 1 :]):
                    nested = {str(key): nested}
                yaml_editor.put(at, str(step), nested)
                break
            at = at[step]
        else:
            if isinstance(at, dict):
                yaml_editor.put(at, str(path[-1]), value)
            else:
                at[path[-1]] = value
    for slot in chosen:  # the parameters of one clause are not those of another
        if slot in tree.get("parameters", {}):
            del tree["parameters"][slot]


def _check_facts(case: _Case, after: Repository) -> None:
    """Assemble the new contract, and see that each fact that was taken has the value that they wrote. Raises RefusedError."""
    ours = our_side(after, case.client, case.agreement)
    by_mark = {each.mark: each for each in case.one.model.changes}
    problems: list[Problem] = []
    for change in case.looked.found.changes:
        entry = by_mark[rounds.mark_of(change)]
        was = case.looked.ours.facts.get(change.facts[0]) if change.kind == "fact" else None
        if was is None or entry.decision != "take" or change.facts[0] not in ours.facts:
            continue
        now = ours.facts[change.facts[0]].value
        if now != read_as(was.value, change.new):
            what = f"change {entry.id}: {entry.fact} would not be {shown(change.new)}, but {shown(str(now))}"
            hint = "correct facts: of this entry, or counter it"
            problems.append(Problem("derived-fact", what, case.at(entry), hint))
    if problems:
        raise RefusedError(problems)
