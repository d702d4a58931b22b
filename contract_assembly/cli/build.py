"""Entry point of the command line: what to build, and the exit code."""

import atexit
import errno
import gc
import os
import sys
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contract_assembly import __version__
from contract_assembly.cli.output import DONE, HELD, INTERRUPTED, NAME, PROBLEMS, Progress, bug, output_failed, show
from contract_assembly.core.problems import Problem, RefusedError, errors, in_order
from contract_assembly.core.report import as_data, to_json
from contract_assembly.repository.store import HeldError
from contract_assembly.writers.formats import FORMATS

if TYPE_CHECKING:
    from contract_assembly.build.builder import Order

FORMAT_NAMES = tuple(FORMATS)
# Files are written by `store`, which reports a full disk as a problem: these can only come from printing.
_OUTPUT_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EPIPE, errno.EIO, errno.EFBIG}

_HELP = """Support agreements as code: facts and clauses in, a contract in DOCX, PDF and review text out.

\b
Examples:
  build.py --client acme                            every current agreement of acme, every format
  build.py --client acme --agreement 2026-support --format pdf
  build.py --all                                    every client; anything up to date is skipped
  build.py rules total                              what a check means, with an example and the cure

\b
Exit codes: 0 done or nothing to do, 1 problems in the contracts, 2 wrong use, 3 our bug,
74 the output could not be written, 75 another command is writing in the repository, 130 interrupted.
"""


@click.group(
    invoke_without_command=True,
    help=_HELP,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.option("--client", type=NAME, help="The client whose agreements are built: a folder below agreements/.")
@click.option("--agreement", type=NAME, help="Only this agreement of the client: a folder below the client's.")
@click.option(
    "--document",
    "documents",
    type=NAME,
    multiple=True,
    help="Only this document of it, like contract; may be given again.",
)
@click.option("--all", "everybody", is_flag=True, help="Build every client.")
@click.option(
    "--format", "formats", multiple=True, type=click.Choice(FORMAT_NAMES), help="Only this format; may be given again."
)
@click.option(
    "--root",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="CONTRACTS_ROOT",
    help="The folder with clauses/, templates/, provider/ and agreements/. Default: where build.py is.",
)
@click.option("--final", is_flag=True, help="Build the final version: refused, with the list, while anything is open.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="How many to build side by side."
)
@click.option("--json", "as_json_", is_flag=True, help="Report as JSON on standard output.")
@click.version_option(__version__, prog_name="build.py")
@click.pass_context
def cli(
    context: click.Context,
    client: str | None,
    agreement: str | None,
    documents: tuple[str, ...],
    everybody: bool,
    formats: tuple[str, ...],
    root: Path | None,
    final: bool,
    jobs: int,
    as_json_: bool,
) -> None:
    """Build, unless a command is named."""
    context.obj = (root or Path(__file__).resolve().parents[2]).absolute()
    if context.invoked_subcommand:
        if client or agreement or documents or everybody or formats or final:
            raise click.UsageError(f"the options of a build do not go with {context.invoked_subcommand}")
        return
    if client is None and not everybody:
        if agreement or documents or formats or final:
            raise click.UsageError("name a client: --client NAME, or --all")
        click.echo(context.get_help())
        return
    if client is not None and everybody:
        raise click.UsageError("--client and --all do not go together")
    if agreement is not None and client is None:
        raise click.UsageError("--agreement goes with --client")
    if documents and agreement is None:
        raise click.UsageError("--document goes with --agreement")
    from contract_assembly.build.builder import Order

    order = Order(formats or FORMAT_NAMES, final, documents)
    context.exit(_build(context.obj, client, agreement, order, jobs, as_json=as_json_))


def _build(root: Path, client: str | None, agreement: str | None, order: "Order", jobs: int, *, as_json: bool) -> int:
    from contract_assembly.build import builder
    from contract_assembly.repository.inputs import Repository
    from contract_assembly.repository.lost_files import lost_files

    outcomes: list[builder.Outcome] = []
    try:
        repository = Repository(root)
        pairs, unusable = builder.readable_agreements(repository, client, agreement)
        lost = (*unusable, *lost_files(repository, client))
        if not pairs and lost:
            raise RefusedError(lost)
        if not pairs:
            what, hint = (
                f"there is no agreement to build below {root}",
                "the folder agreements/acme shows how one looks",
            )
            raise RefusedError([Problem("nothing-to-build", what, None, hint)])
        with Progress(len(pairs), quiet=as_json) as step:

            def tell(outcome: builder.Outcome) -> None:
                outcomes.append(outcome)
                if not as_json:
                    _tell(outcome)
                step()

            if pairs:
                builder.build(root, pairs, order, tell=tell, jobs=jobs, note=show)
    except RefusedError as error:
        if not as_json:
            raise
        click.echo(to_json({"built": [], "problems": [as_data(each) for each in in_order(error.problems)]}))
        return PROBLEMS
    if as_json:
        click.echo(_outcomes_as_json(outcomes, lost))
    else:
        show(lost)
    if bugs := [outcome.bug for outcome in outcomes if outcome.bug]:
        return bug("\n".join(bugs))
    return PROBLEMS if lost or any(outcome.failed for outcome in outcomes) else DONE


def _tell(outcome: Any) -> None:
    show(outcome.problems)
    for name in outcome.stale:
        click.echo(f"{outcome.folder}/{name}: is of an earlier state; build it too (leave --format out)", err=True)
    if outcome.frozen:
        status = "sent" if outcome.statuses == ("sent",) else "signed or ended"
        click.echo(f"{outcome.folder}: {status}, so it stays as it is")
    elif outcome.bug:
        click.echo(f"{outcome.folder}: not built", err=True)
    elif outcome.failed:
        click.echo(f"{outcome.folder}: not built, {_count(errors(in_order(outcome.problems)))}", err=True)
    elif outcome.changed:
        click.echo(f"{outcome.folder}: wrote {', '.join(outcome.changed)}")
    else:
        click.echo(f"{outcome.folder}: nothing to do")


def _count(problems: tuple[Problem, ...]) -> str:
    return f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"


def _outcomes_as_json(outcomes: Iterable[Any], lost: Iterable[Problem]) -> str:
    found = [
        {
            "agreement": outcome.folder,
            "changed": list(outcome.changed),
            "frozen": outcome.frozen,
            "stale": list(outcome.stale),
            "problems": [as_data(problem) for problem in in_order(outcome.problems)],
        }
        for outcome in outcomes
    ]
    problems = [as_data(problem) for problem in in_order(lost)]
    return to_json({"built": found, **({"problems": problems} if problems else {})})


def run() -> None:
    """Run the command line in a process of its own, without Python's collector: what one build makes lives until the end,
    and looking for dead objects took a sixth of its time. Over many agreements `builder` turns it on again. Pydantic is not to
    search every package of the environment for plugins either: none may have a say in how facts are read."""
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    gc.disable()
    atexit.register(gc.freeze)
    main()


def main() -> None:
    """Run the command line and exit with a code that says how it went; a bug leaves its traceback in a file to send."""
    try:
        code = cli.main(standalone_mode=False)
        sys.stdout.flush()
        sys.exit(code if isinstance(code, int) else DONE)
    except click.exceptions.Abort:
        sys.exit(INTERRUPTED)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except RefusedError as error:
        show(error.problems)
        sys.exit(PROBLEMS)
    except HeldError as error:
        click.echo(str(error), err=True)
        sys.exit(HELD)
    except OSError as error:
        sys.exit(output_failed(error) if error.errno in _OUTPUT_ERRORS else bug(traceback.format_exc()))
    except Exception:  # the last line of defence
        sys.exit(bug(traceback.format_exc()))
