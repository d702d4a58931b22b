"""The command that signs our side of a document on this machine."""

import os
import sys
from pathlib import Path

import click

from contract_assembly.cli.comparing import put
from contract_assembly.cli.output import answer
from contract_assembly.cli.parameters import GIVEN_FILE, JSON, NAME, ONE, agreement_of, given
from contract_assembly.core.paths import Target

_PASSWORD = "CONTRACTS_P12_PASSWORD"  # noqa: S105  # the name of a variable


@click.command(short_help="Sign our side of a contract that was sent, with the key of a PKCS#12 file.")
@ONE
@click.option("--as", "side", type=click.Choice(["provider", "client"]), required=True, help="The place to sign.")
@click.option("--p12", type=GIVEN_FILE, required=True, help="The PKCS#12 file (.p12, .pfx) with key and certificate.")
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, metavar="FILE", help="The signed PDF."
)
@click.option(
    "--file", type=GIVEN_FILE, help="The PDF that the other side has signed already. Default: the PDF that was sent."
)
@click.option("--document", type=NAME, default="contract", show_default=True, help="The contract, or an amendment.")
@JSON
@click.pass_obj
def sign(
    root: Path,
    /,
    target: Target,
    side: str,
    p12: Path,
    output: Path,
    file: Path | None,
    document: str,
    *,
    as_json: bool,
) -> None:
    """Sign the PDF that was sent in the place of one party (PAdES). Its bytes stay as they are, and the signature
    follows them, so that it remains PDF/A and PDF/UA and can be verified. Nothing leaves this machine.

    The password is read from the variable CONTRACTS_P12_PASSWORD or, on a terminal, asked for. File the result with
    "status --set signed --signed-file" when every party has signed.

    \b
    Examples:
      build.py sign acme --as provider --p12 firm.p12 --output signed.pdf
      build.py sign acme --as provider --p12 firm.p12 --file from-client.pdf --output signed.pdf
    """
    from contract_assembly.actions.sign import signed_by_us
    from contract_assembly.repository.inputs import Repository

    repository = Repository(root)
    client, agreement = agreement_of(repository, target)
    password = os.environ.get(_PASSWORD)
    if password is None and sys.stdin.isatty():
        password = click.prompt(
            "Password of the PKCS#12 file", hide_input=True, default="", err=True, show_default=False
        )
    theirs = given(file) if file else None
    made = signed_by_us(
        repository, client, agreement, document, side=side, p12=given(p12), password=password or "", file=theirs
    )
    put(output, made)
    if as_json:
        answer({"wrote": [str(output)], "side": side})
    else:
        click.echo(f"{output}: signed as {side}")
