"""The command `invoices`: what is to be invoiced, and, with --issue, what was handed over."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from contract_assembly.cli.output import DONE, PROBLEMS, Progress, answer, holding, show, written, written_new
from contract_assembly.cli.parameters import CLIENTS, CSV, DATE, DRY_RUN, JOBS, JSON, NAME, on, one_form, today
from contract_assembly.core.paths import Target
from contract_assembly.core.problems import errors

if TYPE_CHECKING:
    from contract_assembly.billing.invoices import ChargeQuery, Found, Invoice
    from contract_assembly.billing.listing import Listing


@click.command(short_help="List what is to be invoiced, with the working of each amount.")
@click.option("--from", "first", type=DATE, required=True, help="The first day: periods and events from this day on.")
@click.option("--to", "last", type=DATE, required=True, help="The last day.")
@CLIENTS
@click.option("--issue", is_flag=True, help="Hand over what was not handed over before, and record it in invoiced.csv.")
@on("The day of the invoices that --issue hands over. Default: today.")
@click.option("--export", type=NAME, help="Write what is handed over for a program: a name in provider/exports.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file of the export. Default: xero-2026-12-02.csv.",
)
@click.option(
    "--e-invoice",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write what is handed over with value added tax as e-invoices (EN 16931) into this folder.",
)
@DRY_RUN
@JOBS
@CSV
@JSON
@click.pass_context
def invoices(
    context: click.Context,
    /,
    first: date,
    last: date,
    targets: tuple[Target, ...],
    on: date | None,
    *,
    issue: bool,
    export: str | None,
    output: Path | None,
    folder: Path | None,
    dry_run: bool,
    jobs: int,
    as_csv: bool,
    as_json: bool,
) -> None:
    """List the invoices of every agreement that has gone out: billing periods that begin within these days, changes from their
    day, setup fees, prepaid blocks, hours beyond them, credits and refunds. Value added tax, GST and HST are added as an
    amount, at the rate in provider/taxes.yaml.

    With --issue, whatever was not handed over before is recorded in the invoiced.csv of each client. A second run hands over
    nothing. What turns out otherwise later, by a change or an early end, is handed over as a further row with the difference.
    Only signed agreements are handed over.

    --export also writes what is handed over for Xero, QuickBooks Online, Odoo or a plain table, and --e-invoice as PDFs with the
    data of the European standard inside. Of a client with an invoice that cannot be written, nothing is handed over.

    \b
    Examples:
      build.py invoices --from 2027-01-01 --to 2027-01-31
      build.py invoices --from 2027-01-01 --to 2027-03-31 --client acme --csv
      build.py invoices --from 2027-01-01 --to 2027-01-31 --issue --on 2026-12-02
      build.py invoices --from 2027-01-01 --to 2027-01-31 --issue --export xero
      build.py invoices --from 2027-01-01 --to 2027-01-31 --issue --e-invoice ../outbox
    """
    from contract_assembly.billing import invoice_report
    from contract_assembly.billing.invoices import ChargeQuery
    from contract_assembly.billing.listing import listed
    from contract_assembly.core.values import DateRange

    one_form(as_csv=as_csv, as_json=as_json)
    for option, given_ in (("--on", on), ("--dry-run", dry_run), ("--export", export), ("--e-invoice", folder)):
        if given_ and not issue:
            raise click.UsageError(f"{option} needs --issue")
    if output and not export:
        raise click.UsageError("--output needs --export")
    if last < first:
        raise click.UsageError("--to is earlier than --from")
    asked = ChargeQuery(DateRange(first, last), (on or today()) if issue else None)
    quiet = as_csv or as_json
    shape = invoice_report.as_json if as_json else invoice_report.as_rows if as_csv else invoice_report.as_text
    wrote: list[str] = []
    if issue:
        wanted = _Wanted(export, output or Path(f"{export}-{asked.on}.csv"), folder)
        handed, named = _handed_over(context.obj, targets, asked, wanted, quiet=quiet, dry_run=dry_run)
        found = listed(handed.invoices, shape, handed.problems)
        wrote = [*named, *(each.path for each in handed.hand_overs)]
    else:
        found = _listed(context.obj, targets, asked, shape, jobs, quiet=quiet)
    if as_json:
        days = {"from": str(first), "to": str(last), "dry_run": dry_run}
        answer({**days, "wrote": wrote}, found.problems, {"invoices": found.shown})
    elif as_csv:
        click.echo(invoice_report.as_table(found.shown), nl=False)
    else:
        _say(found, wrote if issue else None, dry_run=dry_run)
    if not as_json:
        show(found.problems)
    context.exit(PROBLEMS if errors(found.problems) else DONE)


def _say(found: "Listing", wrote: list[str] | None, *, dry_run: bool) -> None:
    """The invoices as text, a paragraph at a time, and in a hand-over the files; nothing where there are problems alone."""
    from contract_assembly.billing import invoice_report

    if found.shown or not errors(found.problems):
        for each in found.shown:
            click.echo(f"{each}\n")
        click.echo(invoice_report.in_all(found.sums))
        if wrote is not None:
            click.echo(written(wrote, dry_run=dry_run))


def _listed(
    root: Path,
    targets: tuple[Target, ...],
    asked: "ChargeQuery",
    shape: Callable[["Invoice"], Any],
    jobs: int,
    *,
    quiet: bool,
) -> "Listing":
    """The invoices as they are shown, counted by `jobs` processes."""
    from contract_assembly.billing.listing import listing
    from contract_assembly.repository.inputs import Repository
    from contract_assembly.repository.selection import selected

    pairs, unusable = selected(Repository(root), targets)
    with Progress(len(pairs), quiet=quiet, label="Counting") as step:
        found = listing(root, pairs, asked, shape, step, jobs=jobs)
    found.problems += unusable
    return found


def _found(root: Path, targets: tuple[Target, ...], asked: "ChargeQuery", *, quiet: bool) -> "Found":
    from contract_assembly.billing.invoices import invoices as made
    from contract_assembly.repository.inputs import Repository
    from contract_assembly.repository.selection import selected

    repository = Repository(root)
    pairs, unusable = selected(repository, targets)
    with Progress(len(pairs), quiet=quiet, label="Counting") as step:
        found = made(repository, pairs, asked, step)
    found.problems += unusable
    return found


class _Wanted(Struct, frozen=True):
    """The export that is written with a hand-over, if any, the file that it goes to, and the folder of e-invoices, if any."""

    export: str | None
    file: Path
    folder: Path | None


def _handed_over(
    root: Path, targets: tuple[Target, ...], asked: "ChargeQuery", wanted: _Wanted, *, quiet: bool, dry_run: bool
) -> tuple["Found", list[str]]:
    """Add the rows of each client at the end of its file, under the lock: all of them or none; and the names of the files of
    the export, which are written before, so that nothing is recorded that was not exported."""
    with holding(root, quiet=quiet, dry_run=dry_run) as store:
        found = _found(root, targets, asked, quiet=quiet)
        named = written_new(_exported(root, found, wanted), wanted.folder, dry_run=dry_run)
        for each in found.hand_overs:
            store.append(each.path, each.before, each.added)
        found.problems += store.cured if quiet else []
    return found, named


def _exported(root: Path, found: "Found", wanted: _Wanted) -> dict[Path, bytes]:
    """The files of an export and the e-invoices. Clients of which one cannot be made are taken out of what is handed over."""
    from contract_assembly.billing.invoice_files import files_of
    from contract_assembly.letters.e_invoices import e_invoices
    from contract_assembly.repository.inputs import Repository
    from contract_assembly.repository.mappings import invoice_export

    repository, files = Repository(root), dict[Path, bytes]()
    if wanted.folder:
        made = e_invoices(repository, found.invoices)
        found.without(made.refused)
        found.problems += made.problems
    if wanted.export:
        written = files_of(found.invoices, invoice_export(repository, wanted.export))
        found.without(written.refused)
        found.problems += written.problems
        files |= {wanted.file.with_stem(f"{wanted.file.stem}{end}"): data for end, data in written.files.items()}
    if wanted.folder:
        kept = {each.number for each in found.invoices}
        files |= {
            wanted.folder / f"{name.replace('/', '-')}.pdf": data for name, data in made.files.items() if name in kept
        }
    return files
