"""What the commands share that issue documents about prepaid blocks: `notify`, `statement --issue`, `propose`, `order`."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contract_assembly.cli.block.entering import today_of
from contract_assembly.cli.output import answer, holding, written, wrote_as_data
from contract_assembly.cli.parameters import PATIENCE
from contract_assembly.core.paths import Target

if TYPE_CHECKING:
    from contract_assembly.actions.issue_block_documents import Issue
    from contract_assembly.blocks.book import Book
    from contract_assembly.repository.inputs import Repository

FORMATS = ("md", "docx", "pdf")


def issue_one(
    root: Path,
    target: Target,
    on: date | None,
    make: "Callable[[Repository, Book, date], Issue]",
    *,
    by: date | None = None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Make one document of a block and put it down. `on` is the day that it bears, by default today; `by` the day by
    which one of several blocks is chosen, where that is another. The block is chosen and read under the lock, so that
    the document is of what is there when it is written."""
    from contract_assembly.actions.issue_block_documents import issue
    from contract_assembly.blocks.loader import Books

    with holding(root, PATIENCE, quiet=as_json, dry_run=dry_run) as store:
        books = Books(root)
        book = books.one(target, by or on)
        made = make(books.repository, book, on or today_of(book))
        landed = issue(store, root, book.folder, [made], FORMATS)
    if as_json:
        found = {"agreement": landed.folder, **wrote_as_data(landed.folder, landed.changed, dry_run=dry_run)}
        answer(found, store.cured)
    else:
        click.echo(f"{landed.folder}: {written(landed.changed, dry_run=dry_run)}")
