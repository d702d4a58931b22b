"""The options of `diff` and `impact` that say how and where to answer."""

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import click

from contract_assembly.cli.parameters import JSON

_MARKS = re.compile(r"\[-(.*?)-\]|\{\+(.*?)\+\}", re.DOTALL)


def answered(formats: tuple[str, ...]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The options `--format`, `--output` and `--json`."""

    def added(command: Callable[..., None]) -> Callable[..., None]:
        for part in (
            JSON,
            click.option(
                "--output",
                type=click.Path(dir_okay=False, path_type=Path),
                metavar="FILE",
                help="Write the answer to FILE, whole or not at all.",
            ),
            click.option(
                "--format",
                "form",
                type=click.Choice(formats),
                default="text",
                show_default=True,
                help="How to show it; json is the same as --json.",
            ),
        ):
            command = part(command)
        return command

    return added


def put(output: Path | None, content: bytes) -> None:
    """Into a file as it is; on a terminal text in colour, and nothing that no terminal can show."""
    if output:
        from contract_assembly.repository.store.output import write_named

        write_named(output, content)
    elif not content.startswith((b"PK", b"%PDF")):
        text = content.decode()
        click.echo(text if "NO_COLOR" in os.environ else _MARKS.sub(_coloured, text), nl=False)
    elif sys.stdout.isatty():
        raise click.UsageError("a Word file or a PDF is not for a terminal: name a file with --output")
    else:
        click.echo(content, nl=False)


def _coloured(mark: "re.Match[str]") -> str:
    """Click takes colours out again where the output is not a terminal."""
    return click.style(mark[0], fg="red" if mark[0].startswith("[") else "green")
