"""`build.py block notices`: the messages that a block's clauses promise."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from contract_assembly.cli.block.entering import today_of
from contract_assembly.cli.block.views import show_each
from contract_assembly.cli.old_forms import OverAllByArgument
from contract_assembly.cli.parameters import CLIENTS, DATE, JSON, on
from contract_assembly.core.paths import Target

if TYPE_CHECKING:
    from contract_assembly.blocks.book import Book


@click.command(cls=OverAllByArgument, short_help="List messages that a block's clauses promise.")
@CLIENTS
@on("The day to look at. Default: today.")
@click.option("--by", type=DATE, help="Include messages that fall due by then.")
@click.option("--all", "every", is_flag=True, help="Include messages that were sent.")
@JSON
@click.pass_context
def notices(
    context: click.Context,
    /,
    targets: tuple[Target, ...],
    on: date | None,
    by: date | None,
    every: bool,
    as_json: bool,
) -> None:
    """List the messages that the clauses of a block promise, with reason and due day: few hours left, hours used up,
    both reminders before the Expiry Day, and statements. A message counts as sent when account.yaml lists it under
    `messages`.

    \b
    Examples:
      build.py block notices --client hudson
      build.py block notices --on 2026-12-01 --by 2026-12-31
    """
    from contract_assembly.blocks import notices as made
    from contract_assembly.blocks import reports

    def one(book: "Book") -> tuple[dict[str, Any], str]:
        now = on or today_of(book)
        found = (made.notices if every else made.open_notices)(book, now, by)
        data = [{**reports.plain(each), "late": each.late(now)} for each in found]
        text = "\n".join(reports.notice(book.folder, each, now) for each in found)
        return {"agreement": book.folder, "notices": data}, text or f"{book.folder}: nothing is due"

    context.exit(show_each(context.obj, targets, one, "blocks", as_json=as_json))
