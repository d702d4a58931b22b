"""`build.py block balance`: the balance of prepaid blocks."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from contract_assembly.cli.block.entering import day_of
from contract_assembly.cli.block.views import show_each
from contract_assembly.cli.old_forms import OverAllByArgument
from contract_assembly.cli.parameters import CLIENTS, JSON, on
from contract_assembly.core.paths import Target

if TYPE_CHECKING:
    from contract_assembly.blocks.book import Book


@click.command(cls=OverAllByArgument, short_help="Show the balance, its Expiry Day, and how long it lasts.")
@CLIENTS
@on("The day to look at. Default: today.")
@JSON
@click.pass_context
def balance(context: click.Context, /, targets: tuple[Target, ...], on: date | None, as_json: bool) -> None:
    """Show the balance of each block, its Expiry Day, and the day on which it runs out at the present pace.

    \b
    Examples:
      build.py block balance
      build.py block balance --client hudson --on 2026-11-30 --json
    """
    from contract_assembly.blocks import reports
    from contract_assembly.blocks.balance import state
    from contract_assembly.blocks.forecast import pace
    from contract_assembly.blocks.settlement import credit, refund, refund_day

    def one(book: "Book") -> tuple[dict[str, Any], str]:
        now = day_of(book, on)
        found = state(book, now)
        rhythm = pace(book, now, found)
        money = {"refund": refund(book, found), "refund_by": refund_day(book), "credit": credit(book, found)}
        figures = {"balance": found.balance, "expiry": found.expiry, "state": found, "pace": rhythm}
        data = reports.plain({**figures, **money})
        return {"agreement": book.folder, **data}, reports.balance(book, found, rhythm)

    context.exit(show_each(context.obj, targets, one, "balances", as_json=as_json))
