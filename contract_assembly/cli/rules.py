"""The command that explains the checks of a finished document."""

import inspect

import click

from contract_assembly.cli.output import answer
from contract_assembly.cli.parameters import JSON


@click.command(short_help="Explain each check, with an example and the fix.")
@click.argument("rule", required=False)
@JSON
def rules(rule: str | None, as_json: bool) -> None:
    """Explain each check of a finished document: what it looks for, why, an example, and the fix.

    \b
    Examples:
      build.py rules
      build.py rules undefined-term
    """
    from contract_assembly.core.text import did_you_mean
    from contract_assembly.rules.document import RULES

    if rule is not None and rule not in RULES:
        raise click.UsageError(f"unknown rule: {rule}; {did_you_mean(rule, RULES)}")
    pages = {name: _page(check.__doc__) for name, check in RULES.items() if rule in {None, name}}
    if as_json:
        answer({"rules": pages})
    elif rule:
        click.echo(f"{rule}\n\n{pages[rule]}")
    else:
        width = max(map(len, pages))
        for name, page in pages.items():
            click.echo(f"{name:{width}}  {page.splitlines()[0]}")


def _page(doc: str | None) -> str:
    return inspect.cleandoc(doc or "").replace("**", "")
