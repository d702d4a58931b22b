"""The command that shows the status of agreements, and takes the steps from draft to sent, signed and ended."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import to_builtins

from contract_assembly.cli.old_forms import OnOne
from contract_assembly.cli.output import (
    DONE,
    PROBLEMS,
    answer,
    finish_interrupted,
    holding,
    show,
    written,
    wrote_as_data,
)
from contract_assembly.cli.parameters import DRY_RUN, GIVEN_FILE, JSON, NAME, TARGET, given, on, one_of, today
from contract_assembly.core.paths import Target, folder_of
from contract_assembly.core.problems import errors
from contract_assembly.core.report import as_data

if TYPE_CHECKING:
    from contract_assembly.actions.lifecycle import StatusRow


@click.command(cls=OnOne, short_help="Show the status of agreements, and take the step to sent, signed or ended.")
@click.argument("target", metavar="[CLIENT[/AGREEMENT]]", type=TARGET, required=False)
@click.option("--document", type=NAME, help="Only this document. Default with --set: the contract.")
@click.option("--set", "to", type=click.Choice(["draft", "sent", "signed", "ended"]), help="Take this step.")
@on("The day of the last signature, or the last day of the agreement.")
@click.option("--signed-file", type=GIVEN_FILE, help="The countersigned PDF, to file next to ours.")
@click.option("--looked-at-by", type=NAME, default=None, help="Who read a scan against what was sent.")
@click.option(
    "--certificate", type=GIVEN_FILE, help="The certificate of completion of an e-sign service, to file with it."
)
@click.option("--reason", default="", help="The reason for a step back, for an early end or for a correction.")
@click.option("--by", type=click.Choice(["client", "provider", "both"]), help="Who ended the agreement.")
@DRY_RUN
@JSON
@click.pass_context
def status(
    context: click.Context,
    /,
    target: Target | None,
    document: str | None,
    to: str | None,
    on: date | None,
    signed_file: Path | None,
    looked_at_by: str | None,
    certificate: Path | None,
    reason: str,
    by: str | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Show the status of each document of a client and what is in the way of its next step; with --set, take the step. Without a
    client, list every agreement with what comes next.

    A draft becomes sent (the final version is built), sent becomes signed (a signed document is frozen for good), signed becomes
    ended on its last day. With --reason, a sent document goes back to draft, and an end is taken back while nothing depends on
    it. A contract that changed after it was sent is sent again as a new version. A step is taken whole or not at all.

    \b
    Examples:
      build.py status
      build.py status acme
      build.py status acme/2026-support --set sent
      build.py status acme/2026-support --set signed --on 2026-09-21 --signed-file back.pdf
      build.py status acme/2026-support --set ended --on 2027-03-31 --by client --reason "Section 20.1"
    """
    from contract_assembly.actions.lifecycle import TakenStep, status_rows, take
    from contract_assembly.actions.step import StepRequest
    from contract_assembly.repository.inputs import Repository
    from contract_assembly.repository.selection import selected

    if target is None:
        asked = (document, to, on, signed_file, looked_at_by, certificate, reason, by, dry_run)
        context.exit(_list(context.obj, asked, as_json=as_json))
    if to and not dry_run:
        finish_interrupted(context.obj)
    repository = Repository(context.obj)
    pairs = selected(repository, [target])[0]
    taken = TakenStep(())
    if to is None and (on or signed_file or reason or by or dry_run):
        raise click.UsageError("--on, --signed-file, --reason, --by and --dry-run need --set")
    if not signed_file and (looked_at_by or certificate):
        raise click.UsageError("--looked-at-by and --certificate need --signed-file")
    if to:
        pairs, document = (one_of(pairs),), document or "contract"
        copy, proof = (given(each) if each else None for each in (signed_file, certificate))
        wish = StepRequest(
            to=to,
            on=on,
            signed_pdf=copy,
            reason=reason,
            by=by or "",
            looked_at_by=looked_at_by or "",
            certificate=proof,
        )
        with holding(context.obj, quiet=as_json, dry_run=dry_run) as store:
            taken = take(store, *pairs[0], document, wish)
        repository = Repository(context.obj)
    found = status_rows(repository, pairs, document)
    if as_json:
        wrote = wrote_as_data(folder_of(*pairs[0]) if pairs else "", taken.changed, dry_run=dry_run)
        answer({**wrote, "notes": list(taken.notes), "documents": [_as_data(each) for each in found]})
    else:
        if to:
            done = f"{document} {'would be' if dry_run else 'is'} {to}"
            click.echo(f"{folder_of(*pairs[0])}: {done}; {written(taken.changed, dry_run=dry_run)}")
        for note in taken.notes:
            click.echo(note)
        for each in found:
            _show(each)
    broken = [each for each in found if each.open and each.status not in {"draft", "sent"}]
    context.exit(PROBLEMS if broken else DONE)


def _list(root: Path, asked: tuple[Any, ...], *, as_json: bool) -> int:
    """Print every agreement in one line; the exit code. Everything else that was asked needs a client."""
    from contract_assembly.actions.agreement_list import listed
    from contract_assembly.core.problems import RefusedError
    from contract_assembly.repository.inputs import Repository

    if any(asked):
        raise click.UsageError("name the client, like acme or acme/2026-support")
    repository = Repository(root)
    pairs, wrong = repository.every_agreement()
    rows, problems = [], list(wrong)
    for _, found in listed(repository, pairs, today()):
        if isinstance(found, RefusedError):
            problems += found.problems
        else:
            rows.append(found)
    if as_json:
        answer({"agreements": [to_builtins(each) for each in rows]}, problems)
    else:
        width = max((len(f"{each.client}/{each.agreement}") for each in rows), default=0)
        for each in rows:
            letters = f"; not sent yet: {', '.join(each.drafts)}" if each.drafts else ""
            name = f"{each.client}/{each.agreement}"
            click.echo(f"{name:{width}}  {each.status:6}  {each.next}{letters}")
        if not rows:
            click.echo("no agreements yet: build.py new begins one, build.py import takes them over")
        show(problems)
    return PROBLEMS if errors(problems) else DONE


def _show(found: "StatusRow") -> None:
    steps = f", next: {' or '.join(found.next)}" if found.next else ""
    click.echo(f"{found.client}/{found.agreement} {found.document}: {found.status}{steps}; {len(found.open)} open")
    show(found.open)


def _as_data(found: "StatusRow") -> dict[str, Any]:
    return {
        "client": found.client,
        "agreement": found.agreement,
        "document": found.document,
        "status": found.status,
        "next": list(found.next),
        "open": [as_data(each) for each in found.open],
    }
