"""Output that all commands share: problems, what was written, JSON, progress, faults of ours; and the exit codes."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contract_assembly import __version__
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError, in_order
from contract_assembly.core.report import as_data, as_text, json_in_pieces

if TYPE_CHECKING:
    from contract_assembly.repository.store import Store

DONE, PROBLEMS, WRONG_USE, BUG, NO_OUTPUT, HELD, INTERRUPTED, NO_READER = 0, 1, 2, 3, 74, 75, 130, 141


def show(problems: Iterable[Problem]) -> None:
    """Print problems on standard error, in order, in colour where a terminal wants it."""
    found = in_order(problems)
    if found:
        text = as_text(found)
        click.echo(_coloured(text) if "NO_COLOR" not in os.environ else text, err=True)


@contextmanager
def holding(root: Path, patience: float = 0, *, quiet: bool = False, dry_run: bool = False) -> Iterator["Store"]:
    """Hold the repository, and show what an interrupted command had left and what was done about it. For a dry run, a store
    that writes nothing."""
    from contract_assembly.repository.store import locked, rehearsed

    with rehearsed(root) if dry_run else locked(root, patience=patience) as store:
        show(() if quiet else store.cured)
        yield store


def finish_interrupted(root: Path, patience: float = 0) -> None:
    """Finish or undo what an interrupted command left, so that a command that plans first plans from whole files."""
    from contract_assembly.repository.store import interrupted

    if interrupted(root):
        with holding(root, patience):
            pass


def written(names: Iterable[str], *, dry_run: bool) -> str:
    """What a command wrote, or would write: the same words for a dry run and for the real one."""
    found = ", ".join(names)
    if not found:
        return "nothing to do"
    return f"would write {found}" if dry_run else f"wrote {found}"


def written_new(files: Mapping[Path, bytes], folder: Path | None = None, *, dry_run: bool) -> list[str]:
    """Write files named on the command line, none of them over another one; the `folder` is made if it is not there. Raises
    RefusedError, with nothing written, where one with other contents is there."""
    from contract_assembly.repository.store.output import make_folder, write_named

    there = [path for path, data in files.items() if path.is_file() and path.read_bytes() != data]
    if there:
        hint = "use that file first, then move or delete it; or name another"
        raise RefusedError(
            [Problem("file-exists", f"{path} already exists", Origin(str(path)), hint) for path in there]
        )
    if folder and files and not dry_run:
        make_folder(folder)
    for path, data in files.items():
        if not dry_run:
            write_named(path, data)
    return [str(path) for path in files]


def answer(
    found: Mapping[str, Any], problems: Iterable[Problem] = (), lists: Mapping[str, Iterable[str]] | None = None
) -> None:
    """Print an answer as JSON. Every one is an object with `problems`, in the order in which they are shown. The items of `lists`
    are JSON already."""
    whole = {**found, "problems": [as_data(each) for each in in_order(problems)]}
    for each in json_in_pieces(whole, lists or {}):
        click.echo(each, nl=False)
    click.echo()


def wrote_as_data(folder: str, names: Iterable[str], *, dry_run: bool) -> dict[str, Any]:
    """What a command wrote, or would write, for `answer`: paths relative to the root."""
    return {"wrote": [f"{folder}/{each}" for each in names], "dry_run": dry_run}


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
    """Say that the output could not be written, unless its reader has ended, as `head` does, and give the exit code for it."""
    for descriptor in (1, 2) if isinstance(error, BrokenPipeError) else (1,):
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), descriptor
        )  # what is still in the buffer must not fail again at the end
    if isinstance(error, BrokenPipeError):
        return NO_READER
    click.echo(f"The output could not be written: {error.strerror}.", err=True)
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
