"""The command that turns a prepaid block into a support contract."""

from datetime import date
from pathlib import Path

import click

from contract_assembly.cli.old_forms import OnOne
from contract_assembly.cli.output import answer, holding, written, wrote_as_data
from contract_assembly.cli.parameters import APPLY, DATE, JSON, NAME, ONE, PATIENCE, today
from contract_assembly.core.paths import Target, folder_of


@click.command(cls=OnOne, short_help="Turn a prepaid block into a support contract.")
@ONE
@click.option(
    "--plan", type=NAME, required=True, help="The plan that the client accepted, from a proposal that was sent."
)
@click.option("--start", type=DATE, required=True, help="The contract's first day.")
@click.option("--signed", type=DATE, help="The day on which both parties sign it. Default: today.")
@APPLY
@JSON
@click.pass_obj
def convert(
    root: Path, /, target: Target, plan: str, start: date, signed: date | None, apply: bool, as_json: bool
) -> None:
    """Turn a prepaid block into a support contract, with the proposal's figures: a draft agreement.yaml that names the
    block, with a credit for its unused hours, built in every format; and the step in the block's account.yaml, so
    that its hours leave the balance on that day. Without --apply the files are only listed.

    \b
    Examples:
      build.py convert hudson --plan business --start 2027-01-01 --signed 2026-12-10
      build.py convert hudson --plan business --start 2027-01-01 --signed 2026-12-10 --apply
    """
    from contract_assembly.actions.convert import AcceptedOffer, converted
    from contract_assembly.blocks.loader import Books

    with holding(root, PATIENCE, quiet=as_json, dry_run=not apply) as store:
        books = Books(root)
        book = books.one(target, signed)
        made = converted(books.repository, book, AcceptedOffer(plan, start, signed or today(book.desk.zone)))
        folder, last = folder_of(target.client), f"{book.folder.rpartition('/')[2]}/account.yaml"
        wrote = store.put(folder, made.files, last=last) if made.files else ()
    if as_json:
        money = {
            "fee": f"{made.fee.amount} {made.fee.currency}",
            "credit": f"{made.credit.amount} {made.credit.currency}",
        }
        found = {"agreement": made.agreement, **money, **wrote_as_data(folder, wrote, dry_run=not apply)}
        answer(found, store.cured)
        return
    fee = f"{made.fee.amount} {made.fee.currency} a month, credit {made.credit.amount}"
    click.echo(f"{target.client}/{made.agreement}: {fee}")
    more = "; --apply carries out the plan" if wrote and not apply else ""
    click.echo(f"{folder}: {written(wrote, dry_run=not apply)}{more}")
