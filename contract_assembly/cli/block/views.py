"""What the views of prepaid blocks share: `balance` and `notices` show one answer for each block."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contract_assembly.cli.output import DONE, PROBLEMS, answer, show
from contract_assembly.core.paths import Target
from contract_assembly.core.problems import Problem, RefusedError

if TYPE_CHECKING:
    from contract_assembly.blocks.book import Book
    from contract_assembly.blocks.loader import Books


def uncountable(books: "Books", pair: tuple[str, str], error: Exception) -> Problem:
    """The problem of a block whose days cannot be counted, such as those of a year without known holidays."""
    at = books.repository.agreed(*pair).at()
    return Problem("period", str(error), at, "check the year; its days must be countable in the calendar of the block")


def show_each(
    root: Path,
    targets: Sequence[Target],
    one: "Callable[[Book], tuple[dict[str, Any], str]]",
    name: str,
    *,
    as_json: bool,
) -> int:
    """Show the answer for each block of these clients, or of all; one that cannot be read does not hide the others."""
    from contract_assembly.blocks.loader import Books

    books, data = Books(root), list[dict[str, Any]]()
    problems = [*books.unusable(targets)]
    for pair in books.blocks(targets):
        try:
            book = books.book(*pair)
            found, text = one(book)
        except RefusedError as error:
            problems.extend(error.problems)
            continue
        except (ValueError, OverflowError) as error:
            problems.append(uncountable(books, pair, error))
            continue
        data.append(found)
        problems += [torn] if (torn := book.ledger.torn_problem()) else []
        if not as_json:
            click.echo(text)
    if as_json:
        answer({name: data}, problems)
    else:
        show(problems)
        if not data and not problems:
            click.echo("there is no prepaid block that was sent or signed")
    return PROBLEMS if any(each.level == "error" for each in problems) else DONE
