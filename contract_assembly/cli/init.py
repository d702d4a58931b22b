"""The command that begins a firm's own repository."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contract_assembly.cli.git_setup import program
from contract_assembly.cli.output import answer, written
from contract_assembly.cli.parameters import DRY_RUN, GIVEN_FILE, JSON, given
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.program_files import repository_above, samples

if TYPE_CHECKING:
    from contract_assembly.actions.start_repository import Begun


@click.command(short_help="Begin your own repository: clauses, templates, provider/, and what git and a server need.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path), required=False)
@click.option(
    "--answers", type=GIVEN_FILE, metavar="FILE", help="The answers, as YAML. Without it, they are asked here."
)
@click.option("--example", is_flag=True, help="Print answers of a fictional firm, to change, and nothing else.")
@DRY_RUN
@JSON
def init(folder: Path | None, answers: Path | None, example: bool, dry_run: bool, as_json: bool) -> None:
    """Begin a private repository for your firm's contracts. It works at once: clauses and templates of your own to change,
    a commented provider/ with three plans, schemas for editors, checks for git and for a server, and two commits.

    The folder must be new or empty, and outside any other repository. No approval of a clause comes with it: your counsel
    gives the first.

    \b
    Examples:
      build.py init --example > answers.yaml
      build.py init ../contracts --answers answers.yaml
      build.py init ../contracts
    """
    from contract_assembly.actions import start_repository as start
    from contract_assembly.actions.firm_questions import ask_all

    if example:
        click.echo(start.example(), nl=False)
        return
    if folder is None:
        raise click.UsageError("name the folder to begin: build.py init DIR")
    target = folder.absolute()
    _refuse_place(target)
    if answers is None and not sys.stdin.isatty():
        raise click.UsageError("there is no terminal to ask on: add --answers FILE; --example prints one to change")
    text = _decoded(given(answers), str(answers)) if answers else ask_all(_prompt)
    begun = start.begun_with(start.answers_of(text, str(answers or "answers")))
    names = sorted({*begun.library, *begun.own})
    if not dry_run:
        _write(target, begun)
    if as_json:
        answer({"folder": str(target), "wrote": names, "dry_run": dry_run})
        return
    click.echo(f"{folder}: {written(['the library', *sorted(begun.own)], dry_run=dry_run)}")
    if not dry_run:
        click.echo(f"then: cd {folder}; read README.md; see that the prices in provider/ are yours")


def _refuse_place(target: Path) -> None:
    from contract_assembly.repository.git import opened
    from contract_assembly.repository.store.new_folder import refuse_taken

    clone, above = samples(), repository_above(target.parent)
    if clone and target.is_relative_to(clone):
        what, hint = f"{target} is inside the program's own folder", "name a folder outside: your contracts are private"
        raise RefusedError([Problem("inside-program", what, None, hint)])
    refuse_taken(target)
    there = next(each for each in (target, *target.parents) if each.is_dir())
    try:
        git = opened(there)
    except RefusedError as error:
        if any("not installed" in each.what for each in error.problems):
            raise
        git = None
    if git or above:
        what = f"{there} is inside another repository"
        raise RefusedError(
            [Problem("inside-repository", what, None, "name a folder outside: this one has a history of its own")]
        )


def _write(target: Path, begun: "Begun") -> None:
    from contract_assembly.actions.program_set import first_commit
    from contract_assembly.repository import git_setup
    from contract_assembly.repository.git import begun as begun_git
    from contract_assembly.repository.store.new_folder import new_folder

    with new_folder(target) as draft:
        git = begun_git(draft)
        library = first_commit(git, begun.library, begun.author)
        git.add_commit("main", {**begun.library, **begun.own}, "Begin our own repository\n", begun.author, library)
        git.checked("reset", "--quiet", "--hard", "main")
        git_setup.install(git, program())


def _decoded(data: bytes, path: str) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise RefusedError(
            [Problem("not-utf-8", f"{path} is not UTF-8 text", None, "save the file as UTF-8")]
        ) from None


def _prompt(question: str, default: str | None, check: Callable[[str], str | None]) -> str:
    """Ask until the answer is right."""
    while True:
        text = str(click.prompt(question, default=default, show_default=bool(default), err=True)).strip()
        if not (wrong := check(text)):
            return text
        click.echo(wrong, err=True)
