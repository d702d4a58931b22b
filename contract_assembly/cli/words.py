"""The command that shows the words of a built file, for `git diff`."""

from pathlib import Path

import click

from contract_assembly.cli.output import answer
from contract_assembly.cli.parameters import JSON
from contract_assembly.core.problems import RefusedError


@click.command(short_help="Show the words of a DOCX or PDF, for git diff.")
@click.argument("file", type=click.Path(path_type=Path))
@JSON
def words(file: Path, as_json: bool) -> None:
    """Show the words of a Word file or a PDF, line by line: body, headers, footers, notes and comments.

    Tracked insertions are included; words that a tracked change deleted or moved away are not. A file that is damaged, or neither
    Word nor PDF, gives one line that says so.

    \b
    Examples:
      build.py words agreements/acme/2026-support/contract.docx
    """
    from contract_assembly.core.paths import printable
    from contract_assembly.core.text import shortened
    from contract_assembly.repository.source import read_named
    from contract_assembly.writers.textconv import words as words_of

    try:
        found = words_of(read_named(file), file.name)
    except RefusedError as error:
        line = f"[no words of {printable(shortened(file.name))}: {error.problems[0].what}]"
        if as_json:
            answer({"words": [line]}, error.problems)
        else:
            click.echo(line)
        return
    if as_json:
        answer({"words": found.splitlines()})
    else:
        click.echo(found.encode("utf-8", "replace"), nl=False)  # in UTF-8 whatever the terminal, for git
