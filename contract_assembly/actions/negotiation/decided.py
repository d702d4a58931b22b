"""Carry out the decisions of a round: facts and parameters, clauses by their id, and words as negotiated clauses.
Writes nothing."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.actions.negotiation import rounds
from contract_assembly.actions.negotiation.change import ReturnedChange
from contract_assembly.actions.negotiation.compared_round import Looked
from contract_assembly.actions.negotiation.fact_paths import written_at
from contract_assembly.actions.negotiation.insertion_places import PLACES, place_of
from contract_assembly.actions.negotiation.judgement import Judgement, read_as
from contract_assembly.actions.negotiation.negotiated import clause_files
from contract_assembly.actions.negotiation.our_side import dangling, our_side
from contract_assembly.actions.negotiation.plan import BY_HAND, Piece, RoundCase, RoundPlan
from contract_assembly.clauses.clause import Clause
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import shown
from contract_assembly.facts.fields import Located
from contract_assembly.facts.negotiation import FOLDER, Entry, Round
from contract_assembly.repository import yaml_editor
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.source import Edited

_NO_DECISION = {"comment", "renumbered"}


class RoundOutcome(Struct, frozen=True):
    """The files that carry out a round, by their path from the root; those that go; and whether the contract has changed."""

    files: Mapping[str, bytes]
    gone: tuple[str, ...] = ()


def outcome(repository: Repository, client: str, agreement: str, one: Located[Round], looked: Looked) -> RoundOutcome:
    """What carrying out a round writes; nothing if that was done before. Raises RefusedError with everything in the way: an open
    decision, a fact that follows from others, words that cannot be carried into a clause."""
    if one.model.applied:
        return RoundOutcome({})
    case = RoundCase(repository, client, agreement, one, looked)
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
    clauses, gone = clause_files(case, plan)
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
    _check_references(case, after)
    path = f"{case.folder}/{FOLDER}/{one.model.round}.yaml"
    done = yaml_editor.set_value(repository.text(path), one.at("applied"), "applied", "yes")
    return RoundOutcome({**files, path: done.encode()}, gone)


# ---- the plan


def _planned(case: RoundCase) -> RoundPlan:
    plan = RoundPlan()
    by_mark = {each.mark: each for each in case.one.model.changes}
    for change, judgement in zip(case.looked.found.changes, case.looked.judgements, strict=True):
        entry = by_mark[rounds.mark_of(change)]
        if change.kind in _NO_DECISION or entry.decision == "refuse":
            continue
        _set_own(case, plan, entry)
        if entry.decision == "take" or entry.counter:
            _plan_one(case, plan, entry, change, judgement)
    for tag in [each for each in plan.words if case.clauses[each].head.slot in plan.chosen]:
        for piece in plan.words.pop(tag):
            what = f"change {piece.entry.id} is in a clause for which another is chosen"
            hint = "refuse it, or do not choose the other clause"
            plan.problems.append(case.problem(piece.entry, "decision", what, hint))
    return plan


def _plan_one(case: RoundCase, plan: RoundPlan, entry: Entry, change: ReturnedChange, judgement: Judgement) -> None:
    """Plan one change that is taken or countered: as another clause of ours, as a fact, or as words."""
    clause = case.clauses.get(change.clause)
    if named := _named(case, clause, entry.counter or judgement.rung, between=any(change.between)):
        if plan.chosen.setdefault(named.head.slot, named.head.id) != named.head.id:
            what = f"two clauses are chosen for {named.head.slot}"
            plan.problems.append(case.problem(entry, "decision", what, "decide for one of them"))
    elif change.kind == "fact" and not entry.counter:
        if not entry.facts:
            _take_fact(case, plan, entry, change, judgement)
    elif change.kind == "moved":
        _plan_move(case, plan, entry, change)
    elif any(change.between) or (entry.place and change.kind == "inserted"):
        _plan_insertion(case, plan, entry, change)
    elif not clause:
        what = f"change {entry.id} is not in one clause, so it cannot be carried out by the program"
        plan.problems.append(case.problem(entry, "not-carried", what, BY_HAND))
    else:
        plan.words.setdefault(change.clause, []).append(Piece(change, entry, change.spots))


def _named(case: RoundCase, clause: Clause | None, name: str, *, between: bool) -> Clause | None:
    """A clause of the same slot by its id or, for words between two clauses, one of a slot that the contract may have and has
    not."""
    slots = {clause.head.slot} if clause else set(case.looked.ours.empty) if between else set()
    return next((each for each in case.repository.library() if each.head.id == name and each.head.slot in slots), None)


def _plan_insertion(case: RoundCase, plan: RoundPlan, entry: Entry, change: ReturnedChange) -> None:
    """Words that came in between two clauses, or for which a person wrote a place: into a clause, or as one of the agreement's
    own."""
    place, tag = case.place(place_of(entry.place or ""))
    if place is None:
        what = f"change {entry.id}: {shown(entry.place or '')} is not a place in this contract for what they inserted"
        plan.problems.append(case.problem(entry, "not-carried", what, f"write place: {PLACES}"))
    elif place.how == "own clause after":
        plan.own.append((change, entry, place.slot))
    else:
        plan.words.setdefault(tag, []).append(Piece(change, entry, change.spots, side=place.how.partition(" ")[0]))


def _plan_move(case: RoundCase, plan: RoundPlan, entry: Entry, change: ReturnedChange) -> None:
    """The same words in another place: a whole clause goes after another slot, other words go with their Markdown."""
    if entry.counter:
        what = f"change {entry.id} moves words, and a move is taken or refused"
        plan.problems.append(
            case.problem(entry, "decision", what, "refuse it, and say in reason: what you propose instead")
        )
        return
    body = case.looked.found.body
    going = tuple(n for n in change.spots if body[n].sent is not None)
    coming = tuple(n for n in change.spots if body[n].sent is None)
    if change.clause not in case.clauses:
        what = f"change {entry.id} moves words that are in no clause"
        plan.problems.append(case.problem(entry, "not-carried", what, BY_HAND))
        return
    place, tag = (None, change.to) if change.to else case.place(place_of(entry.place or ""))
    if not tag or (place is None and tag not in case.clauses):
        what = f"change {entry.id} moves words to a place that is in no clause"
        plan.problems.append(case.problem(entry, "not-carried", what, f"write place: {PLACES}"))
    elif _is_whole(case, change.clause, going):
        if place is None or place.how != "own clause after":
            what = f"change {entry.id} moves a whole clause into another"
            plan.problems.append(case.problem(entry, "not-carried", what, "write place: own clause after SLOT"))
        else:
            plan.moved[change.clause] = place.slot, entry
    elif place is not None and place.how == "own clause after":
        what = f"change {entry.id} moves a part of {case.clauses[change.clause].head.id}, not a whole clause"
        plan.problems.append(case.problem(entry, "not-carried", what, "write place: end of SLOT or start of SLOT"))
    else:
        side = place.how.partition(" ")[0] if place else ""
        plan.words.setdefault(change.clause, []).append(Piece(change, entry, going))
        plan.words.setdefault(tag, []).append(
            Piece(change, entry, coming, origin=change.clause, taken=going, side=side)
        )


def _is_whole(case: RoundCase, tag: str, going: tuple[int, ...]) -> bool:
    body = case.looked.found.body
    own = {
        n for n, each in enumerate(body) if each.sent is not None and each.word.clause == tag and not each.word.is_end
    }
    return own <= set(going)


def _set_own(case: RoundCase, plan: RoundPlan, entry: Entry) -> None:
    path = case.inputs.agreement.at().path
    for name, text in entry.facts.items():
        plan.values.setdefault(path, {})[tuple(int(s) if s.isdigit() else s for s in name.split("."))] = text


def _take_fact(case: RoundCase, plan: RoundPlan, entry: Entry, change: ReturnedChange, judgement: Judgement) -> None:
    fact, value = case.looked.ours.facts.get(judgement.leaf), judgement.value
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
            f"change {entry.id}: “{entry.fact}” is not written in the agreement; it follows from other facts or is ours"
        )
        hint = "write what changes it, below facts: of this entry, like coverage.users: 30 or fees.prices.0.price: 58.00 USD"
        plan.problems.append(Problem("derived-fact", what, case.at(entry), hint))
        return
    plan.values.setdefault(place[0], {})[place[1]] = value


# ---- facts


def _fact_files(case: RoundCase, plan: RoundPlan) -> dict[str, bytes]:
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


def _check_facts(case: RoundCase, after: Repository) -> None:
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


def _check_references(case: RoundCase, after: Repository) -> None:
    """See that no section which other clauses name has gone. Raises RefusedError."""
    if lost := dangling(after, case.client, case.agreement):
        hint = "keep the section, or change those words, too"
        raise RefusedError(replace(each, rule="not-carried", hint=each.hint or hint) for each in lost)
