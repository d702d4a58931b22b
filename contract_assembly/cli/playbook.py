"""The command that shows what clients ask for, and how far the firm yields."""

import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import to_builtins

from contract_assembly.cli.output import answer
from contract_assembly.cli.parameters import JSON

if TYPE_CHECKING:
    from contract_assembly.actions.playbook import Play, Point, Position, Range

_WIDTH, _COLUMN = 120, 20
_LAW = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")


@click.command(short_help="Show what clients ask for, and the positions to fall back to.")
@click.argument("slot", required=False, default="")
@click.option("--laws", "law", metavar="LAW", default="", help="Only what an agreement under this law would get.")
@JSON
@click.pass_obj
def playbook(root: Path, slot: str, law: str, as_json: bool) -> None:
    """Show what clients ask for, and the positions to fall back to: for each slot, or for one, its clauses from the preferred one
    down, when to yield to each, who must see it first, and how far its parameters may move.

    The points are in provider/playbook.yaml. To take a position, write it below choose: of the agreement, by its rung or its id.

    \b
    Examples:
      build.py playbook
      build.py playbook liability
      build.py playbook liability --laws US-NY
      build.py playbook --json
    """
    from contract_assembly.actions.playbook import playbook as plays
    from contract_assembly.repository.inputs import Repository

    if law and not _LAW.fullmatch(law):
        raise click.BadParameter(f"{law} is not a law like US-NY", param_hint="--laws")
    found = plays(Repository(root), slot, law)
    if as_json:
        data = [
            {
                "slot": play.slot,
                "points": [each.model_dump() for each in play.points],
                "positions": [to_builtins(each) for each in play.positions],
            }
            for play in found
        ]
        answer({"slots": data})
        return
    click.echo("\n\n".join("\n".join(_lines(play)) for play in found))


def _lines(play: "Play") -> list[str]:
    lines = [play.slot]
    for point in play.points:
        lines += _point(point)
    for position in play.positions:
        lines += _position(position)
    return lines


def _point(point: "Point") -> list[str]:
    moving = (*point.parameters, *(f"{each}{_accepted(point, each)}" for each in point.facts))
    return [
        *_entry(2, "asked", point.ask),
        *_entry(4, "why", point.why),
        *_entry(4, "answer", point.answer),
        *(_entry(4, "may move", ", ".join(moving)) if moving else ()),
    ]


def _accepted(point: "Point", fact: str) -> str:
    bounds = point.accepts.get(fact)
    if bounds is None:
        return ""
    ends = " to ".join(filter(None, (bounds.least, bounds.most))) if bounds.least else f"up to {bounds.most}"
    return f" ({'; '.join(filter(None, (ends, ', '.join(bounds.show))))})"


def _position(position: "Position") -> list[str]:
    uses = f"{', '.join(position.kinds)}; {', '.join(position.laws)}"
    lines = [
        *_entry(2, position.rung, f"{position.title} ({position.clause}: {uses})"),
        *_entry(4, "gives", position.purpose),
    ]
    if position.when:
        lines += [*_entry(4, "yield when", position.when), *_entry(4, "show it to", ", ".join(position.to))]
    for each in position.parameters:
        lines += _entry(4, each.name, _range(each))
    return lines


def _range(each: "Range") -> str:
    usual = each.default or "given by each agreement"
    approved = f"; approved {' to '.join(each.approved)}" if each.approved else ""
    bounds = f"; bounds {' to '.join(each.bounds)}" if each.bounds else ""
    return f"{usual}{approved}{bounds}"


def _entry(indent: int, name: str, text: str) -> list[str]:
    """A name and its text, wrapped below itself."""
    head = f"{' ' * indent}{name:{_COLUMN - indent - 1}} "
    return textwrap.wrap(text, _WIDTH, initial_indent=head, subsequent_indent=" " * _COLUMN)
