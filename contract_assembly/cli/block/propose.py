"""`build.py block propose`: propose a support contract."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contract_assembly.cli.block.issuing import issue_one
from contract_assembly.cli.old_forms import OnOne
from contract_assembly.cli.parameters import DATE, DRY_RUN, JSON, NAME, ONE, on
from contract_assembly.core.paths import Target

if TYPE_CHECKING:
    from contract_assembly.actions.issue_block_documents import Issue
    from contract_assembly.blocks.book import Book
    from contract_assembly.repository.inputs import Repository


@click.command(cls=OnOne, short_help="Propose a support contract from the client's own figures.")
@ONE
@click.option(
    "--plan",
    "plans",
    type=NAME,
    multiple=True,
    required=True,
    help="A plan to offer; can be repeated, the recommended plan first.",
)
@click.option("--first-day", type=DATE, required=True, help="The first day of the contract.")
@click.option("--valid-until", type=DATE, required=True, help="The last day of the offer.")
@on("The date of the document. Default: today.")
@click.option("--draft", is_flag=True, help="A draft for review, or to change its terms; it may be issued again.")
@DRY_RUN
@JSON
@click.pass_obj
def propose(
    root: Path,
    /,
    target: Target,
    plans: tuple[str, ...],
    first_day: date,
    valid_until: date,
    on: date | None,
    draft: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Propose a support contract: the use of hours, the cost of an average month compared with each plan, with the
    working, and the credit for unused hours. Where hours cost less, the proposal says so. The prices are pinned: the
    contract that `build.py convert` makes from it has the same.

    \b
    Example:
      build.py block propose hudson --plan business --plan essential --first-day 2027-01-01 --valid-until 2026-12-18
    """
    from contract_assembly.actions.issue_block_documents import ProposalRequest, of_proposal

    asked = ProposalRequest(plans, first_day, valid_until)

    def make(repository: "Repository", book: "Book", day: date) -> "Issue":
        return of_proposal(repository, book, asked, day, sent=not draft)

    issue_one(root, target, on, make, dry_run=dry_run, as_json=as_json)
