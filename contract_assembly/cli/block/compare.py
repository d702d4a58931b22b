"""`build.py block compare`: a block compared with each plan."""

from datetime import date
from pathlib import Path

import click

from contract_assembly.cli.block.entering import day_of
from contract_assembly.cli.old_forms import OnOne
from contract_assembly.cli.output import answer
from contract_assembly.cli.parameters import JSON, ONE, on
from contract_assembly.core.paths import Target


@click.command(cls=OnOne, short_help="Compare a block with each plan.")
@ONE
@on("The day to look at. Default: today.")
@JSON
@click.pass_obj
def compare(root: Path, /, target: Target, on: date | None, as_json: bool) -> None:
    """Compare a block with each plan: the cost of the hours in an average month, each plan's fee, the difference with
    its sign, and the hours from which the plan costs less. The scope of a plan is under environment in account.yaml.

    \b
    Examples:
      build.py block compare hudson
      build.py block compare hudson --on 2026-11-30
    """
    from contract_assembly.blocks import reports
    from contract_assembly.blocks.loader import Books
    from contract_assembly.blocks.plan_comparison import compared

    books = Books(root)
    book = books.one(target, on)
    found = compared(book, books.plans(), day_of(book, on))
    if as_json:
        plans = [{**reports.plain(each), "cheaper": each.cheaper} for each in found.plans]
        answer({"agreement": book.folder, "comparison": {**reports.plain(found), "plans": plans}})
    else:
        click.echo("\n".join(reports.comparison(found)))
