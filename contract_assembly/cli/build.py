"""Entry point of the command line: what to build, and the exit code."""

import atexit
import errno
import gc
import os
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contract_assembly import __version__
from contract_assembly.cli.old_forms import modern
from contract_assembly.cli.output import (
    DONE,
    HELD,
    INTERRUPTED,
    PROBLEMS,
    Progress,
    answer,
    bug,
    finish_interrupted,
    output_failed,
    show,
    written,
)
from contract_assembly.cli.parameters import CLIENTS, DRY_RUN, ENGINE, JOBS, JSON, NAME
from contract_assembly.cli.workers import SCHEDULER, where
from contract_assembly.core.problems import HeldError, Problem, RefusedError, errors, in_order
from contract_assembly.core.program_files import repository_above, samples
from contract_assembly.core.report import as_data
from contract_assembly.core.text import shortened, with_count
from contract_assembly.writers.formats import FORMATS, Engine

if TYPE_CHECKING:
    from contract_assembly.build.one_agreement import BuildOrder, BuildOutcome
    from contract_assembly.core.parallel import Jobs
    from contract_assembly.core.paths import Target

FORMAT_NAMES = tuple(FORMATS)
# Files are written by `store`, which reports a full disk as a problem: these can only come from printing.
_OUTPUT_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EPIPE, errno.EIO, errno.EFBIG}
_ANYWHERE = ("init", "inspect", "rules", "schema", "words")  # commands that need no repository
_LONG = re.compile(r"\S{200,}")  # longer than any name, so it is a value that someone passed by mistake

_HELP = """Build support agreements as code: facts and clauses in, a contract in Word, PDF and review text out.

\b
Examples:
  build.py --client acme                              build every current agreement of acme, in every format
  build.py --client acme/2026-support --format pdf    build one agreement as PDF
  build.py --all                                      build every client; skip what is up to date
  build.py --all --dry-run                            show what would be written
  build.py rules total                                explain a check, with an example and the fix

\b
Exit codes: 0 done or nothing to do, 1 problems in the contracts, 2 wrong use, 3 a fault of the program,
74 the output could not be written (a full disk, for instance), 75 another command is writing in the
repository, 130 interrupted, 141 the program that read the output has ended, as `head` does.
"""


class _Commands(click.Group):
    """All commands. A refusal is reported as JSON where that was asked for, and an output that cannot be written as it is in
    every command: click has its own exit code for a reader that has ended."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, args if ctx.resilient_parsing else modern(self, ctx, args))

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        with _kept_from_click():
            return super().make_context(*args, **more)

    def invoke(self, ctx: click.Context) -> Any:
        with _kept_from_click():
            try:
                return super().invoke(ctx)
            except RefusedError as error:
                if not ctx.meta.get("json"):
                    raise
                answer({}, error.problems)
                ctx.exit(PROBLEMS)


class _OutputError(Exception):
    """The output could not be written. Click would exit with 1 if its reader has ended."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error


@contextmanager
def _kept_from_click() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        raise _OutputError(error) from error


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    help=_HELP,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@CLIENTS
@click.option(
    "--document", "documents", type=NAME, multiple=True, help="Only this document, like contract; can be repeated."
)
@click.option("--all", "everyone", is_flag=True, help="Build every client.")
@click.option(
    "--format", "formats", multiple=True, type=click.Choice(FORMAT_NAMES), help="Only this format; can be repeated."
)
@click.option(
    "--root",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="CONTRACTS_ROOT",
    help="The folder with clauses/, templates/, provider/ and agreements/. Default: the one that you are in, as with git; "
    "outside of any, the program's own samples.",
)
@click.option("--final", is_flag=True, help="Build the final version: refused, with a list, while anything is open.")
@ENGINE
@JOBS
@SCHEDULER
@DRY_RUN
@JSON
@click.version_option(__version__, prog_name="build.py")
@click.pass_context
def cli(
    context: click.Context,
    targets: tuple["Target", ...],
    documents: tuple[str, ...],
    everyone: bool,
    formats: tuple[str, ...],
    root: Path | None,
    final: bool,
    engine: Engine | None,
    jobs: int,
    scheduler: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Build, unless a command is named."""
    context.obj = _root(context, root)
    narrowed = bool(targets or documents or formats or final or engine or dry_run)
    if context.invoked_subcommand:
        if narrowed or everyone:
            raise click.UsageError(f"the options of a build cannot be combined with {context.invoked_subcommand}")
        return
    if not targets and not everyone:
        if narrowed:
            raise click.UsageError("name a client: --client NAME, or --all")
        click.echo(context.get_help())
        return
    if targets and everyone:
        raise click.UsageError("--client and --all cannot be combined")
    if documents and (len(targets) != 1 or targets[0].agreement is None):
        raise click.UsageError("--document needs one agreement: --client CLIENT/AGREEMENT")
    from contract_assembly.build.one_agreement import BuildOrder

    order = BuildOrder(formats or FORMAT_NAMES, final, documents, engine)
    context.exit(
        _build(context.obj, targets, order, where(context.obj, jobs, scheduler), dry_run=dry_run, as_json=as_json)
    )


def _root(context: click.Context, named: Path | None) -> Path:
    """The repository: the one that is named, else the one around the current folder, else the program's own samples.

    Raises click's UsageError where the program is installed and there is none."""
    here = Path.cwd()
    context.meta["root_chosen"] = named is not None or repository_above(here) is not None
    if found := named or repository_above(here) or samples():
        return found.absolute()
    if context.invoked_subcommand in {None, *_ANYWHERE}:
        return here
    raise click.UsageError(
        "there is no repository of contracts here: begin one with 'contracts init DIR', or change to yours"
    )


def _build(
    root: Path, targets: tuple["Target", ...], order: "BuildOrder", jobs: "Jobs", *, dry_run: bool, as_json: bool
) -> int:
    from contract_assembly.build import builder
    from contract_assembly.repository.inputs import Repository
    from contract_assembly.repository.lost_files import lost_files
    from contract_assembly.repository.selection import selected

    outcomes: list[BuildOutcome] = []
    if not dry_run:
        finish_interrupted(root)
    repository = Repository(root)
    pairs, unusable = selected(repository, targets)
    lost = (*unusable, *lost_files(repository, [each.client for each in targets]))
    if not pairs:
        what, hint = f"there is no agreement to build below {root}", "the folder agreements/acme shows how one looks"
        raise RefusedError(lost or [Problem("nothing-to-build", what, None, hint)])
    with Progress(len(pairs), quiet=as_json) as step:

        def report(outcome: "BuildOutcome") -> None:
            outcomes.append(outcome)
            if not as_json:
                _report(outcome, dry_run=dry_run)
            step()

        builder.build(root, pairs, order, report=report, jobs=jobs, note=_silent if as_json else show, dry_run=dry_run)
    if as_json:
        answer({"built": [_as_data(each) for each in outcomes], "dry_run": dry_run}, lost)
    else:
        show(lost)
    if bugs := [outcome.bug for outcome in outcomes if outcome.bug]:
        return bug("\n".join(bugs))
    return PROBLEMS if lost or any(outcome.failed for outcome in outcomes) else DONE


def _silent(_problems: object) -> None:
    """Show nothing."""


def _report(outcome: "BuildOutcome", *, dry_run: bool) -> None:
    show(outcome.problems)
    for name in outcome.stale:
        click.echo(f"{outcome.folder}/{name}: is out of date; build it too (leave --format out)", err=True)
    if outcome.frozen:
        status = "sent" if outcome.statuses == ("sent",) else "signed or ended"
        click.echo(f"{outcome.folder}: {status}, so it stays as it is")
    elif outcome.bug:
        click.echo(f"{outcome.folder}: not built", err=True)
    elif outcome.failed:
        click.echo(f"{outcome.folder}: not built, {_count(errors(in_order(outcome.problems)))}", err=True)
    else:
        click.echo(f"{outcome.folder}: {written(outcome.changed, dry_run=dry_run)}")


def _count(problems: tuple[Problem, ...]) -> str:
    return with_count(len(problems), "problem")


def _as_data(outcome: "BuildOutcome") -> dict[str, Any]:
    return {
        "agreement": outcome.folder,
        "wrote": [f"{outcome.folder}/{each}" for each in outcome.changed],
        "frozen": outcome.frozen,
        "stale": list(outcome.stale),
        "problems": [as_data(problem) for problem in in_order(outcome.problems)],
    }


def run() -> None:
    """Run the command line in a process of its own, without Python's collector: what one build makes lives until the end,
    and looking for dead objects took a sixth of its time. Over many agreements `builder` turns it on again. Pydantic is not to
    search every package of the environment for plugins either: none may have a say in how facts are read."""
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    gc.disable()
    leaving = _Leaving()
    atexit.register(leaving.at_once)  # registered first, it comes last
    speak_utf8(sys.stdout, sys.stderr)
    try:
        main()
    except SystemExit as ended:
        leaving.code = ended.code
        raise


class _Leaving:
    """The end of a process: what it holds goes back to the system with it, without Python freeing one object after the other."""

    code: Any = 1

    def at_once(self) -> None:
        """Leave with the code, after everything else that waits for the end."""
        with suppress(OSError):
            sys.stdout.flush()
        with suppress(OSError):
            sys.stderr.flush()
        os._exit(self.code)


def speak_utf8(*streams: Any) -> None:
    """Print UTF-8 whatever the code page: Windows takes another where the output goes to a file or a pipe."""
    for stream in streams:
        if hasattr(stream, "reconfigure") and (stream.encoding or "").lower().replace("-", "") != "utf8":
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def main() -> None:
    """Run the command line and exit with a code that says how it went; a bug leaves its traceback in a file to send."""
    try:
        code = _ended()
        sys.stdout.flush()
    except OSError as error:
        code = output_failed(error)
    sys.exit(code)


def _misused(error: click.ClickException) -> int:
    """Show what was wrong use, without the whole of a value that was passed by mistake, and give the exit code for it."""
    shown = click.UsageError(
        _LONG.sub(lambda match: shortened(match[0]), error.format_message()), getattr(error, "ctx", None)
    )
    shown.show()
    return error.exit_code


def _ended() -> int:
    """The exit code. Raises OSError where the output could not be written, whatever was printing."""
    try:
        code = cli.main(prog_name="build.py", standalone_mode=False)
        return code if isinstance(code, int) else DONE
    except _OutputError as gone:
        raise gone.error from None
    except (click.exceptions.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except click.exceptions.NoArgsIsHelpError as error:  # a group of commands without one of them
        error.show()
        return error.exit_code
    except click.ClickException as error:
        return _misused(error)
    except RefusedError as error:
        show(error.problems)
        return PROBLEMS
    except HeldError as error:
        click.echo(str(error), err=True)
        return HELD
    except OSError as error:
        if error.errno in _OUTPUT_ERRORS:
            raise
        return bug(traceback.format_exc())
    except Exception:  # the last line of defence
        return bug(traceback.format_exc())
