"""The clause that a document takes for a slot: one of its variants, with the values of its parameters. Pure."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from contract_assembly.clauses.clause import RUNGS, Clause, Head
from contract_assembly.clauses.parameter import PARAM_TYPES, unfit
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean
from contract_assembly.facts.agreement_files import Use
from contract_assembly.facts.fields import (
    Located,
)
from contract_assembly.facts.template_values import Fact


def choose(slot: str, library: Iterable[Clause], use: Use, asked: str | None, where: Origin) -> Clause:
    """The one clause for a slot: the one asked for by id or by rung, or else the preferred one; of one rung, the one whose laws
    name this use most closely. Of two that do so equally, one by the agreement's law and one by the client's place, that of the
    law is taken. A negotiated clause is chosen without being asked for, whatever its rung.

    Raises RefusedError if none fits (there is no default law), or if two fit equally well."""
    all_of_slot = [clause for clause in library if clause.head.slot == slot]
    if not all_of_slot:
        raise _refused(
            "unknown-clause",
            f"no clause has the slot {slot}",
            where,
            did_you_mean(slot, {c.head.slot for c in library}),
        )
    fitting = [c for c in all_of_slot if use.kind in c.head.kinds and any(fit(c.head, use)) and not c.head.retired]
    if (named := [clause for clause in all_of_slot if clause.head.id == asked]) or (asked and asked not in RUNGS):
        return _named(str(asked), [clause for clause in named if clause in fitting], all_of_slot, where)
    rung = asked or RUNGS[0]
    fitting = [clause for clause in fitting if clause.head.rung == rung or (clause.is_negotiated and not asked)]
    if not fitting:
        what = f"no {asked or ''} clause of slot {slot} is for {use.kind} under {use.law}".replace("  ", " ")
        raise _refused("no-variant", what, where, f"there are: {listed(all_of_slot)}")
    best = max(fit(clause.head, use) for clause in fitting)
    found = [clause for clause in fitting if fit(clause.head, use) == best]
    if len(found) > 1:
        names = " and ".join(sorted(clause.head.id for clause in found))
        raise _refused(
            "two-variants",
            f"{names} fit slot {slot} equally well",
            where,
            "choose one by id" if asked else "narrow the laws of one, or choose one by id",
        )
    return found[0]


def agreed_clause(
    slot: str, library: Iterable[Clause], use: Use, agreement: Located[Any]
) -> tuple[Clause, dict[str, Fact]] | None:
    """The clause that an agreement has for a slot, and the values of its parameters there; None if no clause is for that slot.

    Raises RefusedError as `choose` and `parameters` do."""
    variants = [each for each in library if each.head.slot == slot]
    if not variants:
        return None
    agreed, at = agreement.model, agreement.at
    clause = choose(slot, variants, use, agreed.choose.get(slot), at(f"choose.{slot}"))
    own = agreed.parameters.get(slot, {})
    return clause, parameters(clause, own, lambda name: at(f"parameters.{slot}.{name}"))


def listed(clauses: Iterable[Clause]) -> str:
    """Clauses of a slot for a message, from the preferred one down."""
    return "; ".join(_described(each.head) for each in sorted(clauses, key=lambda c: RUNGS.index(c.head.rung)))


def _described(head: Head) -> str:
    """A clause with everything that its choice depends on."""
    words = (*head.kinds, *head.laws, head.rung, *(["retired"] if head.retired else []))
    return f"{head.id} ({', '.join(words)})"


def fit(head: Head, use: Use) -> tuple[int, int]:
    """How closely a clause's laws name a use, for comparison: by the closer of the places that count for it, then by the
    agreement's law. (0, 0) is not at all."""
    by_law = specificity(head.laws, use.law) if head.by != "place" else 0
    by_place = specificity(head.laws, use.place) if head.by != "law" else 0
    return max(by_law, by_place), by_law


def specificity(patterns: Iterable[str], law: str) -> int:
    """How closely a clause's laws name this one: 3 for US-NY itself, 2 for US-*, 1 for *, 0 for not at all."""
    ranks = {law: 3, f"{law.partition('-')[0]}-*": 2, "*": 1}
    return max((ranks.get(pattern, 0) for pattern in patterns), default=0)


def parameters(clause: Clause, own: Mapping[str, str], at: Callable[[str], Origin]) -> dict[str, Fact]:
    """A clause's parameters as facts: the agreement's own values where given, or else the defaults.

    `at` returns where an own value was written. Raises RefusedError for parameters that are unknown, missing or out of bounds."""
    problems = [
        Problem(
            "unknown-parameter",
            f"{clause.head.id} has no parameter {name}",
            at(name),
            did_you_mean(name, clause.head.params),
        )
        for name in own
        if name not in clause.head.params
    ]
    facts: dict[str, Fact] = {}
    for name, param in clause.head.params.items():
        text = own.get(name, param.default)
        origin = at(name) if name in own else clause.located.at(f"params.{name}")
        if text is None:
            hint = f"add {name}: to the agreement's parameters, below {clause.head.slot}"
            problems.append(Problem("missing-parameter", f"{clause.head.id} needs {name}", origin, hint))
        elif wrong := unfit(text, param):
            problems.append(
                Problem("unfit-parameter", f"{name}: {wrong}", origin, f"the clause says why: {clause.head.purpose}")
            )
        else:
            facts[name] = Fact(PARAM_TYPES[param.type].read(text), f"{clause.head.slot}.{name}", origin)
    if problems:
        raise RefusedError(problems)
    return facts


def _named(asked: str, fitting: list[Clause], all_of_slot: list[Clause], where: Origin) -> Clause:
    if fitting:
        return fitting[0]
    ids = {clause.head.id for clause in all_of_slot}
    if asked in ids:
        what = f"{asked} is not for this kind and law, or is retired"
        raise _refused("unknown-clause", what, where, f"there are: {listed(all_of_slot)}")
    raise _refused("unknown-clause", f"{asked} is not a clause of this slot", where, did_you_mean(asked, ids))


def _refused(rule: str, what: str, where: Origin, hint: str) -> RefusedError:
    return RefusedError([Problem(rule, what, where, hint)])
