"""The command that shows what changed between two states of an agreement. It writes only the output."""

from pathlib import Path

import click

from contract_assembly.cli.comparing import answered, put
from contract_assembly.cli.old_forms import OnOne
from contract_assembly.cli.parameters import ENGINE, NAME, ONE
from contract_assembly.core.paths import Target
from contract_assembly.writers.formats import Engine


@click.command(cls=OnOne, short_help="Show what changed in an agreement between two states: facts, clauses, words.")
@ONE
@click.argument("old", required=False)
@click.argument("new", required=False)
@click.option(
    "--between",
    nargs=2,
    type=NAME,
    metavar="AGREEMENT AGREEMENT",
    help="Compare two agreements of the client: last year's and this year's.",
)
@ENGINE
@answered(("text", "html", "docx", "pdf", "json"))
@click.pass_obj
def diff(
    root: Path,
    /,
    target: Target,
    old: str | None,
    new: str | None,
    between: tuple[str, str] | None,
    engine: Engine | None,
    form: str,
    output: Path | None,
    as_json: bool,
) -> None:
    """Show what changed in an agreement between two states of the repository: first the facts, then the clauses, word by
    word.

    OLD and NEW are any names that git knows. Without NEW it is the working tree, without OLD the last commit. With --between they
    are where the first and the second agreement are looked for: without them, both in the working tree.

    DOCX is the new contract with tracked changes against the old one, for the other side's lawyer: accepting all gives the new
    words, rejecting all the old ones. PDF is the new contract as it is laid out, with additions and deletions marked in it. HTML
    is a single page that any browser shows.

    \b
    Examples:
      build.py diff acme                                     what the working tree changes
      build.py diff acme HEAD~3 HEAD --format html --output changes.html
      build.py diff acme/2026-support main --format docx --output redline.docx
      build.py diff acme main --format pdf --output marked.pdf
      build.py diff acme --between 2026-support 2027-support
    """
    from contract_assembly.build.difference_formats import ALONE, FORMATS, compared

    if target.agreement and between:
        raise click.UsageError("--between names both agreements: leave the one in the first argument out")
    pairs = compared(root, target, old, new, between)
    form = "json" if as_json else form
    if form in ALONE and len(pairs) > 1:
        names = " or ".join(f"{target.client}/{after.agreement}" for _, after in pairs)
        raise click.UsageError(f"{target.client} has {len(pairs)} agreements: name one, {names}")
    put(output, FORMATS[form](pairs, root, engine))
