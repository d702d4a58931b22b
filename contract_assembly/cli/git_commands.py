"""The commands that git needs: its settings in a clone, and the words of a built file for `git diff`."""

import sys
from pathlib import Path

import click

from contract_assembly.cli.output import show
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.report import to_json

_BUILD = Path(__file__).resolve().parents[2] / "build.py"


@click.command("git-setup", short_help="Make git show the words of DOCX and PDF, and not merge built files.")
@click.option("--remove", "away", is_flag=True, help="Remove the settings again.")
@click.option("--json", "as_json_", is_flag=True, help="Report as JSON.")
@click.pass_obj
def git_setup(root: Path, away: bool, as_json_: bool) -> None:
    """Set up git, in this clone, to show and merge built files; run it once in each clone, and again after moving it.

    `git diff` and `git log -p` then show the words of DOCX and PDF. Built files are never merged: a merge keeps ours, and
    `build.py --all` writes them again. See docs/review.md.

    \b
    Examples:
      build.py git-setup
      build.py git-setup --remove
    """
    from contract_assembly.repository import git_setup as work
    from contract_assembly.repository.git import opened

    git = opened(root)
    done = work.remove(git) if away else work.install(git, sys.executable, _BUILD)
    if not away:
        work.forget(git)
    problems = () if away else tuple(work.unheeded(git, "agreements/client/agreement"))
    if as_json_:
        click.echo(to_json({"removed" if away else "set": list(done)}))
    else:
        click.echo("\n".join(f"{'removed' if away else 'set'} {each}" for each in done) or "nothing to remove")
    show(problems)


@click.command(short_help="Show the words of a DOCX or PDF, for git diff.")
@click.argument("file", type=click.Path(path_type=Path))
def words(file: Path) -> None:
    """Show the words of a Word file or a PDF, line by line: body, headers, footers, notes and comments.

    Tracked insertions are included; words that a tracked change deleted or moved away are not. A file that is damaged, or neither
    Word nor PDF, gives one line that says so.

    \b
    Examples:
      build.py words agreements/acme/2026-support/contract.docx
    """
    from contract_assembly.core.paths import printable
    from contract_assembly.repository.source import read_named
    from contract_assembly.writers.textconv import words as words_of

    try:
        click.echo(words_of(read_named(file), file.name).encode("utf-8", "replace"), nl=False)
    except RefusedError as error:
        click.echo(f"[no words of {printable(file.name)}: {error.problems[0].what}]")
