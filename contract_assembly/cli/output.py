"""What every command shows alike: problems, progress, faults of ours; and the exit codes."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contract_assembly import __version__
from contract_assembly.core.problems import Problem, in_order
from contract_assembly.core.report import as_text

if TYPE_CHECKING:
    from contract_assembly.repository.store import Store

DONE, PROBLEMS, WRONG_USE, BUG, NO_OUTPUT, HELD, INTERRUPTED = 0, 1, 2, 3, 74, 75, 130


def show(problems: Iterable[Problem]) -> None:
    """Print problems on standard error, in order, in colour where a terminal wants it."""
    found = in_order(problems)
    if found:
        text = as_text(found)
        click.echo(_coloured(text) if "NO_COLOR" not in os.environ else text, err=True)


class _Name(click.ParamType[str]):
    """The name of a client, an agreement or a document: an empty one is a mistake in a script, never "all"."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not str(value).strip():
            self.fail("the name is empty", param, ctx)
        return str(value)


NAME = _Name()


@contextmanager
def holding(root: Path, patience: float = 0, *, quiet: bool = False) -> Iterator["Store"]:
    """Hold the repository, and show what an interrupted command had left and what was done about it."""
    from contract_assembly.repository.store import locked

    with locked(root, patience=patience) as store:
        show(() if quiet else store.cured)
        yield store


def finish_interrupted(root: Path, patience: float = 0) -> None:
    """Finish or undo what an interrupted command left, so that a command that plans first plans from whole files."""
    from contract_assembly.repository.store import interrupted

    if interrupted(root):
        with holding(root, patience):
            pass


GIVEN_FILE: Any = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)


def given(file: Path) -> bytes:
    """The bytes of a file named on the command line, or of standard input for "-". Raises RefusedError."""
    from contract_assembly.repository.source import MAX_NAMED, read_bounded, read_named

    return read_bounded(sys.stdin.buffer, "standard input", MAX_NAMED) if str(file) == "-" else read_named(file)


def _coloured(text: str) -> str:
    """Click itself takes colours out again where the output is not a terminal."""
    red = click.style("error:", fg="red", bold=True)
    return text.replace(" error: ", f" {red} ").replace(" warning: ", f" {click.style('warning:', fg='yellow')} ")


class Progress:
    """A bar on a terminal when there is more than one agreement; nothing anywhere else."""

    def __init__(self, length: int, *, quiet: bool, label: str = "Building") -> None:
        shown = length > 1 and not quiet and sys.stderr.isatty()
        self.bar: Any = click.progressbar(length=length, file=sys.stderr, label=label) if shown else None

    def __enter__(self) -> Callable[[], None]:
        if self.bar is None:
            return lambda: None
        self.bar.__enter__()
        return lambda: self.bar.update(1)

    def __exit__(self, *error: object) -> None:
        if self.bar is not None:
            self.bar.__exit__(*error)


def output_failed(error: OSError) -> int:
    """Say that the output could not be written, unless its reader has just gone, and give the exit code for it."""
    if not isinstance(error, BrokenPipeError):
        click.echo(f"The output could not be written: {error.strerror}.", err=True)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is still in the buffer must not fail again at the end
    return NO_OUTPUT


def bug(trace: str) -> int:
    """Keep a traceback in a file to send, say so, and give the exit code for it."""
    import tempfile

    with tempfile.NamedTemporaryFile(
        "w", prefix="contract-assembly-", suffix=".log", delete=False, encoding="utf-8"
    ) as file:
        file.write(f"Contract Assembly {__version__}, Python {sys.version}\n{trace}")
    click.echo(f"This is a fault of the program, not of your files. Please send us {file.name}", err=True)
    return BUG
