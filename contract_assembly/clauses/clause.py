"""Clauses: the model of a clause file's front matter, its typed parameters, and the choice of one variant per slot. Pure."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, get_args

from pydantic import Field

from contract_assembly.clauses.clause_duty import ClauseDuty, duty_problems, without_duties
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import is_clients
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean, shortened, shown
from contract_assembly.core.values import Duration, Money, Percent, parse_date
from contract_assembly.facts import strict_yaml
from contract_assembly.facts.agreement import Kind
from contract_assembly.facts.agreement_files import Use
from contract_assembly.facts.fields import (
    LawPattern,
    Located,
    Model,
    SlugFact,
    TextFact,
    TruthFact,
    located,
    truth,
    whole,
)
from contract_assembly.facts.playbook import Reader
from contract_assembly.facts.template_values import Fact

_FRONT = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)
_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Kinds:
    """How a parameter of one type is read, and the key by which two of them are compared (None: they have no order)."""

    read: Callable[[str], Any]
    order: Callable[[Any], tuple[str, Any]] | None = None


PARAM_TYPES: dict[str, Kinds] = {
    "integer": Kinds(whole, lambda v: ("", v)),
    "duration": Kinds(Duration.parse, lambda v: (v.unit, v.count)),
    "money": Kinds(Money.parse, lambda v: (v.currency, v.amount)),
    "percent": Kinds(Percent.parse, lambda v: ("", v.value)),
    "date": Kinds(parse_date, lambda v: ("", v)),
    "text": Kinds(str),
    "choice": Kinds(str),
    "boolean": Kinds(truth),
}


class Param(Model):
    """A typed parameter of a clause. `approved` are the bounds within which no deviation is recorded."""

    type: Literal["integer", "duration", "money", "percent", "date", "text", "choice", "boolean"]
    default: TextFact | None = None
    min: TextFact | None = None
    max: TextFact | None = None
    choices: tuple[TextFact, ...] = ()
    approved: tuple[TextFact, ...] = ()


Rung = Literal["preferred", "acceptable", "last-resort"]
RUNGS: tuple[Rung, ...] = get_args(Rung)  # from what the firm prefers down to the last that it accepts


class Yield(Model):
    """When to yield to a fallback, in a sentence or two, and who must see it before it is offered."""

    when: TextFact
    to: tuple[Reader, ...]


class Head(Model):
    """A clause file's front matter. `by` says whether `laws` are those that an agreement chooses, those of the client's place, or
    either: a statute about renewals may protect a client whatever law was chosen. `after` is for a negotiated clause alone: the
    slot that it comes directly after, for a point on which the outline has no slot, or one that was moved. `duties` are those
    that its words make; a negotiated clause without the entry makes those of the clause that it replaces."""

    id: SlugFact
    title: TextFact
    slot: SlugFact
    after: SlugFact | None = None
    kinds: tuple[Kind, ...]
    laws: tuple[LawPattern, ...]
    by: Literal["law", "place", "either"] = "law"
    rung: Rung
    yields: Yield | None = Field(default=None, alias="yield")
    purpose: TextFact
    params: dict[str, Param] = Field(default={})
    requires: tuple[SlugFact, ...] = ()
    conflicts: tuple[SlugFact, ...] = ()
    survives: TruthFact = False
    retired: TruthFact = False
    duties: tuple[ClauseDuty, ...] | None = None


@dataclass(frozen=True)
class Clause:
    """A clause file, read: its head with lines, and its body, whose first line is `body_at`."""

    located: Located[Head]
    body: str
    body_at: Origin

    @property
    def head(self) -> Head:
        """The front matter."""
        return self.located.model

    @property
    def is_negotiated(self) -> bool:
        """Whether it belongs to one agreement, where it replaces the library's clause of its slot."""
        return is_clients(self.body_at.path)


@lru_cache(maxsize=4096)  # a renewal or a comparison reads several states, in which most clauses are the same
def read_clause(text: str, path: str) -> Clause:
    """Read a clause file. Raises RefusedError with every problem of its front matter."""
    if not (front := _FRONT.match(text)):
        hint = "begin with a line ---, the keys (id, title, slot …), and another line ---"
        raise RefusedError([Problem("front-matter", "the clause has no front matter", Origin(path), hint)])
    head = located(Head, strict_yaml.load(front[1], path, first_line=2))
    name = path.rpartition("/")[2].removesuffix(".md")
    if head.model.id != name:
        hint = f"write id: {name}, or rename the file"
        raise RefusedError(
            [Problem("clause-id", f"the id {head.model.id} is not the name of the file", head.at("id"), hint)]
        )
    negotiated = _ill_yield(head, negotiated=is_clients(path))
    if found := (*_ill_params(head), *negotiated, *_ill_place(head, path), *_ill_duties(head, text)):
        raise RefusedError(found)
    body, body_at = text[front.end() :], Origin(path, text.count("\n", 0, front.end()) + 1)
    if not body.strip():
        raise RefusedError([Problem("no-words", "the clause has no words", body_at, "write it, or remove the file")])
    return Clause(head, body, body_at)


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
        elif wrong := _unfit(text, param):
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


def _ill_yield(head: Located[Head], *, negotiated: bool) -> Iterator[Problem]:
    """A fallback of the library says when to yield to it and who must see it; a preferred clause yields nothing. What was
    negotiated for one client has been yielded already, so it need not say."""
    model = head.model
    if model.rung == "preferred" and model.yields:
        what, hint = "a preferred clause yields nothing", "remove yield:, or write rung: acceptable or last-resort"
        yield Problem("yield", what, head.at("yield"), hint)
    elif model.rung != "preferred" and not model.yields and not negotiated:
        what = f"{model.id} is {model.rung}, but does not say when to yield to it"
        yield Problem(
            "yield", what, head.at("rung"), f"add yield: {{when: A sentence., to: [{', '.join(get_args(Reader)[:1])}]}}"
        )
    elif model.yields and not model.yields.to:
        what = f"{model.id} does not say who must see it before it is offered"
        yield Problem("yield", what, head.at("yield"), f"name some of these below to: {', '.join(get_args(Reader))}")


def _ill_duties(head: Located[Head], text: str) -> Iterator[Problem]:
    """An approval is of the file without its duties, so nothing else may hide among them."""
    yield from duty_problems(head.model.duties or (), head.at)
    rest = _FRONT.match(without_duties(text))
    if rest is None or (head.model.duties is None and rest[0] == text[: rest.end()]):
        return
    left = located(Head, strict_yaml.load(rest[1], head.at().path)).model
    if left != head.model.model_copy(update={"duties": None}):
        hint = "begin a line with duties: and indent everything that belongs to it"
        yield Problem(
            "duty", "the duties cannot be told apart from the rest of the front matter", head.at("duties"), hint
        )


def _ill_place(head: Located[Head], path: str) -> Iterator[Problem]:
    """The library's clauses are where the outline has their slots."""
    if head.model.after and not is_clients(path):
        what = f"{head.model.id} is a clause of the library, and its place is in the outline"
        yield Problem("own-place", what, head.at("after"), "remove after:, and name the slot in the outline")


def _ill_params(head: Located[Head]) -> Iterator[Problem]:
    for name, param in head.model.params.items():
        origin = head.at(f"params.{name}")
        if not _NAME.fullmatch(name):
            yield Problem(
                "ill-typed",
                f"{shown(name)} cannot be the name of a parameter",
                origin,
                "use small letters and underscores",
            )
        if param.type == "choice" and not param.choices:
            yield Problem(
                "ill-typed", f"{name} is of type choice, but has no choices", origin, "add choices: [one, two]"
            )
        for text in filter(None, (param.default, param.min, param.max, *param.approved)):
            if wrong := _unfit(text, param):
                yield Problem("ill-typed", f"{name}: {wrong}", origin, f"it is of type {param.type}")
                break


def _unfit(text: str, param: Param) -> str | None:
    """Why a text is not a value of this parameter, or None if it is one."""
    kind = PARAM_TYPES[param.type]
    try:
        value = kind.read(text)
        bounds = [(kind.read(bound), sign) for bound, sign in ((param.min, -1), (param.max, 1)) if bound is not None]
    except ValueError as error:
        return str(error)
    if param.choices and text not in param.choices:
        return f"{shortened(text)} is not one of {', '.join(param.choices)}"
    for bound, sign in bounds:
        if kind.order is None or kind.order(value)[0] != kind.order(bound)[0]:
            return f"{shortened(text)} cannot be compared with its bounds, {param.min} to {param.max}"
        if (kind.order(value)[1] > kind.order(bound)[1]) == (sign > 0) and value != bound:
            return f"{shortened(text)} is outside {param.min} to {param.max}"
    return None
