"""The command that compares a firm's clauses with the program's, and brings in later ones."""

from pathlib import Path

import click

from contract_assembly.cli.output import answer
from contract_assembly.cli.parameters import DRY_RUN, JSON


@click.command(
    short_help="Compare your clauses and templates with the program's; bring in later ones as a branch to merge."
)
@click.option("--update", is_flag=True, help="Commit the program's version on the branch contract-library.")
@DRY_RUN
@JSON
@click.pass_obj
def library(root: Path, update: bool, dry_run: bool, as_json: bool) -> None:
    """Show which files of the program's library you changed, and which the program has changed since the version that you
    began with, or last merged.

    With --update, the program's version is committed on the branch contract-library. Your own branch and your files stay as
    they are; `git merge contract-library`, or a pull request from that branch, brings in what is new, line by line.

    \b
    Examples:
      build.py library
      build.py library --update
      git diff main...contract-library
      git merge contract-library
    """
    from contract_assembly.actions import program_set
    from contract_assembly.repository.git import opened
    from contract_assembly.repository.inputs import Repository

    if dry_run and not update:
        raise click.UsageError("--dry-run needs --update")
    repository, git = Repository(root), opened(root)
    found = program_set.compared(repository, git)
    commit = program_set.update(repository, git, dry_run=dry_run) if update else None
    if as_json:
        wrote = {"branch": program_set.BRANCH, "wrote": list(found.newer) if commit else [], "dry_run": dry_run}
        about = {
            "version": found.pinned,
            "program": found.version,
            "changed": list(found.own),
            "newer": list(found.newer),
        }
        answer({**about, **(wrote if update else {})})
        return
    click.echo(f"library of {found.pinned}; the program is {found.version}")
    _list("changed by you", found.own)
    _list("changed in the program", found.newer)
    if update and not commit:
        click.echo(f"nothing to do: the branch {program_set.BRANCH} has this version")
    elif update:
        click.echo(
            f"{'would commit' if dry_run else 'committed'} {len(found.newer)} files on the branch {program_set.BRANCH}"
        )
        click.echo(f"then: git diff HEAD...{program_set.BRANCH}; git merge {program_set.BRANCH}; build.py --all")


def _list(what: str, paths: tuple[str, ...]) -> None:
    if paths:
        click.echo(f"{what}: {len(paths)}")
        click.echo("\n".join(f"  {each}" for each in paths))
