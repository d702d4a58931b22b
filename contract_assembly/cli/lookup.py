"""Commands that look something up: rules, schemas, facts, laws, readability. They change nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contract_assembly.cli.output import DONE, NAME, PROBLEMS, show
from contract_assembly.core.problems import in_order
from contract_assembly.core.report import as_data, to_json

if TYPE_CHECKING:
    from contract_assembly.repository.inputs import Repository


@click.command(short_help="What each check means, with an example and the cure.")
@click.argument("rule", required=False)
@click.option("--json", "as_json_", is_flag=True, help="As JSON.")
def rules(rule: str | None, as_json_: bool) -> None:
    """What each check of a finished document means, with an example and the cure.

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
    if as_json_:
        click.echo(to_json({"rules": pages}))
    elif rule:
        click.echo(f"{rule}\n\n{pages[rule]}")
    else:
        width = max(map(len, pages))
        for name, page in pages.items():
            click.echo(f"{name:{width}}  {page.splitlines()[0]}")


def _page(doc: str | None) -> str:
    import inspect

    return inspect.cleandoc(doc or "").replace("**", "")


@click.command(short_help="JSON Schema of the YAML files, for editors.")
@click.argument("name", required=False)
def schema(name: str | None) -> None:
    """JSON Schema of the YAML files, for editors; the sample files name theirs in their first line.

    \b
    Examples:
      build.py schema                list them
      build.py schema agreement      print one
    """
    from contract_assembly.actions.json_schema import SCHEMAS, schema_of
    from contract_assembly.core.text import did_you_mean

    if name is None:
        click.echo("\n".join(SCHEMAS))
    elif name in SCHEMAS:
        click.echo(schema_of(name), nl=False)
    else:
        raise click.UsageError(f"there is no schema {name}: {did_you_mean(name, SCHEMAS)}")


def _of_agreement(command: Callable[..., None]) -> Callable[..., None]:
    """What the commands that look at one agreement take: its client, its name, and whether to answer in JSON."""
    for part in (
        click.pass_obj,
        click.option("--json", "as_json_", is_flag=True, help="As JSON."),
        click.argument("agreement", type=NAME),
        click.argument("client", type=NAME),
    ):
        command = part(command)
    return command


@click.command(short_help="Every fact that a clause can name, with its kind and place.")
@_of_agreement
def facts(root: Path, client: str, agreement: str, as_json_: bool) -> None:
    """Every fact that a clause of an agreement can name: its name, what kind it is, and where it was written.

    \b
    Examples:
      build.py facts acme 2026-support
      build.py facts acme 2026-support | grep fees
    """
    from contract_assembly.actions.reviews import facts_of

    found = list(facts_of(_holding(root, client, agreement), client, agreement))
    if as_json_:
        click.echo(to_json({"facts": [{"name": name, "kind": kind, "where": where} for name, kind, where in found]}))
        return
    width = max(len(name) for name, _, _ in found)
    for name, kind, where in found:
        click.echo(f"{name:{width}}  {kind:22} {where}")


@click.command(short_help="Show the rules of law that apply to an agreement, and the state of each.")
@_of_agreement
def laws(root: Path, client: str, agreement: str, as_json_: bool) -> None:
    """Show the rules of law that apply to an agreement, the state of each, and when its requirement is due.

    This is not legal advice: each rule says whether counsel has verified it.

    \b
    Examples:
      build.py laws acme 2026-support
      build.py laws acme 2026-support --json
    """
    from contract_assembly.actions.reviews import rules_of_law

    found = list(rules_of_law(_holding(root, client, agreement), client, agreement))
    if as_json_:
        click.echo(to_json({"rules": found}))
        return
    for rule in found:
        click.echo(f"{rule['rule']}: {rule['title']} - {rule['state']} ({rule['severity']})")
        click.echo(f"    {rule['requires']}")
        if rule["window"]:
            click.echo(
                f"    from {rule['window'][0]} to {rule['window'][1]}, by {' or '.join(rule['channels']) or 'any means'}"
            )
        click.echo(
            f"    otherwise: {rule['consequence']} {rule['authority']}; verified by: {rule['verified_by']}; {rule['where']}"
        )
    if not found:
        click.echo("no rule of law in clauses/law applies")


@click.command(short_help="How easy each clause of an agreement is to read.")
@_of_agreement
def readability(root: Path, client: str, agreement: str, as_json_: bool) -> None:
    """How easy each clause of an agreement is to read: words, sentences, Flesch reading ease and Flesch-Kincaid grade.

    It is reported and blocks nothing. To reach: 20 words a sentence on average, none over 60, grade 12.5 at most.

    \b
    Examples:
      build.py readability acme 2026-support
    """
    from dataclasses import asdict

    from contract_assembly.build.pipeline import draft
    from contract_assembly.rules.document.readability import readability as measured

    found = measured(draft(_holding(root, client, agreement), client, agreement).document)
    if as_json_:
        click.echo(to_json({"readability": [asdict(each) for each in found]}))
        return
    click.echo(_columns([asdict(each) for each in found]))


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


@click.command(short_help="List clauses without a current approval.")
@click.option("--client", type=NAME, help="Only the agreements of this client.")
@click.option("--on", metavar="DATE", help="Also what is overdue for review on this day.")
@click.option("--json", "as_json_", is_flag=True, help="As JSON.")
@click.pass_context
def approvals(context: click.Context, client: str | None, on: str | None, as_json_: bool) -> None:
    """List clauses that agreements use without a current approval: never approved, changed since, or overdue for review.

    \b
    Examples:
      build.py approvals
      build.py approvals --on 2027-01-01
    """
    from contract_assembly.actions.reviews import open_clauses
    from contract_assembly.build.builder import readable_agreements
    from contract_assembly.repository.inputs import Repository

    repository = Repository(context.obj)
    pairs, unusable = readable_agreements(repository, client)
    rows, problems = open_clauses(repository, pairs, day(on) if on else None)
    problems = (*problems, *unusable)
    if as_json_:
        found = [
            {"clause": r.clause, "state": r.state, "until": str(r.until or ""), "agreements": list(r.agreements)}
            for r in rows
        ]
        click.echo(to_json({"open": found, "problems": [as_data(each) for each in in_order(problems)]}))
    else:
        for row in rows:
            until = f", until {row.until}" if row.until else ""
            click.echo(f"{row.clause}: {row.state}{until} ({', '.join(row.agreements)})")
        click.echo(f"{len(rows)} open" if rows else "nothing is open")
        show(problems)
    context.exit(PROBLEMS if problems else DONE)


def _holding(root: Path, client: str, agreement: str) -> "Repository":
    """The repository that has this agreement. Raises RefusedError, with the names there are, if it has not."""
    from contract_assembly.build.builder import select_agreements
    from contract_assembly.repository.inputs import Repository

    repository = Repository(root)
    select_agreements(repository, client, agreement)
    return repository


def day(text: str) -> Any:
    """A date given as an option. Raises click's BadParameter with a sentence."""
    from contract_assembly.core.values import parse_date

    try:
        return parse_date(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None
