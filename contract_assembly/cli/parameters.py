"""The arguments and options that commands share, so that a word means the same in each of them (docs/decisions/34)."""

import sys
from collections.abc import Callable
from datetime import date, tzinfo
from pathlib import Path
from typing import Any, TypeVar

import click

from contract_assembly.core.paths import Target, target
from contract_assembly.core.program_files import samples
from contract_assembly.writers.formats import ENGINES

F = TypeVar("F", bound=Callable[..., Any])
PATIENCE = 20  # seconds that a command about hours waits for another that writes


class _Name(click.ParamType[str]):
    """The name of a client, a document or a person: an empty one is a mistake in a script, never "all"."""

    name = "name"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not str(value).strip():
            self.fail("the name is empty", param, ctx)
        return str(value)


class _Read(click.ParamType[Any]):
    """Text that a reader turns into a value. Its ValueError says what is wrong."""

    def __init__(self, name: str, reader: Callable[[str], Any]) -> None:
        self.name, self._reader = name, reader

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return self._reader(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


def _day(text: str) -> date:
    from contract_assembly.core.values import parse_date

    return parse_date(text)


def _money(text: str) -> Any:
    from contract_assembly.core.values import Money

    return Money.parse(text)


NAME = _Name()
DATE = _Read("date", _day)
MONEY = _Read("money", _money)
TARGET = _Read("client[/agreement]", target)
GIVEN_FILE: Any = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)


def read(name: str, reader: Callable[[str], Any]) -> Any:
    """The type of an argument that this reader reads; its ValueError becomes wrong use."""
    return _Read(name, reader)


def _note_json(context: click.Context, _param: click.Parameter, value: bool) -> bool:
    context.meta["json"] = context.meta.get("json") or value  # so that a refusal is reported as JSON, too
    return value


ONE = click.argument("target", metavar="CLIENT[/AGREEMENT]", type=TARGET)
CLIENTS = click.option(
    "--client",
    "targets",
    type=TARGET,
    multiple=True,
    metavar="CLIENT[/AGREEMENT]",
    help="Only this client, or this agreement of it; can be repeated.",
)
JSON = click.option("--json", "as_json", is_flag=True, callback=_note_json, help="Report as JSON.")
CSV = click.option("--csv", "as_csv", is_flag=True, help="Report as CSV, for a spreadsheet.")
DRY_RUN = click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
APPLY = click.option("--apply/--dry-run", "apply", default=False, help="Carry out the plan. Default: only show it.")
ENGINE = click.option(
    "--engine",
    type=click.Choice(ENGINES),
    help="Lay out PDFs with this engine, whatever provider.yaml says (docs/pdf-engines.md).",
)
JOBS = click.option(
    "--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="How many agreements to work on at a time."
)


def on(text: str, *, required: bool = False) -> Callable[[F], F]:
    """The option `--on DATE`: the day that the answer, the step or the document is about."""
    return click.option("--on", type=DATE, required=required, help=text)


def by(text: str) -> Callable[[F], F]:
    """The option `--by NAME`: the person who did it."""
    return click.option("--by", type=NAME, required=True, help=text)


def today(zone: tzinfo | None = None) -> date:
    """Today where this machine is, or in a time zone."""
    from datetime import datetime

    return datetime.now(zone).date()


def given(file: Path) -> bytes:
    """The bytes of a file named on the command line, or of standard input for "-". Raises RefusedError."""
    from contract_assembly.repository.source import MAX_NAMED, read_bounded, read_named

    return read_bounded(sys.stdin.buffer, "standard input", MAX_NAMED) if str(file) == "-" else read_named(file)


def spare_samples(root: Path) -> None:
    """Ask before a client is added to the program's own samples; where there is no terminal, refuse unless the samples
    were named or are where the command is run. Raises click's UsageError or Abort."""
    if root != samples():
        return
    if sys.stdin.isatty():
        click.confirm(f"{root} holds the program's own samples. Write there", abort=True, err=True)
    elif not click.get_current_context().meta.get("root_chosen", True):
        raise click.UsageError(
            f"this would write into the program's own samples: change to your repository, or name it: --root DIR. "
            f"For the samples, --root {root}"
        )


def one_form(*, as_csv: bool, as_json: bool) -> None:
    """Refuse an answer in two forms. Raises click's UsageError."""
    if as_csv and as_json:
        raise click.UsageError("--csv and --json cannot be combined")


def one_of(pairs: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """The one agreement that a command acts on. Raises click's UsageError where its client has several, or none."""
    if len(pairs) == 1:
        return pairs[0]
    if not pairs:
        raise click.UsageError("this client has no agreement")
    names = " or ".join("/".join(each) for each in pairs)
    raise click.UsageError(f"{pairs[0][0]} has {len(pairs)} agreements: name one, {names}")


def agreement_of(repository: Any, asked: Target) -> tuple[str, str]:
    """The one agreement of a target. Raises RefusedError for a target that does not exist, UsageError for one with several."""
    from contract_assembly.repository.selection import selected

    return one_of(selected(repository, [asked])[0])
