"""The playbook of a slot: its clauses from the preferred one down, with what clients ask for and what may move. Pure."""

from collections.abc import Collection, Iterable, Iterator

from msgspec import Struct

from contract_assembly.clauses.choice import specificity
from contract_assembly.clauses.clause import RUNGS, Clause
from contract_assembly.clauses.parameter import Param
from contract_assembly.core.problems import Problem
from contract_assembly.core.text import did_you_mean
from contract_assembly.facts.fields import Located
from contract_assembly.facts.playbook import Playbook, Point


class Range(Struct, frozen=True):
    """A parameter as written: its default, the bounds that it must keep, and those within which no deviation is recorded. Empty
    where there is none; a parameter of choices has these as its bounds."""

    name: str
    default: str
    bounds: tuple[str, ...]
    approved: tuple[str, ...]


class Position(Struct, frozen=True):
    """A clause of a slot: how far it yields, when to take it and who must see it first, and what may move within it."""

    clause: str
    title: str
    rung: str
    laws: tuple[str, ...]
    kinds: tuple[str, ...]
    purpose: str
    when: str
    to: tuple[str, ...]
    parameters: tuple[Range, ...]
    path: str


class Play(Struct, frozen=True):
    """A slot: what clients ask for there, and the positions from the preferred one down."""

    slot: str
    points: tuple[Point, ...]
    positions: tuple[Position, ...]


def plays(library: Collection[Clause], playbook: Playbook, law: str = "") -> tuple[Play, ...]:
    """Each slot with a fallback or a point, those with points first and in their order. Under a law, only the clauses that an
    agreement under it would get."""
    asked = dict.fromkeys(slot for point in playbook.points for slot in point.slots)
    fallen = sorted({each.head.slot for each in library if each.head.rung != RUNGS[0]})
    return tuple(
        Play(slot, tuple(each for each in playbook.points if slot in each.slots), _positions(library, slot, law))
        for slot in dict.fromkeys((*asked, *fallen))
    )


def _positions(library: Iterable[Clause], slot: str, law: str) -> tuple[Position, ...]:
    of_slot = [each for each in library if each.head.slot == slot and not each.head.retired]
    found = [clause for rung in RUNGS for clause in _closest([c for c in of_slot if c.head.rung == rung], law)]
    return tuple(_position(each) for each in found)


def _closest(clauses: list[Clause], law: str) -> list[Clause]:
    """Clauses of one rung: all of them or, under a law, those that name it most closely among the clauses of their kinds."""
    if not law:
        return sorted(clauses, key=lambda each: each.head.id)
    best = {
        kind: max(specificity(each.head.laws, law) for each in clauses if kind in each.head.kinds)
        for kind in {kind for each in clauses for kind in each.head.kinds}
    }
    return [
        each
        for each in clauses
        if (rank := specificity(each.head.laws, law)) and rank in {best[k] for k in each.head.kinds}
    ]


def _position(clause: Clause) -> Position:
    head = clause.head
    return Position(
        clause=head.id,
        title=head.title,
        rung=head.rung,
        laws=head.laws,
        kinds=head.kinds,
        purpose=head.purpose,
        when=head.yields.when if head.yields else "",
        to=head.yields.to if head.yields else (),
        parameters=tuple(_range(name, param) for name, param in head.params.items()),
        path=clause.body_at.path,
    )


def _range(name: str, param: Param) -> Range:
    bounds = param.choices or tuple(each for each in (param.min, param.max) if each is not None)
    return Range(name, param.default or "", bounds, param.approved)


def problems(playbook: Located[Playbook], library: Collection[Clause], facts: Collection[str]) -> Iterator[Problem]:
    """What a playbook names that is not there: a slot, a parameter of a slot, a fact of an agreement; and an id used twice."""
    slots = {each.head.slot for each in library}
    known = {f"{each.head.slot}.{name}" for each in library for name in each.head.params}
    seen: set[str] = set()
    for number, point in enumerate(playbook.model.points):
        at = f"points.{number}"
        if point.id in seen:
            yield Problem(
                "playbook", f"two points have the id {point.id}", playbook.at(f"{at}.id"), "rename one of them"
            )
        seen.add(point.id)
        for name, what, named, there in (
            ("slots", "no clause has the slot", point.slots, slots),
            ("parameters", "no clause has the parameter", point.parameters, known),
            ("facts", "no agreement has the fact", point.facts, facts),
        ):
            for position, each in enumerate(named):
                if each not in there:
                    where = playbook.at(f"{at}.{name}.{position}")
                    yield Problem("playbook", f"{point.id}: {what} {each}", where, did_you_mean(each, there))
        yield from _ill_bounds(playbook, point, at)


def _ill_bounds(playbook: Located[Playbook], point: Point, at: str) -> Iterator[Problem]:
    """Bounds for a fact that the point does not name, and bounds without an end."""
    for name, bounds in point.accepts.items():
        where = playbook.at(f"{at}.accepts")
        if name not in point.facts:
            yield Problem(
                "playbook", f"{point.id}: accepts {name}, which is not among its facts", where, f"add {name} to facts"
            )
        elif not (bounds.least or bounds.most):
            yield Problem("playbook", f"{point.id}: accepts {name} without a limit", where, "write from:, to: or both")
