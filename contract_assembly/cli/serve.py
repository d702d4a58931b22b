"""The command `serve`: the pages of the repository in a browser on this machine."""

import sys
from datetime import date
from pathlib import Path

import click

from contract_assembly.cli.output import answer, bug
from contract_assembly.cli.parameters import JSON, on, today


@click.command(short_help="Show the portfolio and every agreement in a browser on this machine.")
@click.option("--port", type=click.IntRange(0, 65_535), default=8420, show_default=True, help="0 takes any free port.")
@click.option(
    "--host", default="", metavar="ADDRESS", help="Also let other machines in, at this address. Needs --token."
)
@click.option("--token", default="", help="The token to enter with. Default: a random one for each run.")
@click.option("--no-open", is_flag=True, help="Only print the address; open no browser.")
@on("The day that the pages are about. Default: today.")
@JSON
@click.pass_obj
def serve(root: Path, /, port: int, host: str, token: str, on: date | None, *, no_open: bool, as_json: bool) -> None:
    """Show the portfolio, every agreement and what comes up in a browser. A change on disk shows at once. End it with Ctrl-C.

    Only this machine can reach the pages, and only a browser that opened the printed address with its token.

    \b
    Examples:
      build.py serve
      build.py serve --port 0 --no-open
    """
    from contract_assembly.web.server import serve as run

    if host and len(token) < 16:
        raise click.UsageError("--host lets other machines in: it needs a --token of at least 16 characters")

    def ready(address: str) -> None:
        if as_json:
            answer({"root": str(root), "address": address})
        else:
            click.echo(f"Serving {root} at {address}\nEnd it with Ctrl-C.")
        sys.stdout.flush()
        if not no_open:
            click.launch(address)

    def fault(trace: str) -> None:
        bug(trace)

    run(root, lambda: on or today(), port=port, host=host, token=token, ready=ready, fault=fault)
