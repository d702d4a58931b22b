"""The command that makes the settings of git in a clone."""

import sys
from pathlib import Path

import click

from contract_assembly.cli.output import answer, show
from contract_assembly.cli.parameters import DRY_RUN, JSON
from contract_assembly.core.program_files import samples

# What starts the program, wherever it is installed: git calls it without a shell's PATH. With -P, no module is looked for in the
# repository that git calls it in.
PROGRAM = (sys.executable, "-P", "-c", "from contract_assembly.cli import run; run()")


def program() -> tuple[str, ...]:
    """The command line that starts the program: `build.py` of a checkout, or the installed package."""
    checkout = samples()
    return (sys.executable, str(checkout / "build.py")) if checkout else PROGRAM


@click.command("git-setup", short_help="Set git up to show the words of DOCX and PDF, and not to merge built files.")
@click.option("--remove", "away", is_flag=True, help="Remove the settings again.")
@DRY_RUN
@JSON
@click.pass_obj
def git_setup(root: Path, away: bool, dry_run: bool, as_json: bool) -> None:
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
    done = work.remove(git, dry_run=dry_run) if away else work.install(git, program(), dry_run=dry_run)
    problems = () if away else tuple(work.unheeded(git, "agreements/client/agreement"))
    if as_json:
        answer({"removed" if away else "set": list(done), "dry_run": dry_run}, problems)
        return
    did = ("would remove" if dry_run else "removed") if away else ("would set" if dry_run else "set")
    click.echo("\n".join(f"{did} {each}" for each in done) or "nothing to do")
    show(problems)
