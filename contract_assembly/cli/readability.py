"""The command that measures how easy the clauses of an agreement are to read."""

from pathlib import Path
from typing import Any

import click
from msgspec import to_builtins

from contract_assembly.cli.old_forms import OnOne
from contract_assembly.cli.output import answer
from contract_assembly.cli.parameters import JSON, ONE, agreement_of
from contract_assembly.core.paths import Target


@click.command(cls=OnOne, short_help="Measure how easy each clause of an agreement is to read.")
@ONE
@JSON
@click.pass_obj
def readability(root: Path, /, target: Target, as_json: bool) -> None:
    """Measure how easy each clause of an agreement is to read: words, sentences, Flesch reading ease and Flesch-Kincaid
    grade.

    The figures block nothing. Aim for 20 words a sentence on average, no sentence over 60 words, and grade 12.5 or below.

    \b
    Examples:
      build.py readability acme
      build.py readability acme/2026-support --json
    """
    from contract_assembly.build.pipeline import draft
    from contract_assembly.repository.inputs import Repository
    from contract_assembly.rules.document.readability import readability as measured

    repository = Repository(root)
    found = [to_builtins(each) for each in measured(draft(repository, *agreement_of(repository, target)).document)]
    if as_json:
        answer({"readability": found})
    else:
        click.echo(_columns(found))


def _columns(rows: list[dict[str, Any]]) -> str:
    """Rows as text columns, the first to the left and numbers to the right."""
    names = list(rows[0]) if rows else []
    cells = [
        names,
        *[[f"{value:.1f}" if isinstance(value, float) else str(value) for value in row.values()] for row in rows],
    ]
    widths = [max(len(row[n]) for row in cells) for n in range(len(names))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if n == 0 else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    )
