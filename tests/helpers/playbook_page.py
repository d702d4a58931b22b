"""The page of the playbook, `docs/playbook.md`, made of the firm's points and the heads of the clauses:
`python -m tests.helpers.playbook_page > docs/playbook.md`."""

from pathlib import Path

from contract_assembly.actions.playbook import PLAYBOOK, playbook
from contract_assembly.clauses.clause import RUNGS
from contract_assembly.facts.playbook import Playbook, Point
from contract_assembly.repository.inputs import Repository

ROOT = Path(__file__).parents[2]
_HEAD = """# Positions to fall back to

What a client's lawyer asks for, what this firm answers, and the clauses to take. The table is generated from `provider/playbook.yaml` and
the heads of the clauses: `python -m tests.helpers.playbook_page > docs/playbook.md`.

A clause is `preferred`, `acceptable`, or `last-resort`: its rung. A fallback says in its head when to yield to it and who must see it before it is
offered. It keeps the ids that other clauses refer to, so any fallback goes with any other, under every law that it is written for.

```
.venv/bin/python build.py playbook liability --laws US-NY
```

To take a position, name its rung or its id in `agreement.yaml`. Some slots are usually empty, such as `non-solicitation`; they are filled
in the same way, with `preferred` as the clause that we offer first.

```yaml
choose:
  liability: acceptable
  non-solicitation: preferred
parameters:
  liability: {raised_floor: 400000.00 USD}
```

`build.py deviations` then lists the departure with its size in words, and a final version needs counsel's approval of the clause, as always. A
parameter within its approved bounds is not listed. A point that no fallback meets is written for one agreement alone: see
[the life of an agreement](lifecycle.md#negotiated-clauses).

## What clients ask for

In the last column, a parameter has the name of its slot before it; the others are facts of `agreement.yaml`, some with the values that
`accepts` of the point allows. What [comes back from a client](negotiation.md) is judged by them. An ending in brackets is that of a
variant for another law.

| | The client asks for | We answer | Preferred | Acceptable | Last resort | May move |
|---:|---|---|---|---|---|---|
"""


def page() -> str:
    """The table of all points, and below it when to yield to each fallback."""
    repository = Repository(ROOT)
    points = repository.load(Playbook, PLAYBOOK).model.points
    positions = [each for play in playbook(repository) for each in play.positions if "support" in each.kinds]
    of_slot = {
        slot: {rung: _joined([p.clause for p in positions if p.clause in ids and p.rung == rung]) for rung in RUNGS}
        for slot, ids in _ids(repository).items()
    }
    rows = [_row(number, point, of_slot) for number, point in enumerate(points, 1)]
    fallen = {each.clause: each for each in positions if each.when}
    whens = [
        f"| {names} | {each.when} | {', '.join(each.to)} |"
        for each, names in ((fallen[first], names) for first, names in _groups(list(fallen)))
    ]
    when = "\n## When to yield\n\n| Clause | When | Show it to |\n|---|---|---|\n"
    return "\n".join([_HEAD.rstrip("\n"), *rows, when.rstrip("\n"), *whens, ""])


def _ids(repository: Repository) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for clause in repository.library():
        found.setdefault(clause.head.slot, set()).add(clause.head.id)
    return found


def _row(number: int, point: Point, of_slot: dict[str, dict[str, str]]) -> str:
    rungs = [", ".join(filter(None, (of_slot[slot][rung] for slot in point.slots))) for rung in RUNGS]
    moving = ", ".join([*(f"`{each}`" for each in point.parameters), *(_fact(point, each) for each in point.facts)])
    return f"| {number} | {point.ask} | {point.answer} | {' | '.join(rungs)} | {moving} |"


def _fact(point: Point, name: str) -> str:
    """A fact that may move, with its bounds."""
    bounds = point.accepts.get(name)
    ends = " to ".join(filter(None, (bounds.least, bounds.most))) if bounds else ""
    return f"`{name}` ({ends})" if ends else f"`{name}`"


def _joined(ids: list[str]) -> str:
    return ", ".join(names for _, names in _groups(ids))


def _groups(ids: list[str]) -> list[tuple[str, str]]:
    """Ids with their variants for other laws: the first, and all in one text such as "`liability` (-gb, -ie)"."""
    found: list[tuple[str, list[str]]] = []
    for each in sorted(ids):
        first = next(
            (one for one, _ in found if each.startswith(f"{one}-") and _is_law(each.removeprefix(f"{one}-"))), ""
        )
        if first:
            next(ends for one, ends in found if one == first).append(each.removeprefix(first))
        else:
            found.append((each, []))
    return [(one, f"`{one}`" + (f" ({', '.join(ends)})" if ends else "")) for one, ends in found]


def _is_law(end: str) -> bool:
    return set(end.split("-")) <= {"us", "gb", "ie", "ny", "wi", "tx", "ca"}


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201
