"""The command that searches for words."""

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import to_builtins

from contract_assembly.cli.output import DONE, PROBLEMS, answer
from contract_assembly.cli.parameters import CLIENTS, JSON
from contract_assembly.core.paths import Target
from contract_assembly.core.text import cut

if TYPE_CHECKING:
    from contract_assembly.actions.find import FoundLine

_SHOWN = 5  # lines of a file
_WIDTH = 100
_TITLES = {"clients": "Clients", "facts": "Facts", "documents": "Documents", "clauses": "Clauses", "firm": "The firm"}


@click.command(short_help="Find words in clients, facts, documents and clauses.")
@click.argument("words", nargs=-1, required=True)
@CLIENTS
@JSON
@click.pass_context
def find(context: click.Context, words: tuple[str, ...], targets: tuple[Target, ...], as_json: bool) -> None:
    """Find the lines that have all of these words, without regard to capitals: in clients, in the facts of agreements, in the
    words of built documents, in clauses, and in the firm's own files. A word finds the words that begin with it; words in
    quotation marks are looked for side by side.

    Exits 1 if nothing is found.

    \b
    Examples:
      build.py find acme
      build.py find "net 30"
      build.py find backup restore --client acme
      build.py find liability --json
    """
    from contract_assembly.actions.find import find as search
    from contract_assembly.repository.inputs import Repository
    from contract_assembly.repository.selection import selected

    root: Path = context.obj
    if not all(each.strip() for each in words):
        raise click.BadParameter("a word is empty", param_hint="WORDS")
    if targets:
        selected(Repository(root), targets)  # refuses a client that does not exist
    found = search(root, words, [each.client for each in targets])
    found = [each for each in found if not targets or any(_is_of(each, target) for target in targets)]
    if as_json:
        answer({"words": list(words), "found": [to_builtins(each) for each in found]})
    else:
        click.echo("\n".join(_report(found)) if found else f"nothing matches {' and '.join(words)}")
    context.exit(DONE if found else PROBLEMS)


def _is_of(line: "FoundLine", target: Target) -> bool:
    return line.client == target.client and (not target.agreement or line.agreement in {"", target.agreement})


def _report(found: "list[FoundLine]") -> list[str]:
    lines = []
    for group, of_group in groupby(found, key=lambda each: each.group):
        rows = list(of_group)
        lines.append(f"{_TITLES[group]}: {len(rows)}")
        for path, of_file in groupby(rows, key=lambda each: each.path):
            own = list(of_file)
            lines += [f"  {path}:{each.line}  {cut(each.text, _WIDTH)}" for each in own[:_SHOWN]]
            if len(own) > _SHOWN:
                lines.append(f"  {path}  and {len(own) - _SHOWN} more lines")
    return lines
